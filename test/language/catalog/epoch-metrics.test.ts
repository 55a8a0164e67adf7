/** Metrics that need all rows of an epoch: rankings, edits, retrieval, and the matrix of confusions, by plain formulas. */
import { expect, test } from 'vitest';
import { catalog } from '../../../language/catalog/index.ts';
import type { Settings } from '../../../language/index.ts';
import { type Given, metricSums, type Numbers, numbers, ruleContext, typeOfNumbers, withDefaults } from './apply.ts';

interface Measured {
  readonly settings?: Settings;
  readonly through?: string;
  readonly mode?: 'train' | 'evaluate';
}

/** The value over an epoch of these batches. */
function epoch(
  name: string,
  batches: readonly Given[],
  { settings = {}, through, mode = 'evaluate' }: Measured = {},
): number {
  const key = `metric/${name}`;
  const entry = catalog.get(key);
  if (entry?.kind !== 'metric') throw new Error('no metric');
  const parts = batches.map((given) => {
    const size = Object.values(given)
      .flat()
      .map((value) => (value as Numbers).data.length / (value as Numbers).shape.reduce((a, b) => a * b, 1))[0]!;
    return metricSums(
      key,
      given,
      { settings, batch: size, ...(through ? { through: { prediction: through } } : {}) },
      mode,
    );
  });
  const all = withDefaults(key, settings);
  const keeps = entry.keeps?.(all) ?? 'sums';
  const kept = keeps === 'rows' || (keeps === 'rows-of-evaluation' && mode === 'evaluate') ? 'rows' : 'sums';
  const together =
    kept === 'rows' ? parts.flat() : parts[0]!.map((_, i) => parts.reduce((sum, one) => sum + one[i]!, 0));
  return entry.finish(together, all, kept);
}

function refusal(name: string, given: Readonly<Record<string, Numbers>>, settings: Settings = {}): string | undefined {
  const entry = catalog.get(`metric/${name}`);
  if (entry?.kind !== 'metric') throw new Error('no metric');
  const types = Object.fromEntries(Object.entries(given).map(([input, value]) => [input, typeOfNumbers(value)]));
  const found = entry.result(types, withDefaults(`metric/${name}`, settings) as never, ruleContext());
  return 'refused' in found ? found.message.key : undefined;
}

// ---- rankings

const scores = numbers(60, 7).map((score) => Math.round(score * 4) / 4);
const truth = numbers(60, 8).map((value) => (value > 0.4 ? 1 : 0));
const yesNo = (from: number, to: number) => ({
  prediction: { shape: [], data: scores.slice(from, to) },
  truth: { shape: [], data: truth.slice(from, to) },
});
const halves = [yesNo(0, 25), yesNo(25, 60)];

/** By definition: over all pairs of a yes and a no. */
function aucOf(s: readonly number[], isSo: readonly boolean[], w: readonly number[] = s.map(() => 1)): number {
  let [above, all] = [0, 0];
  s.forEach((a, i) => {
    s.forEach((b, j) => {
      if (!isSo[i] || isSo[j]) return;
      const weight = w[i]! * w[j]!;
      all += weight;
      above += weight * (a > b ? 1 : a === b ? 0.5 : 0);
    });
  });
  return above / all;
}

/** By definition: at each threshold that occurs, precision times the recall that it adds. */
function averagePrecisionOf(s: readonly number[], isSo: readonly boolean[]): number {
  const yes = isSo.filter(Boolean).length;
  let [area, before] = [0, 0];
  for (const threshold of [...new Set(s)].sort((a, b) => b - a)) {
    const said = s.flatMap((one, i) => (one >= threshold ? [isSo[i]!] : []));
    const hit = said.filter(Boolean).length;
    area += (hit / said.length) * ((hit - before) / yes);
    before = hit;
  }
  return area;
}

