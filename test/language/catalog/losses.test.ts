/** Losses and metrics against plain arithmetic: marks, masks, weights, smoothing, numbers far out. */
import { expect, test } from 'vitest';
import { catalog } from '../../../language/catalog/index.ts';
import type { Settings } from '../../../language/index.ts';
import { apply, type Given, lossOf, metricSums, type Numbers, refusalOf, rule } from './apply.ts';

const scores: Numbers = { shape: [3], data: [1, 2, 3, 0.5, -1, 2] };
const label: Numbers = { shape: [], data: [2, 0], dtype: 'int32' };
const logs = (row: readonly number[]) => {
  const sum = Math.log(row.reduce((a, v) => a + Math.exp(v), 0));
  return row.map((v) => v - sum);
};
const rowsOf = (value: Numbers) => {
  const size = value.shape.at(-1)!;
  return Array.from({ length: value.data.length / size }, (_, i) => logs(value.data.slice(i * size, (i + 1) * size)));
};
const loss = (key: string, prediction: Numbers, truth: Numbers, settings: Settings = {}, more: Given = {}, batch = 2) =>
  lossOf(`loss/${key}`, { prediction, truth, ...more }, { settings, batch });

test('crossEntropy of scores, and of their softmax, is the same', () => {
  const wanted = -(rowsOf(scores)[0]![2]! + rowsOf(scores)[1]![0]!) / 2;
  expect(loss('crossEntropy', scores, label)).toBeCloseTo(wanted, 7);
  const softened = lossOf(
    'loss/crossEntropy',
    { prediction: scores, truth: label },
    { through: { prediction: 'model/softmax' } },
  );
  expect(softened).toBeCloseTo(wanted, 7);
});

test('a softmax far out stays finite, with its gradient', () => {
  const far: Numbers = { shape: [2], data: [1e4, -1e4], constant: true };
  const ran = apply(
    'loss/crossEntropy',
    { prediction: far, truth: { shape: [], data: [1], dtype: 'int32' } },
    { training: true, batch: 1, through: { prediction: 'model/softmax' } },
  );
  expect(ran.outputs[0]![0]).toBeCloseTo(2e4, 3);
  expect(ran.gradients['in/prediction']).toEqual([1, -1]);
});

test('a sigmoid far out stays finite, with its gradient', () => {
  const far: Numbers = { shape: [2], data: [1e4, -1e4], constant: true };
  const ran = apply(
    'loss/binaryCrossEntropy',
    { prediction: far, truth: { shape: [2], data: [0, 1] } },
    { training: true, batch: 1, through: { prediction: 'model/sigmoid' } },
  );
  expect(ran.outputs[0]![0]).toBeCloseTo(1e4, 3);
  expect(ran.gradients['in/prediction']).toEqual([0.5, -0.5]);
});

test('crossEntropy against probabilities, with smoothing and class weights', () => {
  const hot: Numbers = { shape: [3], data: [0, 0, 1, 1, 0, 0] };
  expect(loss('crossEntropy', scores, hot)).toBeCloseTo(loss('crossEntropy', scores, label), 7);
  const smooth = rowsOf(scores).map((row, i) => {
    const truth = label.data[i]!;
    return -row.reduce((sum, v, c) => sum + v * (0.1 / 3 + (c === truth ? 0.9 : 0)), 0);
  });
  const wanted = (smooth[0]! + smooth[1]!) / 2;
  expect(loss('crossEntropy', scores, label, { smoothing: 0.1 })).toBeCloseTo(wanted, 7);
  expect(loss('crossEntropy', scores, hot, { smoothing: 0.1 })).toBeCloseTo(wanted, 7);
  const weighed = -(rowsOf(scores)[0]![2]! * 5 + rowsOf(scores)[1]![0]! * 2) / 2;
  expect(loss('crossEntropy', scores, label, { classWeights: [2, 1, 5] })).toBeCloseTo(weighed, 7);
  expect(loss('crossEntropy', scores, hot, { classWeights: [2, 1, 5] })).toBeCloseTo(weighed, 7);
});

