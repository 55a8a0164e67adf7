/** Shape functions, reductions, lookups and products against plain arithmetic. */
import { expect, test } from 'vitest';
import type { Settings } from '../../../language/index.ts';
import { apply, type Given, type Numbers, numbers, shapesOf } from './apply.ts';

const row = (...data: number[]): Numbers => ({ shape: [data.length], data });
const whole = (...data: number[]): Numbers => ({ shape: [data.length], data, dtype: 'int32' });
const bools = (...data: number[]): Numbers => ({ shape: [data.length], data, dtype: 'bool' });
const grid = (rows: number, columns: number, data = Array.from({ length: rows * columns }, (_, i) => i)): Numbers => ({
  shape: [rows, columns],
  data,
});

function of(name: string, given: Given, settings: Settings = {}, batch = 1): readonly number[] {
  return apply(`model/${name}`, given, { settings, batch }).outputs[0]!;
}

function near(ours: readonly number[], wanted: readonly number[], digits = 6): void {
  expect(ours.length).toBe(wanted.length);
  ours.forEach((value, i) => {
    expect(value).toBeCloseTo(wanted[i]!, digits);
  });
}

test('softmax and its kin', () => {
  const x = row(1, 2, 3);
  const e = [1, 2, 3].map(Math.exp);
  const sum = e.reduce((a, b) => a + b);
  near(
    of('softmax', { x }),
    e.map((v) => v / sum),
  );
  near(
    of('logSoftmax', { x }),
    [1, 2, 3].map((v) => v - Math.log(sum)),
  );
  const m = [-1, -2, -3].map(Math.exp);
  near(
    of('softmin', { x }),
    m.map((v) => v / m.reduce((a, b) => a + b)),
  );
  near(of('softmax', { x: grid(2, 2, [0, 0, 0, Math.log(3)]) }, { axis: 0 }), [0.5, 0.25, 0.5, 0.75]);
  near(of('logSoftmax', { x: row(1000, 0) }), [0, -1000]);
});

test('sparsemax projects onto the simplex, ties included', () => {
  near(of('sparsemax', { x: row(0.5, 0.3, 0.1) }), [0.5333333, 0.3333333, 0.1333333]);
  near(of('sparsemax', { x: row(2, 0.5, -1) }), [1, 0, 0]);
  near(of('sparsemax', { x: row(1, 1, 0) }), [0.5, 0.5, 0]);
  near(of('sparsemax', { x: grid(2, 2, [3, 0.2, 0, 0.6]) }, { axis: 0 }), [1, 0.3, 0, 0.7]);
});

test('glu halves an axis', () => {
  near(of('glu', { x: row(1, 2, 0, Math.log(3)) }), [0.5, 1.5]);
  expect(shapesOf('model/glu', { x: grid(4, 3) }, { axis: 0 })).toEqual([[2, 3]]);
});

