/** Files of a run that must survive: tensors, checkpoints, TensorBoard's records. */
import { mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CheckpointState } from '../../protocol/index.ts';
import type { HostTensor, TrainState } from '../../trainer/engine.ts';
import {
  bringBack,
  checkpointSteps,
  pruneCheckpoints,
  readNewest,
  usedWeights,
  writeCheckpoint,
} from '../../trainer/run/checkpoint.ts';
import { type Disk, realDisk } from '../../trainer/run/disk.ts';
import { histogramOf } from '../../trainer/run/histogram.ts';
import { readTensors, writeTensors } from '../../trainer/run/safetensors.ts';
import { crc32c, masked, openTensorBoard } from '../../trainer/run/tensorboard.ts';
import { MODELWRIGHT_VERSION } from '../../trainer/version.ts';
import { fakeResume, fakeRun, ofKind, tinyPlan } from './run-helper.ts';

const tensors = new Map<string, HostTensor>([
  ['b/kernel', { dtype: 'float32', shape: [2, 3], data: Float32Array.of(1, -2, 0.5, Number.MIN_VALUE, 3e38, -0) }],
  ['a', { dtype: 'int32', shape: [], data: Int32Array.of(-7) }],
  ['c', { dtype: 'uint8', shape: [3], data: Uint8Array.of(0, 1, 255) }],
  ['ä/ß', { dtype: 'bool', shape: [1], data: Uint8Array.of(1) }],
  ['empty', { dtype: 'float32', shape: [0, 4], data: new Float32Array(0) }],
]);
const bytesOf = (map: ReadonlyMap<string, HostTensor>) => Buffer.concat(writeTensors(map));

test('tensors come back as they were, and equal tensors make equal files', () => {
  const bytes = bytesOf(tensors);
  const read = readTensors(bytes);
  if (!read.ok) throw new Error(read.why);
  expect(Object.fromEntries(read.tensors)).toEqual(Object.fromEntries(tensors));
  expect(bytesOf(new Map([...tensors].reverse())).equals(bytes)).toBe(true);
  // The layout of the format: length, JSON head, then the numbers at a multiple of 8.
  const length = Number(bytes.readBigUInt64LE(0));
  expect(length % 8).toBe(0);
  expect(JSON.parse(bytes.toString('utf8', 8, 8 + length)).a).toEqual({
    dtype: 'I32',
    shape: [],
    data_offsets: [0, 4],
  });
});

test('a file of tensors cut at any byte is refused, never misread', () => {
  const bytes = bytesOf(tensors);
  for (let end = 0; end < bytes.length; end++) expect(readTensors(bytes.subarray(0, end)).ok).toBe(false);
});

const state = (step: number): Omit<CheckpointState, 'sha256' | 'bytes'> => ({
  version: 1,
  step,
  epoch: 1,
  position: step,
  rateFactor: 1,
  seed: 0,
  planHash: '',
  dataHash: '',
  engine: 'onnx/cpu',
  threads: 1,
  totals: { examples: 3, loss: 0.1 + 0.2, metrics: { accuracy: [1 / 3, 3] } },
  stop: { best: 'NaN', waited: 1 },
  best: undefined,
  seq: 5,
});
const train = (step: number): TrainState => ({
  weights: new Map([['w', { dtype: 'float32', shape: [1], data: Float32Array.of(step) }]]),
  optimizer: new Map([['w/m', { dtype: 'float32', shape: [1], data: Float32Array.of(-step) }]]),
  step,
});
const freshRun = () => mkdtempSync(join(tmpdir(), 'mw-checkpoint-'));

test('the newest whole checkpoint is found; a damaged one is named with its reason', () => {
  const run = freshRun();
  for (const step of [5, 10, 15]) writeCheckpoint(realDisk, run, state(step), train(step));
  const whole = readNewest(realDisk, run);
  expect(whole.found?.state.step).toBe(15);
  expect(whole.found?.state.totals.loss).toBe(0.1 + 0.2);
  const file = (step: number, name: string) => join(run, 'checkpoints', String(step), name);
  const bytes = readFileSync(file(15, 'weights.safetensors'));
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
  writeFileSync(file(15, 'weights.safetensors'), bytes);
  truncateSync(file(10, 'state.json'), 20);
  const { found, damaged } = readNewest(realDisk, run);
  expect(found?.state.step).toBe(5);
  expect(found?.train.weights.get('w')?.data[0]).toBe(5);
  expect(damaged[0]?.why).toContain('weights.safetensors is damaged: its SHA-256 is');
  expect(damaged[1]?.why).toContain('state.json is missing, damaged');
});

