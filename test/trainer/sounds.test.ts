/** Folders of sounds: listed, decoded, brought to one rate and one length. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createFiles } from '../../files/index.ts';
import { createAnalyser, makePlan, render } from '../../language/index.ts';
import { loadData } from '../../trainer/data/prepare.ts';
import { parseWav, resampled } from '../../trainer/data/sound.ts';
import { decodePacked } from '../../trainer/data/sound-packed.ts';

const folder = mkdtempSync(join(tmpdir(), 'modelwright-sounds-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A WAV file of whole numbers of 16 bits; each sample has one number for each channel. */
function wav(rate: number, samples: readonly (readonly number[])[]): Buffer {
  const channels = samples[0]!.length;
  const data = Buffer.from(new Int16Array(samples.flat()).buffer);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * channels * 2, 28);
  head.writeUInt16LE(channels * 2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

const view = (bytes: Buffer) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function load(lines: string, model: string) {
  const text = `data D {\n${lines}\n  shuffle: false\n}\nmodel M {\n${model}\n}\ntrain M on D {\n  loss: crossEntropy(y, word)\n}\n`;
  const file = join(folder, 'test.model');
  const answer = makePlan(createAnalyser(createFiles()), { file, text, action: 'train' });
  if (answer.kind === 'problems') throw new Error(answer.problems.map((one) => render(one.message)).join('\n'));
  return loadData({ plan: answer.plan, dataFolder: undefined, fitted: undefined, whole: false });
}

test('samples from −1 to 1, channels averaged', () => {
  const mono = parseWav(view(wav(8000, [[0], [16384], [-32768]])));
  expect(mono).toEqual({ rate: 8000, data: Float32Array.of(0, 0.5, -1) });
  const stereo = parseWav(
    view(
      wav(8000, [
        [16384, 0],
        [-16384, 16384],
      ]),
    ),
  );
  expect(stereo).toMatchObject({ data: Float32Array.of(0.25, 0) });
  expect(parseWav(view(Buffer.from('just a text, no sound')))).toBe('it does not begin as a WAV file');
  const cut = wav(8000, [[1], [2], [3]]).subarray(0, 46);
  expect(parseWav(view(cut))).toMatchObject({ rate: 8000, data: { length: 1 } });
});

test('another rate keeps a slow wave and takes out one that is too fast for it', () => {
  const wave = (rate: number, hertz: number) =>
    Float32Array.from({ length: rate }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / rate));
  const slow = resampled({ rate: 8000, data: wave(8000, 200) }, 16000);
  expect(slow).toHaveLength(16000);
  const wanted = wave(16000, 200);
  // Away from the ends, where the window reaches over.
  for (let i = 100; i < 15900; i++) expect(Math.abs(slow[i]! - wanted[i]!)).toBeLessThan(0.01);
  const fast = resampled({ rate: 16000, data: wave(16000, 6000) }, 8000);
  for (let i = 100; i < 7900; i++) expect(Math.abs(fast[i]!)).toBeLessThan(0.02);
});

test('one row a file: class by folder, parts of names, one length', async () => {
  for (const [name, length] of [
    ['no/1_ann', 3],
    ['no/2_bob', 5],
    ['yes/1_ann', 4],
  ] as const) {
    mkdirSync(join(folder, 'words', name.split('/')[0]!), { recursive: true });
    writeFileSync(
      join(folder, 'words', `${name}.wav`),
      wav(
        8000,
        Array.from({ length }, (_, i) => [(i + 1) * 4096]),
      ),
    );
  }
  writeFileSync(join(folder, 'words', 'notes.txt'), 'not a sound');
  const lines = (pipeline: string) =>
    `  source: folder("words", files: "*.wav", parts: [take, speaker])\n  wave: float32[4] = file -> ${pipeline}\n  word: int32 = folder -> Index`;
  const model = '  input wave: float32[4]\n  output y = wave -> Dense(2)';
  const preparer = await load(lines('decodeAudio -> fit(4)'), model);
  const batch = await preparer.prepare({ part: 'train', epoch: 1, index: 0, size: 10 });
  expect(Array.from(batch.fields.wave!.data)).toEqual([
    0.125, 0.25, 0.375, 0, 0.125, 0.25, 0.375, 0.5, 0.125, 0.25, 0.375, 0.5,
  ]);
  expect(Array.from(batch.fields.word!.data)).toEqual([0, 0, 1]);
  const kept = await load(`${lines('decodeAudio -> fit(4)')}\n  validation: speaker == "bob"\n  keep: take < 3`, model);
  expect(kept.rows).toEqual({ train: 2, validation: 1, test: 0 });
  expect(() => load(lines('decodeAudio(rate: 16_000)'), model)).toThrow('bring them to one with `fit`');
});

