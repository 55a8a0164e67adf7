/** Numbers by rank and words by frequency in bounded memory: exact while they fit, close beyond. */
import { expect, test } from 'vitest';
import { Quantiles } from '../../trainer/data/quantiles.ts';
import { WordCounts } from '../../trainer/data/word-counts.ts';

/** Numbers without order that repeat on every machine. */
function numbers(count: number): number[] {
  let state = 7;
  return Array.from({ length: count }, () => {
    state = (state * 48271) % 2147483647;
    return state;
  });
}

function of(values: readonly number[], most?: number): Quantiles {
  const quantiles = new Quantiles(most);
  for (const value of values) quantiles.add(value);
  return quantiles;
}

test('ranks and medians are exact', () => {
  expect(of([]).median()).toBeUndefined();
  expect(of([4]).median()).toBe(4);
  expect(of([4, 1]).median()).toBe(2.5);
  expect(of([3, 1, 2, 2]).at(3)).toBe(3);
  expect(of([3, 1, 2]).at(3)).toBeUndefined();
  const values = numbers(1001);
  const sorted = [...values].sort((a, b) => a - b);
  const quantiles = of(values);
  for (const rank of [0, 1, 499, 500, 1000]) expect(quantiles.at(rank)).toBe(sorted[rank]);
});

test('few different numbers stay exact however many there are', () => {
  const quantiles = of(
    numbers(10_000).map((value) => value % 50),
    100,
  );
  const sorted = numbers(10_000)
    .map((value) => value % 50)
    .sort((a, b) => a - b);
  for (const rank of [0, 17, 5000, 9999]) expect(quantiles.at(rank)).toBe(sorted[rank]);
  expect(quantiles.total).toBe(10_000);
});

test('many different numbers are close', () => {
  const values = numbers(50_000);
  const sorted = [...values].sort((a, b) => a - b);
  const quantiles = of(values, 1000);
  for (const rank of [500, 12_500, 25_000, 49_000]) {
    const found = quantiles.at(rank) ?? 0;
    const place = sorted.findIndex((value) => value >= found);
    // Two thousandths of all numbers, where a thousand may be kept.
    expect(Math.abs(place - rank)).toBeLessThanOrEqual(100);
  }
});

test('frequent words keep their counts where rare ones are forgotten', () => {
  const words = new WordCounts(100);
  for (let i = 0; i < 20_000; i++) {
    words.add(`rare${i}`);
    if (i % 2 === 0) words.add('often');
    if (i % 5 === 0) words.add('some');
  }
  const [first, second] = [...words.counts].sort(([, a], [, b]) => b - a);
  expect(words.counts.size).toBeLessThanOrEqual(100);
  expect([first?.[0], second?.[0]]).toEqual(['often', 'some']);
  expect(first?.[1]).toBe(10_000);
  const all = new WordCounts();
  for (const word of ['a', 'b', 'a']) all.add(word);
  expect([...all.counts]).toEqual([
    ['a', 2],
    ['b', 1],
  ]);
});