test('a checkpoint that was put aside to be replaced is brought back', () => {
  const run = freshRun();
  writeCheckpoint(realDisk, run, state(5), train(5));
  realDisk.rename(join(run, 'checkpoints', '5'), join(run, 'checkpoints', '.5.old'));
  expect(readNewest(realDisk, run).found).toBeUndefined();
  bringBack(realDisk, run);
  expect(readNewest(realDisk, run).found?.state.step).toBe(5);
});

test('sums that are no numbers do not make a checkpoint unreadable', () => {
  const run = freshRun();
  const totals = { examples: 3, loss: 'Infinity', metrics: { r2: [1, 'NaN', '-Infinity'] } } as const;
  writeCheckpoint(realDisk, run, { ...state(5), totals }, train(5));
  expect(readNewest(realDisk, run).found?.state.totals).toEqual(totals);
});

test('averages are kept beside the weights, and are what the run is used by', () => {
  const run = freshRun();
  const average: HostTensor = { dtype: 'float32', shape: [1], data: Float32Array.of(0.5) };
  writeCheckpoint(realDisk, run, state(5), { ...train(5), averages: new Map([['w', average]]) });
  const read = readNewest(realDisk, run).found!;
  expect(read.train.weights.get('w')?.data[0]).toBe(5);
  expect(usedWeights(read).get('w')?.data[0]).toBe(0.5);
  truncateSync(join(run, 'checkpoints', '5', 'averages.safetensors'), 9);
  expect(readNewest(realDisk, run).damaged[0]?.why).toContain('averages.safetensors is damaged: it has 9 bytes');
});

/** A disk that dies at its n-th change: what was done stays, nothing more happens, as with `kill -9`. */
function dyingDisk(at: number): Disk {
  let left = at;
  const alive =
    <A extends unknown[]>(act: (...args: A) => void) =>
    (...args: A) => {
      left -= 1;
      if (left < 0) throw new Error('killed');
      act(...args);
    };
  return {
    ...realDisk,
    write: (path, parts) => {
      left -= 1;
      if (left < 0) {
        // Half of the file was written.
        const bytes = Buffer.concat(parts);
        if (left === -1) realDisk.write(path, [bytes.subarray(0, bytes.length / 2)]);
        throw new Error('killed');
      }
      realDisk.write(path, parts);
    },
    rename: alive(realDisk.rename),
    makeFolder: alive(realDisk.makeFolder),
    remove: alive(realDisk.remove),
  };
}

test('whenever the process dies while it writes a checkpoint, a whole one is there', () => {
  for (let at = 0; at < 12; at++) {
    const run = freshRun();
    writeCheckpoint(realDisk, run, state(5), train(5));
    writeCheckpoint(realDisk, run, state(10), train(10));
    // The same step again (a resumed run), and a new one.
    for (const step of [10, 15]) {
      try {
        writeCheckpoint(dyingDisk(at), run, state(step), train(step));
      } catch (error) {
        expect(String(error)).toContain('killed');
      }
      const { found } = readNewest(realDisk, run);
      expect(found?.state.step).toBeGreaterThanOrEqual(5);
      expect(found?.train.weights.get('w')?.data[0]).toBe(found?.state.step);
    }
  }
});

test('the newest two are kept, the best, and each of `every`', () => {
  const run = freshRun();
  for (const step of [2, 4, 6, 8, 10, 12]) writeCheckpoint(realDisk, run, state(step), train(step));
  pruneCheckpoints(realDisk, run, { best: 4, every: [6] });
  expect(checkpointSteps(realDisk, run)).toEqual([12, 10, 6, 4]);
});

test('a run whose checkpoints are all damaged, or whose plan was changed, is left as it is', async () => {
  const { folder } = await fakeRun(tinyPlan(), { nanAt: 14 });
  const before = readFileSync(join(folder, 'events.jsonl'), 'utf8');
  const plan = readFileSync(join(folder, 'plan.json'), 'utf8');
  writeFileSync(join(folder, 'plan.json'), plan.replace(/"batch":\s*\d+/, '"batch": 3'));
  await expect(fakeResume(folder)).rejects.toThrow('is not the one that the run began with');
  writeFileSync(join(folder, 'plan.json'), '{"version":1}');
  await expect(fakeResume(folder)).rejects.toThrow('plan.json');
  writeFileSync(join(folder, 'plan.json'), plan);
  for (const step of checkpointSteps(realDisk, folder))
    writeFileSync(join(folder, 'checkpoints', String(step), 'weights.safetensors'), 'damaged');
  const steps = checkpointSteps(realDisk, folder);
  await expect(fakeResume(folder)).rejects.toThrow('None of the checkpoints');
  expect(checkpointSteps(realDisk, folder)).toEqual(steps);
  expect(readFileSync(join(folder, 'events.jsonl'), 'utf8')).toBe(before);
});