test('auc and averagePrecision of yes and no, ties included', () => {
  const isSo = truth.map((one) => one === 1);
  expect(epoch('auc', halves)).toBeCloseTo(aucOf(scores, isSo), 9);
  expect(epoch('auc', halves, { mode: 'train' })).toBeCloseTo(aucOf(scores, isSo), 9);
  expect(epoch('auc', halves, { through: 'model/sigmoid' })).toBeCloseTo(aucOf(scores, isSo), 9);
  expect(epoch('averagePrecision', halves)).toBeCloseTo(averagePrecisionOf(scores, isSo), 9);
  expect(epoch('auc', [yesNo(0, 60)])).toBeCloseTo(epoch('auc', halves), 12);
});

test('places that do not count, and weights', () => {
  const where = numbers(60, 9).map((value) => (value > -0.3 ? 1 : 0));
  const weights = numbers(60, 10).map((value) => Math.abs(value) + 0.1);
  const isSo = truth.map((one) => one === 1);
  const chosen = { ...yesNo(0, 60), where: { shape: [], data: where, dtype: 'bool' as const } };
  const kept = <T>(values: readonly T[]) => values.filter((_, i) => where[i] === 1);
  expect(epoch('auc', [chosen])).toBeCloseTo(aucOf(kept(scores), kept(isSo)), 9);
  expect(epoch('averagePrecision', [chosen])).toBeCloseTo(averagePrecisionOf(kept(scores), kept(isSo)), 9);
  const weighed = { ...yesNo(0, 60), weights: { shape: [], data: weights } };
  expect(epoch('auc', [weighed])).toBeCloseTo(aucOf(scores, isSo, weights), 9);
});

test('of classes: each against the rest, and the mean of those that occur', () => {
  const data = numbers(40 * 4, 3);
  const label = numbers(40, 4).map((value) => Math.min(Math.floor(Math.abs(value) * 2.2), 2));
  const given = {
    prediction: { shape: [4], data },
    truth: { shape: [], data: label, dtype: 'int32' as const },
  };
  const shares = Array.from({ length: 40 }, (_, i) => {
    const row = data.slice(i * 4, i * 4 + 4).map(Math.exp);
    const sum = row.reduce((a, b) => a + b, 0);
    return row.map((value) => value / sum);
  });
  const of = (value: (s: readonly number[], isSo: readonly boolean[]) => number) => {
    // Class 3 never is so: it has no ranking.
    const each = [0, 1, 2].map((k) =>
      value(
        shares.map((row) => row[k]!),
        label.map((one) => one === k),
      ),
    );
    return each.reduce((a, b) => a + b, 0) / each.length;
  };
  expect(epoch('auc', [given])).toBeCloseTo(of(aucOf), 9);
  expect(epoch('auc', [given], { through: 'model/softmax' })).toBeCloseTo(of(aucOf), 9);
  expect(epoch('averagePrecision', [given])).toBeCloseTo(of(averagePrecisionOf), 9);
});

test('rows in fewer numbers say the same', () => {
  const entry = catalog.get('metric/auc');
  if (entry?.kind !== 'metric' || !entry.compact) throw new Error('no metric');
  const all = Array.from({ length: 20 }, (_, i) =>
    metricSums('metric/auc', yesNo(0, 60), { batch: 60, seed: i }),
  ).flat();
  const fewer = entry.compact(all, {});
  expect(fewer.length).toBeLessThanOrEqual(all.length / 20);
  expect(entry.finish(fewer, {}, 'rows')).toBeCloseTo(entry.finish(all, {}, 'rows'), 6);
  expect(entry.finish(entry.compact(fewer, {}), {}, 'rows')).toBe(entry.finish(fewer, {}, 'rows'));
  const edits = catalog.get('metric/characterErrorRate');
  if (edits?.kind !== 'metric' || !edits.compact) throw new Error('no metric');
  const row = [3, 2, 1, 2, 3, 1, 2];
  const settings = withDefaults('metric/characterErrorRate');
  const summed = edits.compact([...row, ...row], settings);
  expect(edits.finish([...summed, ...row], settings, 'rows')).toBeCloseTo(3 / 6, 12);
});

