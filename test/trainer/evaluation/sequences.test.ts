/** Sequences that are spelt and rows that are looked up by likeness: figures and rows against counting by hand. */
import { describe, expect, test } from 'vitest';
import { findRows } from '../../../protocol/index.ts';
import { collectRanked } from '../../../trainer/answer/evaluation/collect-ranked.ts';
import { collectSequences } from '../../../trainer/answer/evaluation/collect-sequences.ts';
import { editsBetween } from '../../../trainer/answer/evaluation/edits.ts';
import { chance } from '../../../trainer/answer/evaluation/intervals.ts';
import { askedOf, floats, ints } from '../../webview-ui/evaluations.ts';

const metric = (op: string, settings = {}) => ({
  name: op,
  op: `metric/${op}`,
  inputs: {},
  settings,
  direction: 'max' as const,
  place: { source: 0, start: 0, end: 0, line: 1, column: 1 },
});

test('the fewest edits, by their kind', () => {
  expect(editsBetween([...'kitten'], [...'sitting'])).toEqual({ putIn: 1, leftOut: 0, exchanged: 2 });
  expect(editsBetween([...'abc'], [])).toEqual({ putIn: 0, leftOut: 3, exchanged: 0 });
  expect(editsBetween([], [...'ab'])).toEqual({ putIn: 2, leftOut: 0, exchanged: 0 });
  expect(editsBetween([...'same'], [...'same'])).toEqual({ putIn: 0, leftOut: 0, exchanged: 0 });
});

describe('sequences', () => {
  /** Scores of moments, of which each is sure of one class. */
  const moments = (...classes: number[]) => classes.flatMap((one) => [0, 1, 2, 3].map((c) => (c === one ? 9 : 0)));
  const asked = askedOf({ kind: 'sequences', size: 4, places: 5, blank: 0, mark: undefined });
  const collect = () => {
    const collector = collectSequences(asked, 3);
    collector.add({
      first: 0,
      count: 3,
      // 1 2, then 3 1 1, then nothing.
      prediction: floats([3, 5, 4], [...moments(1, 1, 0, 2, 2), ...moments(3, 1, 0, 1, 0), ...moments(0, 0, 0, 0, 0)]),
      truth: ints([3, 3], [1, 2, 0, 3, 1, 2, 1, 0, 0]),
      where: { dtype: 'bool', shape: [3, 3], data: Uint8Array.of(1, 1, 0, 1, 1, 1, 1, 0, 0) },
    });
    return collector;
  };

  test('moments are read without repeats and blanks, what is masked is not so', () => {
    const collector = collect();
    expect([0, 1, 2].map((row) => collector.entry(row))).toEqual([
      [0, 2, [1, 2], [1, 2]],
      [1, 3, [3, 1, 2], [3, 1, 1]],
      [1, 1, [1], []],
    ]);
    expect(collector.report(['', 'a', 'b', 'c'])).toMatchObject({
      examples: 3,
      signs: 6,
      errorRate: { value: 2 / 6 },
      exact: { value: expect.closeTo(1 / 3, 6) },
      edits: { putIn: 0, leftOut: 1, exchanged: 1 },
    });
    expect(collector.figure(metric('characterErrorRate'), Uint32Array.of(1))).toMatchObject({
      value: expect.closeTo(1 / 3, 6),
    });
  });

  test('words stand between spaces', () => {
    const collector = collectSequences({ ...asked, size: 0, places: 5 }, 1);
    collector.add({
      first: 0,
      count: 1,
      prediction: ints([1, 5], [1, 2, 3, 1, -1]),
      truth: ints([1, 6], [1, 2, 3, 1, 1, -1]),
      where: undefined,
    });
    expect(collector.figure(metric('wordErrorRate', { space: 3 }), undefined)).toMatchObject({ value: 1 / 2 });
    expect(collector.figure(metric('wordErrorRate'), undefined)).toMatchObject({ value: 1 / 5 });
  });

  test('the worst are those with the most mistakes for their length, and the best the other way round', () => {
    const collector = collect();
    const entries = [0, 1, 2].map((row) => collector.entry(row));
    const rows = (kind: 'worst' | 'best') => findRows('sequences', entries, { kind }).map(({ row }) => row);
    expect(rows('worst')).toEqual([2, 1, 0]);
    expect(rows('best')).toEqual([0, 1, 2]);
  });
});

describe('what is looked up by likeness', () => {
  test('a rank counts the distinct keys that are more alike', () => {
    const collector = collectRanked(askedOf({ kind: 'ranked', size: 2, at: 2, mark: undefined }), 4);
    collector.add({
      first: 0,
      count: 4,
      prediction: floats([4, 2], [1, 0, 0, 1, 1, 0.1, 1, 1]),
      // The last row's key is that of the first.
      truth: floats([4, 2], [1, 0, 0, 1, 0.5, 0.5, 1, 0]),
      where: { dtype: 'bool', shape: [4], data: Uint8Array.of(1, 1, 1, 1) },
    });
    expect([0, 1, 2, 3].map((row) => collector.entry(row))).toEqual([
      [1, 1, [0, 2, 1], [1, 0.5, 0]],
      [1, 1, [1, 2, 0], [1, 0.5, 0]],
      [2, 0.55, [0, 2, 1], [1, 0.55, 0.1]],
      [1, 1, [0, 1, 2], [1, 1, 1]],
    ]);
    expect(collector.report([])).toMatchObject({
      examples: 4,
      keys: 3,
      medianRank: 1,
      reciprocal: { value: 3.5 / 4 },
      found: [
        { at: 1, share: { value: 0.75 } },
        { at: 2, share: { value: 1 } },
      ],
    });
    expect(collector.figure(metric('recall', { at: 1 }), undefined)).toMatchObject({ value: 0.75, method: 'wilson' });
    expect(collector.figure(metric('ndcg', { at: 2 }), undefined)!.value).toBeCloseTo((3 + 1 / Math.log2(3)) / 4, 6);
    expect(collector.figure(metric('recall'), undefined)).toBeUndefined();
  });

  test('of many keys the five most alike are named, the most alike first', () => {
    const random = chance(4);
    const [rows, size] = [200, 3];
    const numbers = () => Array.from({ length: rows * size }, () => random() - 0.5);
    const [queries, keys] = [numbers(), numbers()];
    const collector = collectRanked(askedOf({ kind: 'ranked', size, mark: undefined }), rows);
    const where = undefined;
    collector.add({
      first: 0,
      count: rows,
      prediction: floats([rows, size], queries),
      truth: floats([rows, size], keys),
      where,
    });
    const likeness = (row: number, key: number) =>
      [0, 1, 2].reduce((sum, i) => sum + Math.fround(queries[row * size + i]!) * Math.fround(keys[key * size + i]!), 0);
    const all = Array.from({ length: rows }, (_, key) => key);
    for (const row of [0, 57, 199]) {
      const order = [...all].sort((a, b) => likeness(row, b) - likeness(row, a));
      expect(collector.entry(row)!.slice(0, 1)).toEqual([order.indexOf(row) + 1]);
      expect(collector.entry(row)![2]).toEqual(order.slice(0, 5));
    }
  });
});