test('a resumed run falls back to the checkpoint before and says so', async () => {
  const whole = await fakeRun(tinyPlan());
  const { folder } = await fakeRun(tinyPlan(), { nanAt: 14 });
  writeFileSync(join(folder, 'checkpoints', '10', 'optimizer.safetensors'), 'damaged');
  const { events, record } = await fakeResume(folder);
  expect(ofKind(events, 'log').find((each) => each.level === 'warning')?.text).toContain(
    'The checkpoint checkpoints/10 cannot be used: optimizer.safetensors is damaged',
  );
  expect(ofKind(events, 'started')[1]?.resumedFrom).toBe(5);
  expect(record.state).toBe('finished');
  const last = (run: typeof whole) => ofKind(run.events, 'step').at(-1)?.loss;
  expect(last({ ...whole, events })).toBe(last(whole));
});

test('a run without any checkpoint begins again', async () => {
  const { folder } = await fakeRun(tinyPlan(), { nanAt: 2 });
  const { events, record } = await fakeResume(folder);
  expect(ofKind(events, 'started')[1]?.resumedFrom).toBe(0);
  expect(record.state).toBe('finished');
});

test('a finished run is not resumed', async () => {
  const { folder } = await fakeRun(tinyPlan());
  await expect(fakeResume(folder)).rejects.toThrow('has finished at step 15: there is nothing to go on with');
});

test("TensorBoard's records: the checksums of the format, and a step as it must be", () => {
  // The published check value of CRC-32C.
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  const run = freshRun();
  const board = openTensorBoard(realDisk, run, 1_700_000_000_000, 42, undefined);
  board.scalars(1_700_000_001_500, 3, { 'step/loss': 0.5 });
  board.close();
  const [name] = realDisk.names(join(run, 'tb'));
  expect(name).toMatch(/^events\.out\.tfevents\.1700000000\..*\.42\.0$/);
  const bytes = realDisk.read(join(run, 'tb', name!))!;
  const records: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = Number(bytes.readBigUInt64LE(at));
    expect(bytes.readUInt32LE(at + 8)).toBe(masked(crc32c(bytes.subarray(at, at + 8))));
    const record = bytes.subarray(at + 12, at + 12 + length);
    expect(bytes.readUInt32LE(at + 12 + length)).toBe(masked(crc32c(record)));
    records.push(record);
    at += length + 16;
  }
  expect(records[0]!.includes('brain.Event:2')).toBe(true);
  const tag = Buffer.from('step/loss');
  const wall = Buffer.alloc(8);
  wall.writeDoubleLE(1_700_000_001.5);
  const value = Buffer.concat([Buffer.from([0x0a, tag.length]), tag, Buffer.from([0x15, 0, 0, 0, 0x3f])]);
  const summary = Buffer.concat([Buffer.from([0x0a, value.length]), value]);
  expect(records[1]).toEqual(
    Buffer.concat([Buffer.from([0x09]), wall, Buffer.from([0x10, 3, 0x2a, summary.length]), summary]),
  );
});

test('a histogram counts each finite number once, in bins up to the largest', () => {
  const data = Float32Array.from({ length: 1000 }, (_, i) => (i === 7 ? Number.NaN : i / 999));
  const histogram = histogramOf({ data })!;
  expect(histogram.count).toBe(999);
  expect(histogram.counts.reduce((sum, each) => sum + each, 0)).toBe(999);
  expect([histogram.min, histogram.max]).toEqual([0, 1]);
  expect(histogram.edges.at(-1)).toBeCloseTo(1, 12);
  expect(Math.max(...histogram.counts)).toBeLessThanOrEqual(35);
  expect(histogramOf({ data: Float32Array.of(Number.NaN) })).toBeUndefined();
});

test('the version that runs carry is that of the package', () => {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8');
  expect(JSON.parse(text).version).toBe(MODELWRIGHT_VERSION);
});
