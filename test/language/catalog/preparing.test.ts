/** Layers that prepare numbers inside a model: buckets, hashes, crosses, and normalising by what was measured first. */
import { expect, test } from 'vitest';
import { createAnalyser } from '../../../language/check/index.ts';
import type { DataHeader } from '../../../language/files.ts';
import { render } from '../../../language/messages/render.ts';
import { makePlan } from '../../../language/plan/make-plan.ts';
import { filesOf } from '../check/check.ts';
import { apply, type Numbers, numbers, refusalOf, weightShapes } from './apply.ts';

test('Bucketize: an edge belongs to the bucket above it', () => {
  const x: Numbers = { shape: [4], data: [-5, 0, 0.99, 1, 2, 7, 1.5, -1] };
  const settings = { edges: [-1, 0, 1] };
  expect(apply('model/Bucketize', { x }, { settings }).outputs[0]).toEqual([0, 2, 2, 3, 3, 3, 3, 1]);
  expect(refusalOf('model/Bucketize', { x }, { edges: [1, 1] }).message.key).toBe('argument/edges');
  expect(refusalOf('model/Bucketize', { x }, { edges: [] }).message.key).toBe('argument/edges.none');
});

test('Hash: always the same bucket, all buckets about alike, large and negative numbers too', () => {
  const ids = Array.from({ length: 4000 }, (_, i) => i * 7919 - 9_000_000);
  const x: Numbers = { shape: [4000], data: [...ids, ...ids.map((id) => id * 60)], dtype: 'int32' };
  const buckets = apply('model/Hash', { x }, { settings: { buckets: 16 } }).outputs[0]!;
  expect(buckets.every((bucket) => Number.isInteger(bucket) && bucket >= 0 && bucket < 16)).toBe(true);
  expect(apply('model/Hash', { x }, { settings: { buckets: 16 } }).outputs[0]).toEqual(buckets);
  for (const half of [buckets.slice(0, 4000), buckets.slice(4000)]) {
    for (let bucket = 0; bucket < 16; bucket++) {
      const count = half.filter((one) => one === bucket).length;
      expect(count > 180 && count < 330, `${count} numbers in bucket ${bucket}`).toBe(true);
    }
  }
  const large = apply('model/Hash', { x }, { settings: { buckets: 900_000_000 } }).outputs[0]!;
  expect(new Set(large).size).toBeGreaterThan(7990);
});

test('Cross: each combination its own, and the order counts', () => {
  const a: Numbers = { shape: [100], data: Array.from({ length: 200 }, (_, i) => i % 10), dtype: 'int32' };
  const c: Numbers = {
    shape: [100],
    data: Array.from({ length: 200 }, (_, i) => Math.floor(i / 10) % 10),
    dtype: 'int32',
  };
  const settings = { buckets: 1_000_000 };
  const one = apply('model/Cross', { values: [a, c] }, { settings }).outputs[0]!;
  expect(new Set(one).size).toBe(100);
  expect(one.slice(0, 100)).toEqual(one.slice(100));
  const other = apply('model/Cross', { values: [c, a] }, { settings }).outputs[0]!;
  expect(other).not.toEqual(one);
  const short: Numbers = { shape: [3], data: [], dtype: 'int32' };
  expect(refusalOf('model/Cross', { values: [a, short] }, settings).message.key).toBe('shape/cross');
});

test('Normalize: by its weights, which nothing trains', () => {
  const x: Numbers = { shape: [3, 2], data: numbers(12, 4) };
  const weights = { mean: [0.5, -1], variance: [4, 0.25] };
  const ran = apply('model/Normalize', { x }, { weights });
  ran.outputs[0]!.forEach((value, i) => {
    const channel = i % 2;
    const wanted = (x.data[i]! - weights.mean[channel]!) / Math.sqrt(weights.variance[channel]!);
    expect(value).toBeCloseTo(wanted, 9);
  });
  expect(ran.gradients).toEqual({});
  expect(weightShapes('model/Normalize', { x })).toEqual({ mean: [2], variance: [2] });
  const flat = apply('model/Normalize', { x }, { weights: { mean: [0, 0], variance: [0, 0] } });
  expect(flat.outputs[0]!.every(Number.isFinite)).toBe(true);
});

const headers: Record<string, DataHeader> = {
  'x.idx': { kind: 'idx', dtype: 'float32', shape: [100, 3] },
  'y.idx': { kind: 'idx', dtype: 'float32', shape: [100] },
};

function planned(body: string, train = '') {
  const text = `
data D {
  source: idx(x: "x.idx", y: "y.idx")
  x: float32[3] = x
  y: float32 = y
}
model M {
  input x: float32[3]
  layer first = Dense(4)
  output out = ${body} -> Dense(1) -> squeeze
}
train M on D {
  loss: mse(out, y)
${train}
}`;
  const analyser = createAnalyser(filesOf({ headers }));
  const answer = makePlan(analyser, { file: 'test.model', text, action: 'train' });
  return answer.kind === 'plan' ? [] : answer.problems.map((one) => `${one.code}: ${render(one.message)}`);
}

test('nothing that is trained may stand before what is measured first', () => {
  expect(planned('x * 2.0 -> Normalize -> first')).toEqual([]);
  expect(planned('x -> first -> tanh -> Normalize')).toEqual([
    'train/normalize-late: `Normalize` is measured once, before training, so nothing that is trained may stand in front of it, but `M/first/kernel` does: move it to the front, freeze that layer, or use `BatchNorm`.',
  ]);
  expect(
    planned('x -> first -> Normalize', '  freeze: first').filter((line) => line.startsWith('train/normalize')),
  ).toEqual([]);
});
