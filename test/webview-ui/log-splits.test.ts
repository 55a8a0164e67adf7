// @vitest-environment happy-dom
/** The marks of a logarithmic axis: any range, and an end. */
import { expect, test } from 'vitest';
import { logSplits } from '../../webview-ui/charts/splits.ts';

test('the powers of ten and what lies between them', () => {
  expect(logSplits(0.0105, 0.25)).toEqual([0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.2]);
  expect(logSplits(1, 10)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('a range that is none has no marks', () => {
  expect(logSplits(0, 1)).toEqual([]);
  expect(logSplits(Number.NaN, 1)).toEqual([]);
  expect(logSplits(1, Number.POSITIVE_INFINITY)).toEqual([]);
});