test('a folder whose files are named otherwise, and one that is not there', () => {
  mkdirSync(join(folder, 'odd'));
  writeFileSync(join(folder, 'odd', 'a.wav'), wav(8000, [[1]]));
  const model = '  input wave: float32[4]\n  output y = wave -> Dense(2)';
  const rest = '\n  wave: float32[4] = file -> decodeAudio -> fit(4)\n  word: int32 = b';
  expect(() => load(`  source: folder("odd", parts: [a, b])${rest}`, model)).toThrow('The name of `a.wav` has 1 parts');
  expect(() => load(`  source: folder("nowhere", parts: [a, b])${rest}`, model)).toThrow('There is no file `nowhere`');
});

/** Whole numbers of 16 bits at 8 kHz as FLAC writes them where it packs nothing. */
function flac(rate: number, samples: readonly number[]): Buffer {
  const info = Buffer.alloc(34);
  info.writeUInt16BE(samples.length, 0);
  info.writeUInt16BE(samples.length, 2);
  info.writeUInt32BE(((rate << 12) | (15 << 4)) >>> 0, 10);
  info.writeUInt32BE(samples.length, 14);
  const head = Buffer.from([0xff, 0xf8, 0x74, 0x08, 0, (samples.length - 1) >> 8, (samples.length - 1) & 255]);
  const data = Buffer.alloc(1 + samples.length * 2);
  data[0] = 2;
  for (const [i, sample] of samples.entries()) data.writeInt16BE(sample, 1 + i * 2);
  const frame = Buffer.concat([head, Buffer.from([crc(head, 8, 0x07)]), data]);
  const sum = crc(frame, 16, 0x8005);
  return Buffer.concat([
    Buffer.from('fLaC'),
    Buffer.from([0x80, 0, 0, 34]),
    info,
    frame,
    Buffer.from([sum >> 8, sum & 255]),
  ]);
}

function crc(bytes: Buffer, bits: number, polynomial: number): number {
  const top = 1 << (bits - 1);
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << (bits - 8);
    for (let i = 0; i < 8; i++) sum = ((sum & top ? (sum << 1) ^ polynomial : sum << 1) & ((1 << bits) - 1)) >>> 0;
  }
  return sum;
}

test('FLAC and MP3', async () => {
  const samples = Array.from({ length: 400 }, (_, i) => Math.round(Math.sin(i / 9) * 20000));
  const sound = await decodePacked(flac(8000, samples));
  expect(sound).toMatchObject({ rate: 8000, data: { length: 400 } });
  if (typeof sound === 'object')
    for (const [i, value] of sound.data.entries()) expect(value).toBeCloseTo((samples[i] ?? 0) / 32768, 4);
  // Frames of MPEG 1, layer 3, 128 kbit, 44.1 kHz, in which nothing is written: silence.
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0xc0]);
  const silence = await decodePacked(Buffer.concat(Array.from({ length: 20 }, () => frame)));
  expect(silence).toMatchObject({ rate: 44_100 });
  if (typeof silence === 'object') expect(Math.max(...silence.data.map(Math.abs))).toBe(0);
  expect(await decodePacked(Buffer.from('fLaC and nothing that is a sound at all, but a text'))).toMatch(/^it/);
  expect(await decodePacked(Buffer.from('RIFF'))).toBeUndefined();
});
