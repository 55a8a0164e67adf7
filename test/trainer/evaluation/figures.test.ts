/** The figures of an evaluation against closed forms, published examples and counting by brute force. */
import { describe, expect, test } from 'vitest';
import { THRESHOLD_STEPS } from '../../../protocol/index.ts';
import { collectClasses } from '../../../trainer/answer/evaluation/collect-classes.ts';
import { collectNumbers, histogram } from '../../../trainer/answer/evaluation/collect-numbers.ts';
import { collectPlaces } from '../../../trainer/answer/evaluation/collect-places.ts';
import { collectLabels } from '../../../trainer/answer/evaluation/collect-yes-no.ts';
import { calibrationOf, cellsOf, classReport } from '../../../trainer/answer/evaluation/counting.ts';
import { chance, Moments, poisson, ratio, share } from '../../../trainer/answer/evaluation/intervals.ts';
import { areaUnderRoc, curveOf, thresholdsOf } from '../../../trainer/answer/evaluation/ranking.ts';
import { askedOf, floats, ints } from '../../webview-ui/evaluations.ts';

const metric = (op: string, settings = {}) => ({
  name: op,
  op: `metric/${op}`,
  inputs: {},
  settings,
  direction: 'max' as const,
  place: { source: 0, start: 0, end: 0, line: 1, column: 1 },
});

describe('intervals', () => {
  test('Wilson’s, as R’s binom.confint gives it', () => {
    const half = share(10, 20);
    expect(half.low).toBeCloseTo(0.299298, 5);
    expect(half.high).toBeCloseTo(0.700702, 5);
    expect(share(0, 10).high).toBeCloseTo(0.277533, 5);
    expect(share(10, 10)).toMatchObject({ value: 1, high: 1 });
    expect(share(0, 0)).toEqual({ value: 'NaN' });
  });

  test('a share lies within its interval in about 95 of 100 evaluations', () => {
    const random = chance(5);
    let within = 0;
    for (let trial = 0; trial < 2000; trial++) {
      let hit = 0;
      for (let i = 0; i < 80; i++) if (random() < 0.9) hit += 1;
      const { low = 0, high = 0 } = share(hit, 80);
      if (low <= 0.9 && 0.9 <= high) within += 1;
    }
    expect(within / 2000).toBeGreaterThan(0.93);
    expect(within / 2000).toBeLessThan(0.97);
  });

  test('of a mean: 1.96 standard errors', () => {
    const moments = new Moments();
    for (const value of [1, 2, 3, 4]) moments.add(value);
    const { value, low, high } = moments.figure();
    expect(value).toBe(2.5);
    expect(Number(high) - 2.5).toBeCloseTo(1.959964 * Math.sqrt(5 / 3 / 4), 6);
    expect(2.5 - Number(low)).toBeCloseTo(Number(high) - 2.5, 12);
  });

  test('of a ratio with equal wholes: that of the mean', () => {
    const moments = new Moments();
    for (const value of [0.2, 0.4, 0.9, 0.5]) moments.add(value);
    const own = ratio([2, 4, 9, 5], [10, 10, 10, 10]);
    expect(own.low).toBeCloseTo(Number(moments.figure().low), 10);
  });

  test('drawn counts have the mean and the spread of Poisson’s law, small and large', () => {
    for (const mean of [0.5, 7, 400]) {
      const random = chance(3);
      const moments = new Moments();
      for (let i = 0; i < 20_000; i++) moments.add(poisson(mean, random));
      expect(moments.mean / mean).toBeCloseTo(1, 1);
      expect(moments.variance / mean).toBeCloseTo(1, 1);
    }
  });
});