test('gumbelSoftmax sums to 1, and hard is a choice', () => {
  const x = row(1, 2, 3);
  const random = (size: number) => Array.from({ length: size }, (_, i) => (i + 1) / (size + 1));
  const soft = apply('model/gumbelSoftmax', { x }, { batch: 1, random }).outputs[0]!;
  expect(soft.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
  const hard = apply('model/gumbelSoftmax', { x }, { batch: 1, random, settings: { hard: true } }).outputs[0]!;
  near(hard, [0, 0, 1]);
});

test('l2norm, clip, scale', () => {
  near(of('l2norm', { x: row(3, 4) }), [0.6, 0.8]);
  near(of('l2norm', { x: row(0, 0) }), [0, 0]);
  near(of('clip', { x: row(-5, 0.5, 5) }, { range: [-1, 2] }), [-1, 0.5, 2]);
  near(
    of('scale', { x: { shape: [3], data: [0, 51, 255], dtype: 'uint8' } }, { from: [0, 255], to: [-1, 1] }),
    [-1, -0.6, 1],
  );
});

test('reductions along axes, all of them, and kept', () => {
  const x = grid(2, 3, [1, 2, 3, 4, 5, 9]);
  near(of('sum', { x }), [24]);
  near(of('sum', { x }, { axis: 0 }), [5, 7, 12]);
  near(of('mean', { x }, { axis: -1 }), [2, 6]);
  near(of('prod', { x }, { axis: [1] }), [6, 180]);
  near(of('var', { x }, { axis: 1 }), [2 / 3, 14 / 3]);
  near(of('std', { x }, { axis: 1 }), [Math.sqrt(2 / 3), Math.sqrt(14 / 3)]);
  near(of('norm', { x: row(3, 4) }), [5]);
  near(of('max', { x: [x] }, { axis: 0 }), [4, 5, 9]);
  near(of('min', { x: [x] }), [1]);
  near(of('logSumExp', { x: row(1000, 1000) }), [1000 + Math.log(2)]);
  near(
    of('logSumExp', { x }, { axis: 0 }),
    [0, 1, 2].map((i) => Math.log(Math.exp(x.data[i]!) + Math.exp(x.data[i + 3]!))),
  );
  near(of('cumsum', { x }), [1, 3, 6, 4, 9, 18]);
  near(of('cumsum', { x }, { axis: 0 }), [1, 2, 3, 5, 7, 12]);
  near(of('argmax', { x }, { axis: 1 }), [2, 2]);
  near(of('argmin', { x }), [0]);
  near(of('argmax', { x }), [5]);
  expect(shapesOf('model/mean', { x }, { axis: 0, keep: true })).toEqual([[1, 3]]);
  expect(shapesOf('model/argmax', { x }, { axis: 0, keep: true })).toEqual([[1, 3]]);
  expect(shapesOf('model/argmax', { x }, { keep: true })).toEqual([[1, 1]]);
  near(of('any', { x: { ...grid(2, 2, [0, 0, 0, 1]), dtype: 'bool' } }, { axis: 1 }), [0, 1]);
  near(of('all', { x: { ...grid(2, 2, [1, 1, 0, 1]), dtype: 'bool' } }, { axis: 1 }), [1, 0]);
});

test('reductions count only what where chooses; over nothing, sum and mean are 0', () => {
  const x = grid(3, 2, [1, 2, 3, 4, 5, 6]);
  const where = bools(1, 0, 1);
  near(of('sum', { x, where }, { axis: 0 }), [6, 8]);
  near(of('mean', { x, where }, { axis: 0 }), [3, 4]);
  near(of('var', { x, where }, { axis: 0 }), [4, 4]);
  near(of('prod', { x, where }, { axis: 0 }), [5, 12]);
  near(of('max', { x: [x], where: bools(1, 1, 0) }, { axis: 0 }), [3, 4]);
  near(of('logSumExp', { x, where: bools(0, 1, 0) }, { axis: 0 }), [3, 4]);
  near(of('mean', { x, where: bools(0, 0, 0) }, { axis: 0 }), [0, 0]);
  near(of('sum', { x, where: bools(0, 0, 0) }, { axis: 0 }), [0, 0]);
  const each = { shape: [3, 2], data: [1, 0, 0, 1, 0, 0], dtype: 'bool' } as const;
  near(of('mean', { x, where: each }), [2.5]);
});

test('min and max of two values, whole and decimal', () => {
  near(of('max', { x: [row(1, 5), row(3, 2)] }), [3, 5]);
  near(of('min', { x: [whole(1, 5), whole(3, 2)] }), [1, 2]);
});

test('shapes', () => {
  const x = grid(2, 3);
  expect(shapesOf('model/expand', { x })).toEqual([[2, 3, 1]]);
  expect(shapesOf('model/expand', { x }, { axis: 0 })).toEqual([[1, 2, 3]]);
  expect(shapesOf('model/squeeze', { x: grid(3, 1) })).toEqual([[3]]);
  near(of('transpose', { x }), [0, 3, 1, 4, 2, 5]);
  near(
    of('transpose', { x: { shape: [1, 2, 3], data: [0, 1, 2, 3, 4, 5] } }, { order: [2, 0, 1] }),
    [0, 3, 1, 4, 2, 5],
  );
  near(of('reshape', { x }, { shape: [3, 2] }), [0, 1, 2, 3, 4, 5]);
  expect(shapesOf('model/Flatten', { x: { shape: [2, 3, 4], data: [] } })).toEqual([[24]]);
  near(of('concat', { x: [x, x] }, { axis: 0 }), [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5]);
  near(of('concat', { x: [x, grid(2, 1, [8, 9])] }), [0, 1, 2, 8, 3, 4, 5, 9]);
  near(of('stack', { x: [row(1, 2), row(3, 4)] }), [1, 2, 3, 4]);
  near(of('stack', { x: [row(1, 2), row(3, 4)] }, { axis: -1 }), [1, 3, 2, 4]);
  near(of('pad', { x: grid(1, 2, [5, 6]) }, { amount: 1, value: 7 }), [7, 7, 5, 6, 7, 7]);
  const around = [
    [1, 0],
    [0, 1],
  ];
  near(of('pad', { x: { shape: [1, 1, 1], data: [5] } }, { amount: around }), [0, 0, 5, 0]);
  const parts = apply('model/split', { x: grid(2, 4) }, { settings: { parts: [2] }, batch: 1 }).outputs;
  expect(parts).toEqual([
    [0, 1, 4, 5],
    [2, 3, 6, 7],
  ]);
  const sizes = apply('model/split', { x: grid(2, 3) }, { settings: { parts: [1, 2] }, batch: 1 }).outputs;
  expect(sizes).toEqual([
    [0, 3],
    [1, 2, 4, 5],
  ]);
});

test('values of the example and values that are the same for all join', () => {
  const x = { shape: [2], data: [1, 2, 3, 4] };
  const same = { shape: [2], data: [8, 9], constant: true } as const;
  near(apply('model/concat', { x: [x, same] }, { batch: 2 }).outputs[0]!, [1, 2, 8, 9, 3, 4, 8, 9]);
  near(apply('model/stack', { x: [same, x] }, { batch: 2 }).outputs[0]!, [8, 9, 1, 2, 8, 9, 3, 4]);
});

test('places and ranges', () => {
  const x = grid(4, 3);
  const at = (...items: Settings[string][]) => of('index', { x }, { items });
  near(at(1), [3, 4, 5]);
  near(at(-1), [9, 10, 11]);
  near(at([1, 3, 1]), [3, 4, 5, 6, 7, 8]);
  near(at([null, -1, 1]), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  near(at([null, null, 2]), [0, 1, 2, 6, 7, 8]);
  near(at('...', 0), [0, 3, 6, 9]);
  near(at([1, null, 2], -1), [5, 11]);
  near(at(2, 1), [7]);
  expect(shapesOf('model/index', { x }, { items: [[1, null, 2], '...'] })).toEqual([[2, 3]]);
});

test('lookups', () => {
  const table = { shape: [3, 2], data: [0, 1, 10, 11, 20, 21], constant: true } as const;
  near(of('gather', { x: table, index: whole(2, 0) }), [20, 21, 0, 1]);
  near(of('gather', { x: table, index: whole(1, 1, 0) }, { axis: 1 }), [1, 1, 0, 11, 11, 10, 21, 21, 20]);
  near(of('gather', { x: grid(3, 2), index: whole(1) }), [2, 3]);
  const own = { shape: [3], data: [0, 1, 2, 10, 11, 12] };
  near(
    apply('model/gather', { x: own, index: { shape: [], data: [2, 0], dtype: 'int32' } }, { batch: 2 }).outputs[0]!,
    [2, 10],
  );
  near(of('oneHot', { x: whole(0, 2) }, { size: 3 }), [1, 0, 0, 0, 0, 1]);
  near(of('range', {}, { n: 4 }), [0, 1, 2, 3]);
});

test('products', () => {
  const a = grid(2, 3);
  const b = grid(3, 2);
  near(of('matmul', { a, b }), [10, 13, 28, 40]);
  near(apply('operator/@', { a: row(1, 2, 3), b }, { batch: 1 }).outputs[0]!, [16, 22]);
  near(apply('operator/@', { a, b: row(1, 2, 3) }, { batch: 1 }).outputs[0]!, [8, 26]);
  near(apply('operator/@', { a: row(1, 2), b: row(3, 4) }, { batch: 1 }).outputs[0]!, [11]);
  near(of('dot', { a: grid(2, 2), b: grid(2, 2) }), [1, 13]);
  near(apply('operator/@', { a: grid(2, 3), b: { ...b, constant: true } }, { batch: 1 }).outputs[0]!, [10, 13, 28, 40]);
});

test('where, comparisons and logic', () => {
  near(of('where', { condition: bools(1, 0), a: row(1, 2), b: row(3, 4) }), [1, 4]);
  const compare = (op: string, a: Numbers, b: Numbers) => apply(`operator/${op}`, { a, b }, { batch: 1 }).outputs[0]!;
  near(compare('<', row(1, 2, 3), row(2, 2, 2)), [1, 0, 0]);
  near(compare('<=', row(1, 2, 3), row(2, 2, 2)), [1, 1, 0]);
  near(compare('>', row(1, 2, 3), row(2, 2, 2)), [0, 0, 1]);
  near(compare('>=', row(1, 2, 3), row(2, 2, 2)), [0, 1, 1]);
  near(compare('==', whole(1, 2), whole(1, 3)), [1, 0]);
  near(compare('!=', whole(1, 2), whole(1, 3)), [0, 1]);
  near(compare('and', bools(1, 1), bools(1, 0)), [1, 0]);
  near(compare('or', bools(0, 1), bools(0, 0)), [0, 1]);
  near(apply('operator/not', { x: bools(0, 1) }, { batch: 1 }).outputs[0]!, [1, 0]);
});

test('arithmetic of whole numbers rounds down and keeps the sign of the divisor', () => {
  const op = (name: string, a: number[], b: number[]) =>
    apply(`operator/${name}`, { a: whole(...a), b: whole(...b) }, { batch: 1 }).outputs[0]!;
  near(op('//', [7, -7], [2, 2]), [3, -4]);
  near(op('%', [7, -7], [3, 3]), [1, 2]);
  near(op('**', [2, 3], [3, 2]), [8, 9]);
  near(op('/', [7, 1], [2, 4]), [3.5, 0.25]);
  near(op('-', [1, 2], [3, 5]), [-2, -3]);
  near(apply('operator/negate', { x: whole(3, -4) }, { batch: 1 }).outputs[0]!, [-3, 4]);
});

test('what a value is drawn of comes from the drawing alone', () => {
  const random = () => [0.5, 0.25];
  near(apply('model/gaussian', {}, { settings: { shape: [2] }, batch: 1, random }).outputs[0]!, [0.5, 0.25]);
  near(apply('model/uniform', {}, { settings: { shape: [2] }, batch: 1, random }).outputs[0]!, [0.5, 0.25]);
  near(of('zeros', {}, { shape: [2] }), [0, 0]);
  near(of('ones', {}, { shape: [2] }), [1, 1]);
});

test('stopGradient changes nothing and lets nothing through', () => {
  const ran = apply('model/stopGradient', { x: { shape: [2], data: [1, 2], constant: true } }, { batch: 1 });
  near(ran.outputs[0]!, [1, 2]);
  expect(ran.gradients['in/x'] ?? [0, 0]).toEqual([0, 0]);
});

test('Dropout drops only while training, and keeps the mean', () => {
  const x = { shape: [4], data: numbers(4), constant: true } as const;
  near(apply('model/Dropout', { x }, { batch: 1 }).outputs[0]!, x.data as number[]);
  const ran = apply('model/Dropout', { x }, { batch: 1, settings: { rate: 0.5 }, random: () => [2, 0, 2, 0] });
  expect(ran.gradients['in/x']!.map((g) => g > 0)).toEqual([true, false, true, false]);
});

test('a length and a deviation of 0 have the slope 0, as numbers that are all alike are no reason to stop', () => {
  for (const name of ['norm', 'std']) {
    const flat = apply(`model/${name}`, { x: { ...row(0, 0, 0), constant: true } });
    expect(flat.outputs[0]).toEqual([0]);
    expect(flat.gradients['in/x']).toEqual([0, 0, 0]);
    const steep = apply(`model/${name}`, { x: { ...row(-2, 0, 2), constant: true } });
    const [first = 0, middle, last] = steep.gradients['in/x']!;
    expect([Math.sign(first), middle, last]).toEqual([-1, 0, -first]);
  }
});
