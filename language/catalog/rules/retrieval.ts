/**
 * Metrics of finding: each query's own key, ranked among the distinct keys of all evaluated rows by their product. Every row
 * is kept as `[width, weight, query, key]`. While training, each update moves all vectors, so rows of different updates cannot
 * be compared: there the own key is ranked among the keys of its batch, and the value is the mean over the epoch.
 */
import { agree } from '../../shapes/broadcast.ts';
import { printType } from '../../shapes/type.ts';
import type { Builder, Value } from '../builder.ts';
import type { InputDef, LoweredInputs, Refusal, RuleInputs } from '../entry.ts';
import { input, optional } from '../planned.ts';
import { refuse } from '../refuse.ts';
import { needBool, needFloat, typeOf } from './types.ts';

/** Two vectors count as one key where they differ by less than this part of the largest number. */
const ALIKE = 1e-3;

/** What a rank, counted from 0, is worth. */
export interface Gain {
  readonly of: (rank: number) => number;
  readonly lower: (b: Builder, rank: Value) => Value;
}

export const foundGain: Gain = { of: () => 1, lower: (b) => b.scalar(1) };
/** 1 at the top, less and less further down: 1 / log₂(rank + 2). */
export const discountedGain: Gain = {
  of: (rank) => 1 / Math.log2(rank + 2),
  lower: (b, rank) => b.binary('divide', b.scalar(Math.LN2), b.unary('log', b.binary('add', rank, b.scalar(2)))),
};

export const retrievalInputs: readonly InputDef[] = [
  { name: 'query', doc: 'A vector `[n]` for each example that looks for something.', dtype: 'float32' },
  { name: 'key', doc: 'The vector `[n]` of what it should find.', dtype: 'float32' },
  { name: 'where', doc: 'Which examples count (bool).', dtype: 'bool', optional: true },
];

export interface Pair {
  readonly query: string;
  readonly key: string;
}

/** Both are vectors of one width. */
export function refusePair(callee: string, inputs: RuleInputs, names: Pair): Refusal | undefined {
  const [query, key] = [typeOf(inputs, names.query), typeOf(inputs, names.key)];
  const refused = needFloat(callee, query, names.query) ?? needFloat(callee, key, names.key);
  if (refused) return refused;
  const [a, c] = [query.shape, key.shape];
  if ((a && a.length !== 1) || (c && c.length !== 1) || (a && c && !agree(a, c).ok)) {
    const values = { callee, query: printType(query), key: printType(key) };
    return refuse('loss/keys', values, { blame: [...(a ?? []), ...(c ?? [])] });
  }
  return inputs.where === undefined ? undefined : needBool(callee, typeOf(inputs, 'where'), 'where');
}

export function retrievalNumbers(
  b: Builder,
  inputs: LoweredInputs,
  names: Pair,
  rule: { readonly at: number; readonly gain: Gain },
): readonly Value[] {
  const [query, key] = [input(inputs, names.query), input(inputs, names.key)];
  const where = optional(inputs, 'where');
  const weight = where ? b.cast(where, 'float32') : b.scalar(1);
  if (b.training) return withinBatch(b, [b.batch(query), b.batch(key), b.batch(weight)], rule);
  const head = [b.fill(query.shape[0] ?? 0, [1]), b.reshape(weight, [1])];
  return [b.concat([...head, query, key], 0)];
}

