/** Pictures of a folder: decoded to the bytes that libvips gives, brought to one size, and what happens with damaged ones. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFiles } from '../../files/index.ts';
import { createAnalyser, makePlan, render } from '../../language/index.ts';
import { decodePicture } from '../../trainer/data/image/decode.ts';
import { decodeJpeg } from '../../trainer/data/image/jpeg.ts';
import { decodePng } from '../../trainer/data/image/png.ts';
import { loadData } from '../../trainer/data/prepare.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pictures-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Waves with some noise, so that every coefficient is used. */
function pixels(height: number, width: number, channels: number): Buffer {
  const data = Buffer.alloc(height * width * channels);
  for (let i = 0; i < data.length; i++) data[i] = 128 + Math.sin(i / 37) * 90 + ((i * 7919) % 31);
  return data;
}

function picture(height: number, width: number, channels: 1 | 3 | 4 = 3) {
  const made = sharp(pixels(height, width, channels), { raw: { height, width, channels } });
  return channels === 1 ? made.toColourspace('b-w') : made;
}

function write(name: string, bytes: Uint8Array): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), bytes);
}

function load(lines: string, shape: string) {
  const text = `data D {\n${lines}\n  shuffle: false\n}\nmodel M {\n  input x: ${shape}\n  output y = x -> Flatten -> Dense(1) -> squeeze\n}\ntrain M on D {\n  loss: mse(y, 0.5)\n}\n`;
  const answer = makePlan(createAnalyser(createFiles()), { file: join(folder, 'test.model'), text, action: 'train' });
  if (answer.kind === 'problems') throw new Error(answer.problems.map((one) => render(one.message)).join('\n'));
  return loadData({ plan: answer.plan, dataFolder: undefined, fitted: undefined, whole: false });
}

const sizes = [
  [32, 32, '4:2:0'],
  [33, 47, '4:2:0'],
  [31, 45, '4:4:4'],
  [5, 7, '4:2:0'],
  [224, 300, '4:2:0'],
] as const;

test.each(sizes)('a JPEG of %i × %i (%s) gives the bytes that libjpeg gives', async (height, width, chroma) => {
  for (const quality of [30, 75, 98]) {
    const file = await picture(height, width).jpeg({ quality, chromaSubsampling: chroma }).toBuffer();
    const expected = await sharp(file).raw().toBuffer();
    const read = await decodeJpeg(file, false);
    expect(read).toMatchObject({ height, width, channels: 3 });
    expect(Buffer.from(read!.data).equals(expected)).toBe(true);
  }
});

test('grey JPEG, PNG of each kind, WebP, BMP; other numbers of channels', async () => {
  const grey = await picture(20, 24, 1).jpeg().toBuffer();
  const { data } = (await decodeJpeg(grey, false))!;
  expect(Buffer.from(data)).toEqual(await sharp(grey).toColourspace('b-w').raw().toBuffer());
  for (const channels of [1, 3, 4] as const) {
    for (const adaptiveFiltering of [false, true]) {
      const file = await picture(9, 11, channels).png({ adaptiveFiltering }).toBuffer();
      expect(Buffer.from(decodePng(file)!.data)).toEqual(pixels(9, 11, channels));
    }
  }
  const palette = await picture(9, 11).png({ palette: true }).toBuffer();
  expect(Buffer.from(decodePng(palette)!.data)).toEqual(await sharp(palette).removeAlpha().raw().toBuffer());
  const webp = await picture(9, 11).webp({ lossless: true }).toBuffer();
  expect(await decodePicture(webp, 3)).toMatchObject({ height: 9, width: 11, channels: 3, data: pixels(9, 11, 3) });
  const bmp = Buffer.alloc(54 + 8);
  bmp.write('BM');
  bmp.writeUInt32LE(54, 10);
  bmp.writeUInt32LE(40, 14);
  bmp.writeInt32LE(1, 18);
  bmp.writeInt32LE(2, 22);
  bmp.writeUInt16LE(24, 28);
  bmp.set([3, 2, 1, 0, 6, 5, 4, 0], 54);
  expect(await decodePicture(bmp, 3)).toMatchObject({ height: 2, width: 1, data: Uint8Array.of(4, 5, 6, 1, 2, 3) });
  expect(await decodePicture(bmp, 1)).toMatchObject({ data: Uint8Array.of(5, 2) });
});