test('crossEntropy along a sequence: mean or sum of the places; where counts over the whole batch', () => {
  const steps: Numbers = { shape: [2, 2], data: [0, 1, 2, 0, 1, 1, 0, 3] };
  const next: Numbers = { shape: [2], data: [1, 1, 0, 1], dtype: 'int32' };
  const each = rowsOf(steps).map((row, i) => -row[next.data[i]!]!);
  const total = each.reduce((a, b) => a + b);
  expect(loss('crossEntropy', steps, next)).toBeCloseTo(total / 4, 7);
  expect(loss('crossEntropy', steps, next, { reduce: 'sum' })).toBeCloseTo(total / 2, 7);
  const where: Numbers = { shape: [2], data: [1, 0, 1, 1], dtype: 'bool' };
  expect(loss('crossEntropy', steps, next, {}, { where })).toBeCloseTo((each[0]! + each[2]! + each[3]!) / 3, 7);
  const none: Numbers = { shape: [2], data: [0, 0, 0, 0], dtype: 'bool' };
  expect(loss('crossEntropy', steps, next, {}, { where: none })).toBe(0);
  const weights: Numbers = { shape: [], data: [1, 3] };
  expect(loss('crossEntropy', steps, next, {}, { weights })).toBeCloseTo(
    (each[0]! + each[1]! + 3 * (each[2]! + each[3]!)) / 4,
    7,
  );
});

test('binaryCrossEntropy of scores, probabilities, truth values, smoothed', () => {
  const z: Numbers = { shape: [2], data: [0.5, -1, 2, 0] };
  const truth: Numbers = { shape: [2], data: [1, 0, 0, 1] };
  const of = (score: number, t: number) => {
    const p = 1 / (1 + Math.exp(-score));
    return -(t * Math.log(p) + (1 - t) * Math.log(1 - p));
  };
  const wanted = z.data.reduce((sum, v, i) => sum + of(v, truth.data[i]!), 0) / 4;
  expect(loss('binaryCrossEntropy', z, truth)).toBeCloseTo(wanted, 6);
  const through = { prediction: 'model/sigmoid' };
  expect(lossOf('loss/binaryCrossEntropy', { prediction: z, truth }, { through })).toBeCloseTo(wanted, 6);
  expect(loss('binaryCrossEntropy', z, { ...truth, dtype: 'bool' })).toBeCloseTo(wanted, 6);
  const smooth = z.data.reduce((sum, v, i) => sum + of(v, truth.data[i]! * 0.8 + 0.1), 0) / 4;
  expect(loss('binaryCrossEntropy', z, truth, { smoothing: 0.2 })).toBeCloseTo(smooth, 6);
  expect(loss('binaryCrossEntropy', z, truth, { reduce: 'sum' })).toBeCloseTo(wanted * 2, 6);
});

test('mse and mae', () => {
  const prediction: Numbers = { shape: [2], data: [1, 2, 3, 4] };
  const truth: Numbers = { shape: [2], data: [0, 4, 3, 1] };
  expect(loss('mse', prediction, truth)).toBeCloseTo(14 / 4, 9);
  expect(loss('mae', prediction, truth)).toBeCloseTo(6 / 4, 9);
  expect(loss('mse', prediction, truth, { reduce: 'sum' })).toBeCloseTo(7, 9);
  expect(loss('mae', { shape: [1], data: [1, 2] }, { shape: [], data: [0, 4] })).toBeCloseTo(1.5, 9);
});

test('nothing is stretched, and whole numbers are no amounts', () => {
  const number: Numbers = { shape: [], data: [] };
  const two: Numbers = { shape: [2], data: [] };
  expect(refusalOf('loss/mse', { prediction: two, truth: number }).refused).toBe('loss/shapes');
  expect(refusalOf('loss/mse', { prediction: number, truth: { ...number, dtype: 'int32' } }).refused).toBe(
    'loss/whole-numbers',
  );
  expect(refusalOf('loss/binaryCrossEntropy', { prediction: two, truth: { ...two, dtype: 'int32' } }).refused).toBe(
    'loss/whole-numbers',
  );
  const image = refusalOf('loss/crossEntropy', { prediction: { shape: [26, 26, 10], data: [] }, truth: label });
  expect(image.message).toEqual({
    key: 'loss/class-numbers',
    values: { callee: 'crossEntropy', prediction: '[26, 26, 10]', truth: 'int32[]', wanted: '[classes]' },
  });
  const decimal = refusalOf('loss/crossEntropy', { prediction: scores, truth: number });
  expect(decimal.message.key).toBe('loss/class-probabilities.decimal');
  const remarks: { refused: string; severity: string }[] = [];
  rule('loss/mse', { prediction: { shape: [1], data: [] }, truth: number }, {}, remarks);
  expect(remarks.map((r) => [r.severity, r.refused])).toEqual([['hint', 'loss/one-against-number']]);
});

