/** Smoothing against TensorBoard's own formula, written out the way its `data_transformer` has it. */
import { expect, test } from 'vitest';
import { createSmoother, smooth } from '../../protocol/index.ts';
import { noise } from '../webview-ui/events.ts';

/** last = last · w + (1 − w) · v; shown: last / (1 − w^n). Not finite: passed through. Constant: untouched. */
function tensorboard(values: readonly number[], weight: number): number[] {
  const constant = values.every((value) => value === values[0]);
  let last = 0;
  let seen = 0;
  return values.map((value) => {
    if (constant || !Number.isFinite(value)) return value;
    last = last * weight + (1 - weight) * value;
    seen += 1;
    return weight === 1 ? last : last / (1 - weight ** seen);
  });
}

function ours(values: readonly number[], weight: number): number[] {
  const smoother = createSmoother(weight);
  return values.map((value) => smooth(smoother, value));
}

const random = noise(3);
const walk = Array.from({ length: 500 }, (_, index) => 2 * Math.exp(-index / 80) + random());

test.each([0, 0.6, 0.8, 0.99, 0.999])('a noisy series at weight %s', (weight) => {
  const expected = tensorboard(walk, weight);
  ours(walk, weight).forEach((value, index) => {
    expect(value).toBeCloseTo(expected[index]!, 9);
  });
});

test('values that are not finite pass through and leave the average alone', () => {
  const values = [1, 2, Number.NaN, 3, Number.POSITIVE_INFINITY, 4];
  const smoothed = ours(values, 0.8);
  expect(smoothed[2]).toBeNaN();
  expect(smoothed[4]).toBe(Number.POSITIVE_INFINITY);
  const without = ours([1, 2, 3, 4], 0.8);
  expect([smoothed[0], smoothed[1], smoothed[3], smoothed[5]]).toEqual(without);
});

test('a constant series is untouched, to the last bit', () => {
  expect(ours([0.1, 0.1, 0.1, 0.1], 0.99)).toEqual([0.1, 0.1, 0.1, 0.1]);
});

test('the weight is at most 0.999', () => {
  expect(createSmoother(5).weight).toBe(0.999);
  expect(createSmoother(-1).weight).toBe(0);
});
