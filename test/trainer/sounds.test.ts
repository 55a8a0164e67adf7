/** Folders of sounds: listed, decoded, brought to one rate and one length. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createFiles } from '../../files/index.ts';
import { createAnalyser, makePlan, render } from '../../language/index.ts';
import { loadData } from '../../trainer/data/prepare.ts';
import { parseWav, resampled } from '../../trainer/data/sound.ts';

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