// ---- edits

const text = (rows: readonly (readonly number[])[]): Numbers => ({
  shape: [rows[0]!.length],
  data: rows.flat(),
  dtype: 'int32',
});

test('characters and words: edits over the length of the truth', () => {
  // kitten → sitting: 3 edits of 7; flaw → lawn: 2 of 4.
  const codes = (word: string, size: number) =>
    Array.from({ length: size }, (_, i) => (word.codePointAt(i) ?? 96) - 97);
  const given = {
    prediction: text([codes('kitten', 8), codes('flaw', 8)]),
    truth: text([codes('sitting', 8), codes('lawn', 8)]),
  };
  expect(epoch('characterErrorRate', [given])).toBeCloseTo(5 / 11, 12);
  expect(epoch('characterErrorRate', [given, given])).toBeCloseTo(5 / 11, 12);
  const where: Numbers = { shape: [8], data: [1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1], dtype: 'bool' };
  // kitten → sitt: s for k, and two letters too many.
  expect(epoch('characterErrorRate', [{ ...given, where }])).toBeCloseTo(5 / 8, 12);
  // Words between the number 9: "1 2 | 3" against "1 2 | 4 | 3".
  const words = { prediction: text([[1, 2, 9, 3, -1, -1]]), truth: text([[1, 2, 9, 4, 9, 3]]) };
  expect(epoch('wordErrorRate', [words], { settings: { space: 9 } })).toBeCloseTo(1 / 3, 12);
  expect(epoch('wordErrorRate', [words])).toBeCloseTo(2 / 6, 12);
});

test('moments are read the way of ctc: repeats once, blanks not at all', () => {
  const best = [1, 1, 3, 1, 2, 2, 3, 0];
  const prediction: Numbers = {
    shape: [8, 4],
    data: best.flatMap((k) => [0, 1, 2, 3].map((i) => (i === k ? 1 : 0))),
  };
  const exact = { prediction, truth: text([[1, 1, 2, 0]]) };
  expect(epoch('characterErrorRate', [exact])).toBe(0);
  const first = { prediction, truth: text([[1, 3, 1, 2, 3]]) };
  expect(epoch('characterErrorRate', [first], { settings: { blank: 0 } })).toBe(0);
  expect(refusal('characterErrorRate', first, { blank: 4 })).toBe('loss/blank');
  expect(refusal('characterErrorRate', { ...first, truth: { shape: [5], data: [] } })).toBe('loss/sequences');
  expect(refusal('wordErrorRate', { ...first, prediction: { shape: [5], data: [] } })).toBe('loss/sequences');
});

// ---- retrieval

/** Thirty queries over twelve keys, several queries for one key. */
const width = 5;
const store = Array.from({ length: 12 }, (_, i) => numbers(width, i + 20));
const owner = Array.from({ length: 30 }, (_, i) => (i * 7) % 12);
const queries = owner.map((key, i) => store[key]!.map((value, k) => 0.35 * value + numbers(width, 100 + i)[k]!));

function ranks(rows: readonly number[]): readonly number[] {
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const among = [...new Set(rows.map((row) => owner[row]!))];
  return rows.map((row) => {
    const own = dot(queries[row]!, store[owner[row]!]!);
    return among.filter((key) => dot(queries[row]!, store[key]!) > own).length;
  });
}

const pairs = (rows: readonly number[], shift = 0) => ({
  shape: [width],
  // The same key may come out of an engine a little differently.
  key: rows.flatMap((row, i) => store[owner[row]!]!.map((value) => value * (1 + shift * (i % 3)))),
  query: rows.flatMap((row) => queries[row]!),
});
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const gain = (rank: number, at: number) => (rank < at ? 1 / Math.log2(rank + 2) : 0);

