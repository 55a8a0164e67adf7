/** A run whose rows are decoded from files predicts for a file that is given under the column's name, or for a list of them. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { bundleTrainer } from './bundle.ts';

const program = `
data Sounds {
  source: folder("sounds", parts: [height, number])
  wave: float32[64] = file -> decodeAudio -> fit(64)
  loud: float32 = height == "high"
}
model Loud {
  input wave: float32[64]
  output y = wave -> Dense(1, sigmoid) -> squeeze
}
train Loud on Sounds { loss: binaryCrossEntropy(y, loud); epochs: 2; batch: 4 }
`;

/** A WAV file of 64 samples of 16 bits, all alike. */
function wav(height: number): Buffer {
  const bytes = Buffer.alloc(44 + 128);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(36 + 128, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 2],
    [34, 16],
  ] as const)
    bytes.writeUInt16LE(value, at);
  bytes.writeUInt32LE(8000, 24);
  bytes.writeUInt32LE(16_000, 28);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(128, 40);
  for (let i = 0; i < 64; i++) bytes.writeInt16LE(height, 44 + 2 * i);
  return bytes;
}

let cli = '';
beforeAll(async () => {
  cli = join(dirname(await bundleTrainer()), 'cli.js');
});

test('one file, and several of a list', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mw-files-'));
  const sounds = join(folder, 'sounds');
  mkdirSync(sounds);
  for (let i = 0; i < 8; i++) {
    writeFileSync(join(sounds, `high_${i}.wav`), wav(30_000));
    writeFileSync(join(sounds, `low_${i}.wav`), wav(-30_000));
  }
  const file = join(folder, 'sounds.model');
  writeFileSync(file, program);
  const machine = ['--runs', join(folder, 'runs'), '--engine', 'onnx', '--threads', '1', '--json'];
  const modelwright = (...args: string[]) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [cli, ...args, ...machine], { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  };
  const [{ run }] = modelwright('train', file);
  const predict = (given: string) => modelwright('predict', run, '--input', `file=${given}`).at(-1);
  const [high, low] = [join(sounds, 'high_0.wav'), join(sounds, 'low_3.wav')];
  const single = predict(high);
  expect(single.examples).toBe(1);
  const list = join(folder, 'list.json');
  writeFileSync(list, JSON.stringify(['sounds/low_3.wav', high]));
  const several = predict(list);
  expect(several.examples).toBe(2);
  expect(several.outputs.y[1]).toBeCloseTo(single.outputs.y[0], 5);
  expect(several.outputs.y[0]).toBeCloseTo(predict(low).outputs.y[0], 5);
  expect(several.outputs.y[0]).toBeLessThan(several.outputs.y[1]);
  // Under the input's own name it is no numbers: said with the name that it needs.
  const wrong = spawnSync(process.execPath, [cli, 'predict', run, '--input', `wave=${high}`, ...machine], {
    encoding: 'utf8',
  });
  expect(wrong.stderr).toContain('under the name of their column: `--input file=high_0.wav`');
  // Finished numbers come as NumPy saves them, too.
  const head = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 64), }".padEnd(117).concat('\n');
  const start = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, head.length, 0]);
  const array = join(folder, 'waves.npy');
  const samples = Float32Array.from({ length: 128 }, (_, i) => (i < 64 ? -30_000 : 30_000) / 32_768);
  writeFileSync(array, Buffer.concat([start, Buffer.from(head, 'latin1'), Buffer.from(samples.buffer)]));
  const numbers = modelwright('predict', run, '--input', `wave=${array}`).at(-1);
  expect(numbers.outputs.y[0]).toBeCloseTo(several.outputs.y[0], 5);
  expect(numbers.outputs.y[1]).toBeCloseTo(several.outputs.y[1], 5);
});