test('progressive JPEGs are the same; large ones, and unusual ones, are read by sharp', async () => {
  const progressive = await picture(40, 40).jpeg({ progressive: true }).toBuffer();
  const expected = await sharp(progressive).raw().toBuffer();
  expect(Buffer.from((await decodeJpeg(progressive, false))!.data).equals(expected)).toBe(true);
  expect(await decodePicture(await picture(400, 300).jpeg().toBuffer(), 3)).toMatchObject({ height: 400, width: 300 });
  const inks = await picture(20, 20).toColourspace('cmyk').jpeg().toBuffer();
  expect(await decodeJpeg(inks, true)).toBeUndefined();
  expect(await decodePicture(inks, 3)).toMatchObject({ height: 20, width: 20, channels: 3 });
  const profiled = await picture(200, 200).withIccProfile('p3').jpeg().toBuffer();
  expect(await decodeJpeg(profiled, false)).toBeUndefined();
  expect(await decodeJpeg(profiled, true)).toBeDefined();
});

test('damaged JPEGs are what sharp says of them', async () => {
  const whole = await picture(150, 140).jpeg().toBuffer();
  let seed = 7;
  const below = (most: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    return seed % most;
  };
  for (let i = 0; i < 120; i++) {
    const file = i % 3 === 0 ? whole.subarray(0, 2 + below(whole.length - 2)) : Buffer.from(whole);
    // The tables of the head decide how a file is read; what is told apart here is damage behind them.
    if (i % 3 > 0) file[700 + below(whole.length - 700)] = below(256);
    const read = await decodePicture(file, 3);
    const expected = await sharp(file, { failOn: 'error' }).raw().toBuffer().catch(String);
    if (typeof expected === 'string') expect(typeof read).toBe('string');
    else {
      // What damage makes of a few values beyond all bounds differs by how a processor is used.
      const data = typeof read === 'string' ? new Uint8Array(0) : read.data;
      expect(data.length).toBe(expected.length);
      expect(data.filter((value, at) => value !== expected[at]).length).toBeLessThan(data.length / 100);
    }
  }
});

test('a folder of pictures of one size, and of many', async () => {
  write('same/a/1.png', await picture(4, 4).png().toBuffer());
  write('same/b/2.png', await picture(4, 4).png().toBuffer());
  const same = await load(
    '  source: folder("same")\n  x: float32[4, 4, 3] = file -> decodeImage -> scale(0..255, 0..1)',
    'float32[4, 4, 3]',
  );
  const batch = await same.prepare({ part: 'train', epoch: 1, index: 0, size: 2 });
  expect(Buffer.from(Array.from(batch.fields.x!.data.slice(48), (value) => Math.round(value * 255)))).toEqual(
    pixels(4, 4, 3),
  );

  write('many/1.png', await picture(4, 4).png().toBuffer());
  write('many/2.jpg', await picture(10, 6).jpeg().toBuffer());
  const many = await load(
    '  source: folder("many")\n  x: float32[4, 4, 1] = file -> decodeImage -> resize(4, 4) -> scale(0..255, 0..1)',
    'float32[4, 4, 1]',
  );
  const one = (await many.prepare({ part: 'train', epoch: 1, index: 0, size: 2 })).fields.x!;
  expect(one.shape).toEqual([2, 4, 4, 1]);
  expect(one.data[0]).toBeCloseTo(
    ((pixels(4, 4, 3)[0]! * 19595 + pixels(4, 4, 3)[1]! * 38470 + pixels(4, 4, 3)[2]! * 7471) >> 16) / 255,
    2,
  );
});

function pngHead(width: number, height: number): Buffer {
  const chunk = (name: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(body.length);
    head.write(name, 4);
    return Buffer.concat([head, body, Buffer.alloc(4)]);
  };
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width);
  size.writeUInt32BE(height, 4);
  size.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', size),
    chunk('IDAT', deflateSync(Buffer.alloc(1000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

test('damaged pictures are named, and a huge one is refused before anything is decoded', async () => {
  const whole = await picture(40, 40).jpeg().toBuffer();
  expect(await decodePicture(whole.subarray(0, 400), 3)).toMatch(/^it is damaged/);
  expect(await decodePicture(Buffer.from('no picture at all, but text'), 3)).toBe('it is no PNG, JPEG, WebP or BMP');
  expect(await decodePicture(Buffer.alloc(0), 3)).toBe('it is empty');
  expect(await decodePicture(pngHead(100_000, 100_000), 3)).toContain('100000 × 100000 pixels');
  expect(await decodePicture(pngHead(100_000, 2), 3)).toMatch(/^it is damaged/);
  write('torn/a.png', await picture(4, 4).png().toBuffer());
  write('torn/b.png', (await picture(4, 4).png().toBuffer()).subarray(0, 60));
  await expect(
    load(
      '  source: folder("torn")\n  x: float32[4, 4, 3] = file -> decodeImage -> scale(0..255, 0..1)',
      'float32[4, 4, 3]',
    ),
  ).rejects.toThrow('The file of "torn/b.png" is no picture that can be read: it is damaged');
});
