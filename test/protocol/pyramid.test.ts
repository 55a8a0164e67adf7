/** Properties of the pyramid: spikes are kept, drawn points don't move while rows are appended, cuts are clean. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPyramid, extendPyramid, reduceRows, truncatePyramid } from '../../protocol/index.ts';
import { noise } from '../webview-ui/events.ts';

const random = noise(11);

test('25 spikes in 200,000 rows are all drawn at 800 pixels', () => {
  const column = Float32Array.from({ length: 200_000 }, () => random());
  const spikes = Array.from({ length: 25 }, (_, index) => index * 7919 + 13);
  for (const [index, row] of spikes.entries()) column[row] = index % 2 === 0 ? 50 + index : -50 - index;
  const pyramid = createPyramid();
  extendPyramid(pyramid, column, column.length);
  const { values } = reduceRows(pyramid, column, 0, column.length, 1600);
  expect(values.length).toBeLessThanOrEqual(3202);
  for (const row of spikes) expect(values).toContain(column[row]);
});

test('minima and maxima are those of the rows, whatever the range and the number of buckets', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.constantFrom(Number.NaN, Infinity)), {
        minLength: 1,
        maxLength: 700,
      }),
      fc.integer({ min: 2, max: 200 }),
      (numbers, buckets) => {
        const column = Float32Array.from(numbers);
        const pyramid = createPyramid();
        // In two goes, as a running run does.
        extendPyramid(pyramid, column, Math.floor(column.length / 3));
        extendPyramid(pyramid, column, column.length);
        const { values } = reduceRows(pyramid, column, 0, column.length, buckets);
        const finite = [...column].filter(Number.isFinite);
        const drawn = [...values].filter(Number.isFinite);
        // `+ 0`: zero has two signs, and either will do.
        expect(Math.min(...drawn) + 0).toBe(Math.min(...finite) + 0);
        expect(Math.max(...drawn) + 0).toBe(Math.max(...finite) + 0);
      },
    ),
    { seed: 5, numRuns: 300 },
  );
});

test('no drawn point of a full bucket moves while rows are appended', () => {
  const column = Float32Array.from({ length: 9000 }, () => random());
  const pyramid = createPyramid();
  extendPyramid(pyramid, column, 8000);
  const before = reduceRows(pyramid, column, 0, 8000, 600);
  extendPyramid(pyramid, column, 8100);
  const after = reduceRows(pyramid, column, 0, 8100, 600);
  expect(after.size).toBe(before.size);
  const full = Math.floor(8000 / before.size) * 2;
  expect(after.values.subarray(0, full)).toEqual(before.values.subarray(0, full));
  expect(after.rows.subarray(0, full)).toEqual(before.rows.subarray(0, full));
});

test('after a cut and other rows, nothing of the old rows is left', () => {
  const column = Float32Array.from({ length: 5000 }, () => 100 + random());
  const pyramid = createPyramid();
  extendPyramid(pyramid, column, 5000);
  truncatePyramid(pyramid, 1003);
  for (let row = 1003; row < 5000; row++) column[row] = random();
  extendPyramid(pyramid, column, 5000);
  const { rows, values } = reduceRows(pyramid, column, 1008, 5000, 300);
  expect(rows.length).toBeGreaterThan(300);
  for (const value of values) expect(value).toBeLessThan(1);
});