test('each query’s own key is ranked among the distinct keys of all rows', () => {
  const named = (rows: readonly number[], query: string, key: string) => {
    const { shape, ...data } = pairs(rows, 1e-7);
    return { [query]: { shape, data: data.query }, [key]: { shape, data: data.key } };
  };
  const all = ranks(range(0, 30));
  expect(new Set(all).size).toBeGreaterThan(3);
  for (const at of [1, 3, 10]) {
    const settings = { at };
    const split = [range(0, 13), range(13, 30)];
    const recall = epoch(
      'recall',
      split.map((rows) => named(rows, 'prediction', 'truth')),
      { settings },
    );
    expect(recall).toBeCloseTo(mean(all.map((rank) => (rank < at ? 1 : 0))), 12);
    const ndcg = epoch(
      'ndcg',
      split.map((rows) => named(rows, 'query', 'key')),
      { settings },
    );
    expect(ndcg).toBeCloseTo(mean(all.map((rank) => gain(rank, at))), 12);
    // While training, among the keys of the batch.
    const within = split.flatMap((rows) => ranks(rows));
    const training = { settings, mode: 'train' as const };
    const trained = epoch(
      'ndcg',
      split.map((rows) => named(rows, 'query', 'key')),
      training,
    );
    expect(trained).toBeCloseTo(mean(within.map((rank) => gain(rank, at))), 6);
    const found = epoch(
      'recall',
      split.map((rows) => named(rows, 'prediction', 'truth')),
      training,
    );
    expect(found).toBeCloseTo(mean(within.map((rank) => (rank < at ? 1 : 0))), 12);
  }
  const where: Numbers = { shape: [], data: range(0, 30).map((row) => (row % 2 === 0 ? 1 : 0)), dtype: 'bool' };
  const half = epoch('ndcg', [{ ...named(range(0, 30), 'query', 'key'), where }]);
  const even = range(0, 30).filter((row) => row % 2 === 0);
  expect(half).toBeCloseTo(mean(ranks(even).map((rank) => gain(rank, 10))), 12);
  expect(refusal('ndcg', { query: { shape: [5], data: [] }, key: { shape: [4], data: [] } })).toBe('loss/keys');
});

// ---- confusion

test('confusion counts what is taken for what', () => {
  const said = [0, 2, 1, 1, 0, 2];
  const is = [0, 1, 1, 0, 0, 1];
  const given = {
    prediction: { shape: [3], data: said.flatMap((k) => [0, 1, 2].map((i) => (i === k ? 1 : 0))) },
    truth: { shape: [], data: is, dtype: 'int32' as const },
  };
  const counts = metricSums('metric/confusion', given, { batch: 6 });
  expect(counts).toEqual([2, 1, 0, 0, 1, 2, 0, 0, 0]);
  expect(epoch('confusion', [given])).toBeCloseTo(0.5, 12);
  const where: Numbers = { shape: [], data: [1, 1, 0, 1, 1, 1], dtype: 'bool' };
  expect(epoch('confusion', [{ ...given, where }])).toBeCloseTo(3 / 5, 12);
});

test('confusion of yes and no, by probabilities and by bare scores', () => {
  const truth: Numbers = { shape: [], data: [0, 1, 1, 0, 0], dtype: 'float32' };
  const prediction: Numbers = { shape: [], data: [-1, 2, -0.4, 1.2, -2] };
  const given = { prediction, truth };
  // Rows for what is so: no was said rightly twice and wrongly once, yes once each.
  expect(metricSums('metric/confusion', given, { batch: 5 })).toEqual([2, 1, 1, 1]);
  expect(epoch('confusion', [given], { through: 'model/sigmoid' })).toBeCloseTo(2 / 5, 12);
  const bare = { prediction: { shape: [], data: [-2, 3, -1, 2, -4] }, truth: { ...truth, dtype: 'bool' as const } };
  expect(metricSums('metric/confusion', bare, { batch: 5 })).toEqual([2, 1, 1, 1]);
  const one = { prediction: { shape: [1], data: [-2, 3, -1, 2, -4] }, truth };
  expect(metricSums('metric/confusion', one, { batch: 5 })).toEqual([2, 1, 1, 1]);
});
