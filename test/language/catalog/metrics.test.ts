/** Metrics against plain arithmetic over an epoch of several batches: sums are added, and the value is made of the sums. */
import { expect, test } from 'vitest';
import { catalog } from '../../../language/catalog/index.ts';
import type { Settings } from '../../../language/index.ts';
import { type Given, metricSums, type Numbers, ruleContext, typeOfNumbers, withDefaults } from './apply.ts';

/** The value of an epoch of these batches. */
function epoch(name: string, batches: readonly Given[], settings: Settings = {}, through?: string): number {
  const key = `metric/${name}`;
  const entry = catalog.get(key);
  if (entry?.kind !== 'metric') throw new Error('no metric');
  const sums = batches.map((given) =>
    metricSums(key, given, { settings, ...(through ? { through: { prediction: through } } : {}) }),
  );
  const total = sums[0]!.map((_, i) => sums.reduce((sum, one) => sum + one[i]!, 0));
  return entry.finish(total, withDefaults(key, settings), 'sums');
}

const amounts = (prediction: readonly number[], truth: readonly number[], shape: readonly number[] = []) => ({
  prediction: { shape, data: prediction },
  truth: { shape, data: truth },
});

test('mse, rmse, mape and r2 over the whole epoch', () => {
  const batches = [amounts([1, 2], [2, 4]), amounts([3, 5], [1, 5])];
  expect(epoch('rmse', batches)).toBeCloseTo(Math.sqrt((1 + 4 + 4 + 0) / 4), 7);
  expect(epoch('mse', batches)).toBeCloseTo((1 + 4 + 4 + 0) / 4, 6);
  expect(epoch('mape', batches)).toBeCloseTo((50 + 50 + 200 + 0) / 4, 6);
  // The mean of the truth is 3, its squares around it 1 + 1 + 4 + 4.
  expect(epoch('r2', batches)).toBeCloseTo(1 - 9 / 10, 6);
  const where: Numbers = { shape: [], data: [1, 0], dtype: 'bool' };
  const chosen = batches.map((batch) => ({ ...batch, where }));
  expect(epoch('rmse', chosen)).toBeCloseTo(Math.sqrt(5 / 2), 7);
  expect(epoch('r2', chosen)).toBeCloseTo(1 - 5 / 0.5, 6);
  const weights: Numbers = { shape: [], data: [3, 1] };
  expect(
    epoch(
      'rmse',
      batches.map((batch) => ({ ...batch, weights })),
    ),
  ).toBeCloseTo(Math.sqrt((3 + 4 + 12) / 8), 7);
});

test('r2 of several numbers is the mean of theirs', () => {
  const batch = amounts([1, 10, 2, 20], [1, 30, 3, 10], [2]);
  const other = amounts([5, 30, 4, 0], [5, 20, 3, 20], [2]);
  const of = (p: readonly number[], t: readonly number[]) => {
    const mean = t.reduce((a, b) => a + b) / t.length;
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b * b, 0);
    return 1 - sum(p.map((x, i) => x - t[i]!)) / sum(t.map((x) => x - mean));
  };
  const wanted = (of([1, 2, 5, 4], [1, 3, 5, 3]) + of([10, 20, 30, 0], [30, 10, 20, 20])) / 2;
  expect(epoch('r2', [batch, other])).toBeCloseTo(wanted, 6);
});

const scores = (rows: readonly (readonly number[])[], label: readonly number[]) => ({
  prediction: { shape: [rows[0]!.length], data: rows.flat() },
  truth: { shape: [], data: label, dtype: 'int32' as const },
});
const said = (k: number) => [0, 1, 2].map((i) => (i === k ? 2 : 0.1 * i));
/** Said 0 0 1 1 2 0, right are 0 1 1 2 2 0. */
const batches = [
  scores([said(0), said(0)], [0, 1]),
  scores([said(1), said(1)], [1, 2]),
  scores([said(2), said(0)], [2, 0]),
];

test('topK counts the right class among the best', () => {
  const rows = scores(
    [
      [0.1, 0.9, 0.5],
      [0.7, 0.2, 0.1],
    ],
    [2, 2],
  );
  expect(epoch('topK', [rows], { k: 1 })).toBe(0);
  expect(epoch('topK', [rows], { k: 2 })).toBe(0.5);
  expect(epoch('topK', [rows], { k: 3 })).toBe(1);
  const hot = { ...rows, truth: { shape: [3], data: [0, 0, 1, 0, 0, 1] } };
  expect(epoch('topK', [hot], { k: 2 })).toBe(0.5);
  const ties = scores(
    [
      [1, 1, 0],
      [0, 0, 0],
    ],
    [1, 2],
  );
  expect(epoch('topK', [ties], { k: 1 })).toBe(1);
});