describe('ranking', () => {
  const score = Float64Array.of(0.1, 0.4, 0.35, 0.8);
  const isSo = Uint8Array.of(0, 0, 1, 1);

  test('scikit-learn’s own example: area 0.75, average precision 0.83', () => {
    const curve = curveOf({ score, isSo });
    expect(curve.auc.value).toBe(0.75);
    expect(curve.average.value).toBeCloseTo(0.8333333, 6);
    expect(curve.roc).toEqual([
      [0, 0],
      [0, 0.5],
      [0.5, 0.5],
      [0.5, 1],
      [1, 1],
    ]);
  });

  test('area and DeLong’s error by comparing every pair, ties included', () => {
    const random = chance(9);
    const many = Float64Array.from({ length: 60 }, () => Math.floor(random() * 20) / 20);
    const so = Uint8Array.from(many, (value) => (random() < 0.2 + 0.6 * value ? 1 : 0));
    const [yes, no] = [1, 0].map((side) => Array.from(many).filter((_, i) => so[i] === side));
    const wins = (a: number, b: number): number => (a > b ? 1 : a === b ? 0.5 : 0);
    const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;
    const byYes = yes!.map((a) => mean(no!.map((b) => wins(a, b))));
    const byNo = no!.map((b) => mean(yes!.map((a) => wins(a, b))));
    const area = mean(byYes);
    const spread = (values: readonly number[]): number =>
      values.reduce((sum, each) => sum + (each - area) ** 2, 0) / (values.length - 1) / values.length;
    const figure = areaUnderRoc({ score: many, isSo: so });
    expect(figure.value).toBeCloseTo(area, 12);
    expect(Number(figure.high) - area).toBeCloseTo(1.959964 * Math.sqrt(spread(byYes) + spread(byNo)), 6);
    expect(figure.method).toBe('delong');
  });

  test('one side alone has no area', () => {
    expect(areaUnderRoc({ score, isSo: Uint8Array.of(1, 1, 1, 1) })).toEqual({ value: 'NaN' });
  });

  test('counts at each threshold, those at the threshold itself not said', () => {
    const { right, wrong } = thresholdsOf({
      score: Float64Array.of(0.25, 0.5, 0.5, 1),
      isSo: Uint8Array.of(0, 1, 0, 1),
    });
    expect(right).toHaveLength(THRESHOLD_STEPS + 1);
    expect([right[0], right[499], right[500], right[999], right[1000]]).toEqual([2, 2, 1, 1, 0]);
    expect([wrong[0], wrong[249], wrong[250], wrong[500]]).toEqual([2, 2, 1, 0]);
  });

  test('a long curve keeps its ends and at most so many points', () => {
    const random = chance(1);
    const long = Float64Array.from({ length: 5000 }, random);
    const curve = curveOf({ score: long, isSo: Uint8Array.from(long, (value) => (random() < value ? 1 : 0)) });
    expect(curve.roc.length).toBeLessThanOrEqual(200);
    expect(curve.roc.length).toBeGreaterThan(100);
    expect([curve.roc[0], curve.roc.at(-1)]).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });
});

describe('counting', () => {
  test('scikit-learn’s own example: macro precision 0.22, recall 0.33, F1 0.27', () => {
    const [so, said] = [
      [0, 1, 2, 0, 1, 2],
      [0, 2, 1, 0, 0, 1],
    ];
    const table = new Map<number, number>();
    for (const [i, is] of so!.entries()) table.set(is * 3 + said![i]!, (table.get(is * 3 + said![i]!) ?? 0) + 1);
    const { macro, perClass } = classReport(cellsOf(table, 3), 3);
    expect(macro.precision.value).toBeCloseTo(0.2222222, 6);
    expect(macro.recall.value).toBeCloseTo(0.3333333, 6);
    expect(macro.f1.value).toBeCloseTo(0.2666667, 6);
    expect(perClass[0]).toMatchObject({ precision: { value: 0.6666667 }, recall: { value: 1 }, support: 2, said: 3 });
  });

  test('the same figures each time', () => {
    const cells = [
      { is: 0, said: 0, count: 40 },
      { is: 1, said: 1, count: 30 },
      { is: 1, said: 0, count: 10 },
    ];
    expect(classReport(cells, 2)).toEqual(classReport(cells, 2));
    const { f1 } = classReport(cells, 2).perClass[1]!;
    expect(f1.value).toBeCloseTo(60 / 70, 12);
    expect(Number(f1.low)).toBeLessThan(60 / 70);
    expect(Number(f1.high)).toBeGreaterThan(60 / 70);
  });

  test('calibration by hand', () => {
    const { bins, error } = calibrationOf([0.95, 0.97, 0.5, 0.52], [1, 0, 1, 1]);
    expect(bins.map(({ count }) => count)).toEqual([2, 2]);
    expect(error.value).toBeCloseTo(0.5 * (1 - 0.51) + 0.5 * (0.96 - 0.5), 10);
  });
});

