/** What looks something up by likeness: where each row's own key stands among the distinct keys of all rows. */
import { distinctKeys, scoreKeys } from '../../../language/index.ts';
import type { RankedAnswer } from '../../../protocol/index.ts';
import type { AskedAnswer } from './asked.ts';
import { type Collector, counts, each, type RowChoice, short } from './collector.ts';
import { Moments, share } from './intervals.ts';

/** Numbers of all vectors that are kept: with more, no row is looked at. */
const MOST_NUMBERS = 20_000_000;
/** Products that are made to rank rows: with more keys, fewer rows are ranked. */
const MOST_PRODUCTS = 4e9;
/** Keys that are named for a row. */
const NAMED = 5;
const DEPTHS = [1, 3, 10, 30, 100, 300, 1000];

interface Ranked {
  /** 1 for the first; 0: not ranked. */
  readonly rank: Int32Array;
  readonly own: Float32Array;
  readonly keys: number;
  /** By row: rows that have the keys found first, and how alike these are. */
  readonly first: readonly { readonly rows: readonly number[]; readonly likeness: readonly number[] }[];
}

export function collectRanked(asked: AskedAnswer, rows: number): Collector {
  const { size } = asked;
  /** As the metrics keep them: width, weight, query, key. */
  const numbers: number[] = [];
  const number: number[] = [];
  let ranked: Ranked | undefined;
  const result = (): Ranked => {
    ranked ??= rank(numbers, number, size, rows);
    return ranked;
  };
  const chosen = (choice: RowChoice | undefined): number[] => {
    const { rank } = result();
    const found: number[] = [];
    each(choice, rows, (row) => {
      if ((rank[row] ?? 0) > 0) found.push(rank[row] ?? 0);
    });
    return found;
  };
  return {
    asked,
    add({ first, count, prediction, truth, where }) {
      for (let i = 0; i < count && numbers.length < MOST_NUMBERS; i++) {
        if (!counts(where, i)) continue;
        number.push(first + i);
        numbers.push(size, 1);
        for (const { data } of [prediction, truth]) {
          for (let j = i * size; j < (i + 1) * size; j++) numbers.push(data[j] ?? 0);
        }
      }
    },
    report(): RankedAnswer {
      const { keys } = result();
      const ranks = chosen(undefined).sort((a, b) => a - b);
      const depths = [...new Set([...DEPTHS, asked.at ?? 1])].filter((at) => at < keys).sort((a, b) => a - b);
      return {
        kind: 'ranked',
        name: asked.name,
        truth: asked.truthName,
        examples: ranks.length,
        keys,
        found: depths.map((at) => ({ at, share: found(ranks, at) })),
        reciprocal: meanOf(ranks, (rank) => 1 / rank),
        medianRank: ranks[Math.floor(ranks.length / 2)] ?? 0,
        columns: { query: [], key: [] },
      };
    },
    entry(row) {
      const { rank, own, first } = result();
      const named = first[row];
      if (named === undefined || (rank[row] ?? 0) === 0) return null;
      return [rank[row] ?? 0, short(own[row] ?? 0), named.rows, named.likeness];
    },
    figure(metric, choice) {
      const at = typeof metric.settings.at === 'number' ? metric.settings.at : undefined;
      if (at === undefined) return undefined;
      if (metric.op === 'metric/recall') return found(chosen(choice), at);
      if (metric.op !== 'metric/ndcg') return undefined;
      return meanOf(chosen(choice), (rank) => (rank <= at ? 1 / Math.log2(rank + 1) : 0));
    },
  };
}

function found(ranks: readonly number[], at: number) {
  return share(ranks.filter((rank) => rank <= at).length, ranks.length);
}

function meanOf(ranks: readonly number[], of: (rank: number) => number) {
  const moments = new Moments();
  for (const rank of ranks) moments.add(of(rank));
  return moments.figure();
}

/** Ranks each row's own key, evenly chosen rows where all would take too long. */
function rank(numbers: readonly number[], number: readonly number[], size: number, rows: number): Ranked {
  const { queries, keys, own } = distinctKeys(numbers, size);
  const count = keys.length / Math.max(1, size);
  const holder = new Int32Array(count).fill(-1);
  for (const [at, key] of own.entries()) if ((holder[key] ?? -1) < 0) holder[key] = number[at] ?? 0;
  const result = { rank: new Int32Array(rows), own: new Float32Array(rows), keys: count };
  const first: { rows: number[]; likeness: number[] }[] = [];
  const scores = new Float64Array(count);
  const step = Math.max(1, (own.length * keys.length) / MOST_PRODUCTS);
  for (let next = 0; next < own.length; next += step) {
    const at = Math.floor(next);
    const row = number[at] ?? 0;
    scoreKeys(scores, keys, queries.subarray(at * size, (at + 1) * size));
    const mine = scores[own[at] ?? 0] ?? 0;
    let above = 0;
    for (const score of scores) if (score > mine) above += 1;
    result.rank[row] = above + 1;
    result.own[row] = mine;
    const best = highest(scores);
    first[row] = {
      rows: best.map((key) => holder[key] ?? 0),
      likeness: best.map((key) => short(scores[key] ?? 0)),
    };
  }
  return { ...result, first };
}

/** Places of the highest scores, the highest first. */
function highest(scores: Float64Array): readonly number[] {
  const best: number[] = [];
  for (const [at, score] of scores.entries()) {
    if (best.length === NAMED && score <= (scores[best[NAMED - 1] ?? 0] ?? 0)) continue;
    const place = best.findIndex((other) => score > (scores[other] ?? 0));
    best.splice(place < 0 ? best.length : place, 0, at);
    best.length = Math.min(best.length, NAMED);
  }
  return best;
}