test('precision, recall and f1 of classes, in each way of averaging', () => {
  const precision = [2 / 3, 1 / 2, 1];
  const recall = [1, 1 / 2, 1 / 2];
  const f1 = precision.map((p, k) => (2 * p * recall[k]!) / (p + recall[k]!));
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
  expect(epoch('precision', batches)).toBeCloseTo(mean(precision), 9);
  expect(epoch('recall', batches)).toBeCloseTo(mean(recall), 9);
  expect(epoch('f1', batches)).toBeCloseTo(mean(f1), 9);
  for (const name of ['precision', 'recall', 'f1']) {
    expect(epoch(name, batches, { average: 'micro' }), name).toBeCloseTo(4 / 6, 9);
  }
  // Two of each class are so.
  expect(epoch('recall', batches, { average: 'weighted' })).toBeCloseTo(mean(recall), 9);
  const uneven = [scores([said(0), said(0)], [0, 0]), scores([said(0), said(1)], [1, 1])];
  expect(epoch('precision', uneven, { average: 'weighted' })).toBeCloseTo((2 * (2 / 3) + 2 * 1) / 4, 9);
  // Class 2 is neither said nor so, and does not count.
  expect(epoch('recall', uneven)).toBeCloseTo((1 + 1 / 2) / 2, 9);
});

test('precision, recall, f1 and iou of yes and no', () => {
  const yes = amounts([1, 1, -1, 1], [1, 0, 1, 1], [2]);
  expect(epoch('precision', [yes])).toBeCloseTo(2 / 3, 9);
  expect(epoch('recall', [yes])).toBeCloseTo(2 / 3, 9);
  expect(epoch('f1', [yes])).toBeCloseTo(2 / 3, 9);
  expect(epoch('iou', [yes])).toBeCloseTo(2 / 4, 9);
  const more = amounts([-1, 1, 1, 1], [1, 0, 0, 0], [2]);
  expect(epoch('precision', [yes, more])).toBeCloseTo(2 / 6, 9);
  expect(epoch('recall', [yes, more])).toBeCloseTo(2 / 4, 9);
  expect(epoch('iou', [yes, more])).toBeCloseTo(2 / 8, 9);
  expect(epoch('iou', [{ ...yes, truth: { ...yes.truth, dtype: 'bool' as const } }], {}, 'model/sigmoid')).toBeCloseTo(
    0.5,
    9,
  );
  const never = amounts([-1, -1], [1, 1]);
  expect(epoch('precision', [never])).toBe(0);
  expect(epoch('f1', [never])).toBe(0);
  const where: Numbers = { shape: [2], data: [1, 0, 0, 1], dtype: 'bool' };
  expect(epoch('precision', [{ ...yes, where }])).toBe(1);
});

test('meanIou is the mean over the classes that occur', () => {
  expect(epoch('meanIou', batches)).toBeCloseTo((2 / 3 + 1 / 3 + 1 / 2) / 3, 9);
  const map = {
    prediction: { shape: [2, 3], data: [said(0), said(1), said(1), said(0)].flat() },
    truth: { shape: [2], data: [0, 1, 0, 0], dtype: 'int32' as const },
  };
  expect(epoch('meanIou', [map])).toBeCloseTo((2 / 3 + 1 / 2) / 2, 9);
  const hot = { ...map, truth: { shape: [2, 3], data: [1, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0] } };
  expect(epoch('meanIou', [hot])).toBeCloseTo((2 / 3 + 1 / 2) / 2, 9);
});

test('what does not fit is refused', () => {
  const refused = (name: string, prediction: Numbers, truth: Numbers): string => {
    const entry = catalog.get(`metric/${name}`);
    if (entry?.kind !== 'metric') throw new Error('no metric');
    const inputs = { prediction: typeOfNumbers(prediction), truth: typeOfNumbers(truth) };
    const found = entry.result(inputs, {}, ruleContext());
    return 'refused' in found ? found.message.key : 'accepted';
  };
  const three: Numbers = { shape: [3], data: [] };
  expect(refused('rmse', three, { shape: [4], data: [] })).toBe('loss/shapes');
  expect(refused('iou', three, { shape: [], data: [], dtype: 'int32' })).toBe('loss/whole-numbers.classes');
  expect(refused('meanIou', three, { shape: [], data: [] })).toBe('loss/class-probabilities.decimal');
  expect(refused('f1', three, { shape: [2], data: [], dtype: 'int32' })).toBe('loss/class-numbers');
  expect(refused('f1', three, three)).toBe('accepted');
});