/** Sums of gains and of weights, the keys of the batch made distinct. */
function withinBatch(
  b: Builder,
  [query, key, weight]: readonly [Value, Value, Value],
  { at, gain }: { readonly at: number; readonly gain: Gain },
): readonly Value[] {
  const size = b.batchSize;
  const scores = b.matmul(query, key, { transposeB: true });
  const own = b.reduce('sum', b.binary('multiply', query, key), [1], true);
  const squares = b.reduce('sum', b.unary('square', key), [1], true);
  const both = b.binary('add', squares, b.transpose(squares, [1, 0]));
  const product = b.matmul(key, key, { transposeB: true });
  const apart = b.binary('subtract', both, b.binary('multiply', product, b.scalar(2)));
  const same = b.binary('lessEqual', apart, b.binary('multiply', both, b.scalar(ALIKE ** 2)));
  const places = b.iota(size);
  const earlier = b.binary('less', b.reshape(places, [1, size]), b.reshape(places, [size, 1]));
  const again = b.reduce('max', b.cast(b.binary('and', same, earlier), 'float32'), [1], true);
  const first = b.binary('less', b.transpose(again, [1, 0]), b.scalar(0.5));
  const better = b.binary('and', b.binary('greater', scores, own), b.binary('and', first, b.unary('not', same)));
  const rank = b.reduce('sum', b.cast(better, 'float32'), [1], false);
  const found = b.where(b.binary('less', rank, b.scalar(at)), gain.lower(b, rank), b.scalar(0));
  const total = (value: Value) => b.reduce('sum', b.broadcastTo(value, [size]), [0], false);
  return [total(b.binary('multiply', found, weight)), total(weight)];
}

/** The mean gain over all rows. */
export function retrievalValue(
  numbers: readonly number[],
  kept: 'sums' | 'rows',
  { at, gain }: { readonly at: number; readonly gain: Gain },
): number {
  if (kept === 'sums') return (numbers[0] ?? Number.NaN) / (numbers[1] ?? 0);
  const width = numbers[0] ?? 0;
  const { queries, keys, own } = distinctKeys(numbers, width);
  const scores = new Float64Array(keys.length / width);
  let total = 0;
  for (const [row, mine] of own.entries()) {
    scoreKeys(scores, keys, queries.subarray(row * width, (row + 1) * width));
    const limit = scores[mine] ?? 0;
    let rank = 0;
    for (const score of scores) if (score > limit) rank += 1;
    if (rank < at) total += gain.of(rank);
  }
  return total / own.length;
}

/** The product of a query with each key. */
export function scoreKeys(scores: Float64Array, keys: Float64Array, query: Float64Array): void {
  const width = query.length;
  for (let k = 0; k < scores.length; k++) {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += (query[i] ?? 0) * (keys[k * width + i] ?? 0);
    scores[k] = sum;
  }
}

export interface DistinctKeys {
  readonly queries: Float64Array;
  readonly keys: Float64Array;
  /** Of each query, the place of its own key. */
  readonly own: readonly number[];
}

/** Rows that count, with equal keys brought together. An engine may compute one key a little differently from row to row. */
export function distinctKeys(numbers: readonly number[], width: number): DistinctKeys {
  const row = 2 + 2 * width;
  const queries: number[] = [];
  const keys: number[] = [];
  const own: number[] = [];
  const seen = new Map<string, number>();
  let largest = 0;
  for (let at = 0; at < numbers.length; at += row) {
    for (let i = 0; i < width; i++) largest = Math.max(largest, Math.abs(numbers[at + 2 + width + i] ?? 0));
  }
  const grid = largest * ALIKE || 1;
  for (let at = 0; at < numbers.length; at += row) {
    if ((numbers[at + 1] ?? 0) <= 0) continue;
    for (let i = 0; i < width; i++) queries.push(numbers[at + 2 + i] ?? 0);
    const key = numbers.slice(at + 2 + width, at + row);
    // Two grids, half a cell apart: what lies on a border of the one lies inside a cell of the other.
    const names = [0, 0.5].map((shift) => `${shift} ${key.map((value) => Math.floor(value / grid + shift)).join()}`);
    const known = names.map((name) => seen.get(name)).find((place) => place !== undefined);
    const place = known ?? keys.length / width;
    if (known === undefined) for (const value of key) keys.push(value);
    for (const name of names) if (!seen.has(name)) seen.set(name, place);
    own.push(place);
  }
  return { queries: Float64Array.from(queries), keys: Float64Array.from(keys), own };
}