test('labels that are known not to fit are refused, counted from one by a fix of their own', () => {
  const ten = { prediction: { shape: [10], data: [] }, truth: { ...label, facts: { range: [0, 10] as const } } };
  expect(refusalOf('loss/crossEntropy', ten).message.key).toBe('loss/labels');
  const one = { prediction: { shape: [10], data: [] }, truth: { ...label, facts: { range: [1, 10] as const } } };
  expect(refusalOf('loss/crossEntropy', one).message.key).toBe('loss/labels.from-one');
});

test('a sigmoid in crossEntropy and a softmax in binaryCrossEntropy are warnings', () => {
  const remarks: { refused: string; severity: string }[] = [];
  rule('loss/crossEntropy', { prediction: { ...scores, facts: { mark: 'sigmoid' } }, truth: label }, {}, remarks);
  const pair: Numbers = { shape: [2], data: [] };
  rule('loss/binaryCrossEntropy', { prediction: { ...pair, facts: { mark: 'softmax' } }, truth: pair }, {}, remarks);
  expect(remarks.map((r) => [r.severity, r.refused])).toEqual([
    ['warning', 'loss/sigmoid-classes'],
    ['warning', 'loss/softmax-binary'],
  ]);
});

// ---- metrics

const sums = (name: string, prediction: Numbers, truth: Numbers, more: Given = {}, through?: string) =>
  metricSums(`metric/${name}`, { prediction, truth, ...more }, through ? { through: { prediction: through } } : {});

test('accuracy of classes, of one-hot rows, of yes and no', () => {
  expect(sums('accuracy', scores, label)).toEqual([1, 2]);
  expect(sums('accuracy', scores, { ...label, data: [2, 2] })).toEqual([2, 2]);
  expect(sums('accuracy', scores, { shape: [3], data: [0, 0, 1, 1, 0, 0] }, {}, 'model/softmax')).toEqual([1, 2]);
  const yes: Numbers = { shape: [], data: [0.4, -0.2] };
  expect(sums('accuracy', yes, { shape: [], data: [1, 1] })).toEqual([1, 2]);
  expect(sums('accuracy', yes, { shape: [], data: [1, 0] }, {}, 'model/sigmoid')).toEqual([2, 2]);
  const steps: Numbers = { shape: [2, 2], data: [0, 1, 2, 0, 1, 0, 0, 3] };
  const next: Numbers = { shape: [2], data: [1, 1, 0, 1], dtype: 'int32' };
  expect(sums('accuracy', steps, next)).toEqual([3, 4]);
  expect(sums('accuracy', steps, next, { where: { shape: [2], data: [1, 0, 0, 1], dtype: 'bool' } })).toEqual([2, 2]);
  expect(sums('accuracy', steps, next, { weights: { shape: [], data: [1, 3] } })).toEqual([7, 8]);
});

test('mae and perplexity as metrics', () => {
  expect(sums('mae', { shape: [], data: [1, 2] }, { shape: [], data: [0, 5] })).toEqual([4, 2]);
  const [sum, count] = sums('perplexity', scores, label);
  const entry = catalog.get('metric/perplexity');
  if (entry?.kind !== 'metric') throw new Error('no metric');
  expect(entry.finish([sum!, count!], {}, 'sums')).toBeCloseTo(Math.exp(loss('crossEntropy', scores, label)), 6);
  expect(entry.finish([0, 0], {}, 'sums')).toBeNaN();
});