describe('collectors', () => {
  test('classes from bare scores: probabilities, ranks and rows that do not count', () => {
    const collector = collectClasses(askedOf({ size: 3, mark: undefined }), 3);
    const where = { dtype: 'bool' as const, shape: [3], data: Uint8Array.of(1, 1, 0) };
    const prediction = floats([3, 3], [0, Math.log(2), 0, 5, 0, 1, 0, 0, 9]);
    collector.add({ first: 0, count: 3, prediction, truth: ints([3], [1, 2, 0]), where });
    expect(collector.entry(0)).toEqual([1, 1, 0.5, 0.5]);
    expect(collector.entry(2)).toBeNull();
    expect(collector.report(['a', 'b', 'c'])).toMatchObject({ examples: 2, accuracy: { value: 0.5 }, mistakes: 1 });
    expect(collector.figure(metric('topK', { k: 2 }), undefined)).toMatchObject({ value: 1 });
    expect(collector.figure(metric('accuracy'), Uint32Array.of(1))).toMatchObject({ value: 0 });
  });

  test('scikit-learn’s own example of numbers: R² 0.949, error 0.5', () => {
    const collector = collectNumbers(askedOf({ kind: 'numbers', size: 1, mark: undefined }), 4);
    collector.add({
      first: 0,
      count: 4,
      prediction: floats([4], [2.5, 0, 2, 8]),
      truth: floats([4], [3, -0.5, 2, 7]),
      where: undefined,
    });
    expect(collector.figure(metric('r2'), undefined)!.value).toBeCloseTo(0.9486081, 6);
    expect(collector.figure(metric('mae'), undefined)!.value).toBe(0.5);
    expect(collector.figure(metric('rmse'), undefined)!.value).toBeCloseTo(0.6123724, 6);
    expect(collector.report([])).toMatchObject({ targets: [{ bias: { value: 0.25 } }] });
    expect(collector.entry(3)).toEqual([[7], [8], 1]);
  });

  test('places: perplexity is what mean surprise makes of it', () => {
    const collector = collectPlaces(askedOf({ kind: 'places', size: 2, places: 2 }), 1);
    collector.add({
      first: 0,
      count: 1,
      prediction: floats([1, 2, 2], [0.5, 0.5, 0.125, 0.875]),
      truth: ints([1, 2], [0, 0]),
      where: undefined,
    });
    expect(collector.figure(metric('perplexity'), undefined)!.value).toBeCloseTo(
      Math.exp((Math.log(2) + Math.log(8)) / 2),
      6,
    );
    expect(collector.entry(0)).toEqual([expect.closeTo(1.386, 3), 0.5, 2, [0.5, 0.125], [0, 1]]);
  });

  test('several labels: each counted by itself, and rows of which all are right', () => {
    const collector = collectLabels(askedOf({ kind: 'labels', size: 2, mark: 'sigmoid' }), 2);
    collector.add({
      first: 0,
      count: 2,
      prediction: floats([2, 2], [0.9, 0.1, 0.8, 0.7]),
      truth: floats([2, 2], [1, 0, 0, 1]),
      where: undefined,
    });
    expect(collector.report(['a', 'b'])).toMatchObject({
      accuracy: { value: 0.75 },
      exact: { value: 0.5 },
      perLabel: [
        { support: 1, said: 2 },
        { support: 1, said: 1 },
      ],
    });
  });

  test('a histogram holds every value, the outermost in the outer bars', () => {
    const { low, high, counts } = histogram([-1, 0, 0.5, 1, Number.NaN]);
    expect([low, high]).toEqual([-1, 1]);
    expect(counts.reduce((sum, each) => sum + each, 0)).toBe(4);
  });
});
