/** A batch in parts on several threads: the same steps as in one, the same bits in every run, and only where it may be. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../../compiler/index.ts';
import type { Plan, TrainSettings } from '../../language/index.ts';
import type { Batch, Session } from '../../trainer/engine.ts';
import { createOnnxEngine } from '../../trainer/engines/onnx/engine.ts';
import { divide } from '../../trainer/engines/onnx/parallel.ts';
import { partsOf } from '../../trainer/engines/onnx/parts.ts';
import { benchPlan } from '../compiler/bench-plans.ts';
import { numbers } from '../compiler/cases.ts';
import { planOfModel } from '../compiler/trained.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'test', '.out', `parts-${process.pid}`);
const partScript = join(folder, 'engine-worker.js');

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: { 'engine-worker': 'trainer/engines/onnx/part-worker.ts' },
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['onnxruntime-node'],
    logLevel: 'error',
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SIZE = 32;

function batchOf(seed: number, size = SIZE): Batch {
  return {
    size,
    fields: {
      x: { dtype: 'float32', shape: [size, 64, 64], data: Float32Array.from(numbers(size * 4096, seed)) },
      label: { dtype: 'int32', shape: [size], data: Int32Array.from(numbers(size, seed + 1, [0, 10])) },
    },
  };
}

async function open(plan: Plan, script: string, threads = 2): Promise<Session> {
  const engine = await createOnnxEngine({ threads, partScript: script });
  return engine.open(compile(plan), { batch: SIZE, threads, seed: 5 });
}

const step = (session: Session, index: number, size = SIZE) =>
  session.step([batchOf(index, size)], { rate: 0.01, step: index, metrics: true, gradientNorm: true });

const bits = async (session: Session): Promise<readonly string[]> =>
  [...(await session.save()).weights].map(([path, { data }]) => {
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    return `${path} ${bytes.toString('base64')}`;
  });

test('a batch goes into as many parts as divide it, none smaller than a few examples', () => {
  expect([partsOf(32, 2), partsOf(32, 16), partsOf(30, 4), partsOf(31, 4), partsOf(8, 4), partsOf(32, 1)]).toEqual([
    2, 4, 3, 1, 1, 1,
  ]);
});

test('parts are for small operations without statistics over the batch', () => {
  const chosen = (plan: Plan, batch: number): boolean => {
    const lower = (size: number) => compile(plan).lower('train', size, { update: 'outside' });
    return divide(lower, lower(batch), { name: 'x', batch, threads: 2, block: 0 }) !== undefined;
  };
  expect(chosen(benchPlan('lstm'), 32)).toBe(true);
  // Large operations are shared out by the engine itself; small steps are over before another thread has begun.
  expect(chosen(benchPlan('mlp'), 128)).toBe(false);
  expect(compile(benchPlan('resnet')).lower('train', 8, { update: 'outside' }).separable).toBe(false);
});

describe.each([
  ['an LSTM', {}],
  ['clipped', { clip: 0.1 }],
  ['several batches an update', { accumulate: 2 }],
] as const satisfies readonly (readonly [string, Partial<TrainSettings>])[])('%s', (_name, train) => {
  const plan = benchPlan('lstm', train);

  test('the same steps as in one part, and the same bits in every run', async () => {
    const [one, first, second] = await Promise.all([
      open(plan, partScript, 1),
      open(plan, partScript),
      open(plan, partScript),
    ]);
    for (let i = 0; i < 3; i++) {
      // The last one does not fill the batch.
      const size = i === 2 ? 20 : SIZE;
      const [wanted, found] = [await step(one, i, size), await step(first, i, size)];
      await step(second, i, size);
      expect(Math.abs(found.loss - wanted.loss)).toBeLessThan(1e-5);
      expect(Math.abs(found.gradientNorm! - wanted.gradientNorm!)).toBeLessThan(1e-4 * wanted.gradientNorm!);
    }
    const [a, b] = [(await one.save()).weights, (await first.save()).weights];
    for (const [path, { data }] of a) {
      const other = b.get(path)!.data;
      for (const [i, value] of data.entries()) expect(Math.abs(value - other[i]!), `${path} ${i}`).toBeLessThan(2e-3);
    }
    expect(await bits(first)).toEqual(await bits(second));
    for (const session of [one, first, second]) await session.dispose();
  });
});

test('what is dropped by chance and what metrics count is that of the whole batch', async () => {
  const lines = [
    'output y = x -> GRU(64, sequences: true, dropout: 0.3) -> Dropout(0.5) -> LSTM(64, l2: 0.01) -> Dense(2)',
  ];
  const header = { kind: 'idx', dtype: 'float32', shape: [100, 48, 48] } as const;
  const plan = planOfModel(lines, { type: 'float32[48, 48]', header });
  const [one, parts] = await Promise.all([open(plan, partScript, 1), open(plan, partScript)]);
  for (let i = 0; i < 3; i++) {
    const batch: Batch = {
      size: SIZE,
      fields: {
        x: { dtype: 'float32', shape: [SIZE, 48, 48], data: Float32Array.from(numbers(SIZE * 48 * 48, i)) },
        target: { dtype: 'float32', shape: [SIZE, 2], data: Float32Array.from(numbers(SIZE * 2, i + 9)) },
      },
    };
    const at = { rate: 0.01, step: i, metrics: true, gradientNorm: true };
    const [wanted, found] = [await one.step([batch], at), await parts.step([batch], at)];
    expect(Math.abs(found.loss - wanted.loss)).toBeLessThan(1e-4 * wanted.loss);
    for (const [name, list] of Object.entries(wanted.metrics)) {
      for (const [k, value] of list.entries()) expect(found.metrics[name]![k]!).toBeCloseTo(value, 2);
    }
  }
  await one.dispose();
  await parts.dispose();
});

test('a thread that cannot start is an error that says so, not a silence', async () => {
  const session = await open(benchPlan('lstm'), join(folder, 'nothing-here.js'));
  await expect(step(session, 0)).rejects.toThrow('A thread that computes a part of the batch failed');
  await session.dispose().catch(() => undefined);
});
