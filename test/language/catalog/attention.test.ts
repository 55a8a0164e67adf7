/** Attention against loops over places and heads. */
import { expect, test } from 'vitest';
import { apply, type Numbers, numbers, weightShapes } from './apply.ts';

type Matrix = readonly (readonly number[])[];

function rows(flat: readonly number[], columns: number): Matrix {
  return Array.from({ length: flat.length / columns }, (_, i) => flat.slice(i * columns, (i + 1) * columns));
}

function project(x: Matrix, kernel: readonly number[], bias: readonly number[] | undefined): Matrix {
  const columns = kernel.length / x[0]!.length;
  return x.map((row) =>
    Array.from({ length: columns }, (_, j) =>
      row.reduce((sum, v, i) => sum + v * kernel[i * columns + j]!, bias?.[j] ?? 0),
    ),
  );
}

/** One example, one head at a time. `may(t, s)` says where a place may look. */
function attend(
  x: Matrix,
  memory: Matrix,
  weights: Readonly<Record<string, readonly number[]>>,
  heads: number,
  may: (t: number, s: number) => boolean,
): readonly number[] {
  const of = (name: string, value: Matrix) =>
    project(value, weights[`Test/${name}/kernel`]!, weights[`Test/${name}/bias`]);
  const [query, key, value] = [of('query', x), of('key', memory), of('value', memory)];
  const size = query[0]!.length / heads;
  const mixed = x.map((_, t) =>
    Array.from({ length: heads }, (_unused, h) => {
      const part = (row: readonly number[]) => row.slice(h * size, (h + 1) * size);
      const scores = memory.map((_row, s) =>
        may(t, s)
          ? part(query[t]!).reduce((sum, v, i) => sum + v * part(key[s]!)[i]!, 0) / Math.sqrt(size)
          : Number.NEGATIVE_INFINITY,
      );
      const top = Math.max(...scores);
      const shares = scores.map((score) => Math.exp(score - top));
      const all = shares.reduce((a, b) => a + b);
      return Array.from({ length: size }, (_u, i) =>
        shares.reduce((sum, share, s) => sum + (share / all) * part(value[s]!)[i]!, 0),
      );
    }).flat(),
  );
  return of('output', mixed).flat();
}

const [time, width] = [4, 6];
const x: Numbers = { shape: [time, width], data: numbers(2 * time * width, 3) };
const real: Numbers = { shape: [time], data: [1, 1, 0, 1, 1, 0, 1, 1], dtype: 'bool' };

function examples(value: Numbers): readonly Matrix[] {
  const [length, columns] = value.shape as [number, number];
  return [0, 1].map((e) => rows(value.data.slice(e * length * columns, (e + 1) * length * columns), columns));
}

function compare(ours: readonly number[], wanted: readonly number[]): void {
  expect(ours.length).toBe(wanted.length);
  ours.forEach((v, i) => {
    expect(v).toBeCloseTo(wanted[i]!, 6);
  });
}

test('each place looks everywhere', () => {
  const ran = apply('model/Attention', { x }, { settings: { heads: 2 } });
  compare(
    ran.outputs[0]!,
    examples(x).flatMap((e) => attend(e, e, ran.weights, 2, () => true)),
  );
});

test('causal: no place looks ahead', () => {
  const ran = apply('model/Attention', { x }, { settings: { heads: 3, mask: ['causal'] } });
  compare(
    ran.outputs[0]!,
    examples(x).flatMap((e) => attend(e, e, ran.weights, 3, (t, s) => s <= t)),
  );
});

test('a mask of real places, together with causal', () => {
  const ran = apply('model/Attention', { x, mask: real }, { settings: { heads: 2, mask: ['causal'] } });
  const wanted = examples(x).flatMap((e, i) =>
    attend(e, e, ran.weights, 2, (t, s) => s <= t && real.data[i * time + s] === 1),
  );
  compare(ran.outputs[0]!, wanted);
});

test('a mask of pairs of places', () => {
  const pairs = Array.from({ length: time * time }, (_, i) => ((i * 7) % 3 === 1 || i % (time + 1) === 0 ? 1 : 0));
  const mask: Numbers = { shape: [time, time], data: [...pairs, ...pairs], dtype: 'bool' };
  const ran = apply('model/Attention', { x, mask }, { settings: { heads: 2 } });
  const wanted = examples(x).flatMap((e) => attend(e, e, ran.weights, 2, (t, s) => pairs[t * time + s] === 1));
  compare(ran.outputs[0]!, wanted);
});

test('memory of another length and width, heads of their own width, no bias', () => {
  const memory: Numbers = { shape: [3, 5], data: numbers(30, 8) };
  const settings = { heads: 2, keyWidth: 4, width: 7, bias: false };
  const ran = apply('model/Attention', { x, memory }, { settings });
  const stored = examples(memory);
  compare(
    ran.outputs[0]!,
    examples(x).flatMap((e, i) => attend(e, stored[i]!, ran.weights, 2, () => true)),
  );
  expect(weightShapes('model/Attention', { x, memory }, settings)).toEqual({
    'query/kernel': [6, 8],
    'key/kernel': [5, 8],
    'value/kernel': [5, 8],
    'output/kernel': [8, 7],
  });
});

test('axes before the sequence are independent', () => {
  const flat = apply('model/Attention', { x }, { settings: { heads: 2 }, batch: 2 });
  const nested: Numbers = { shape: [2, time, width], data: x.data };
  const ran = apply('model/Attention', { x: nested }, { settings: { heads: 2 }, batch: 1 });
  compare(ran.outputs[0]!, flat.outputs[0]!);
});

test('the width has 4D² + 4D weights', () => {
  const shapes = weightShapes('model/Attention', { x: { shape: [5, 12], data: [] } }, { heads: 3 });
  const count = Object.values(shapes).reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0);
  expect(count).toBe(4 * 144 + 4 * 12);
});
