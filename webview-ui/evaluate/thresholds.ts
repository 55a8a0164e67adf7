/** What follows from a threshold, by counts alone. Pure. */
import { type Figure, THRESHOLD_STEPS, type YesNoAnswer } from '../../protocol/index.ts';

export interface Counts {
  /** Yes that is said so. */
  readonly right: number;
  /** No that is said to be yes. */
  readonly wrong: number;
  /** Yes that is not found. */
  readonly missed: number;
  /** No that is said so. */
  readonly rest: number;
}

type Counted = Pick<YesNoAnswer, 'examples' | 'positives' | 'thresholds'>;

/** The counts where yes is said above `threshold`. */
export function countsAt({ examples, positives, thresholds }: Counted, threshold: number): Counts {
  const step = Math.max(0, Math.min(THRESHOLD_STEPS, Math.round(threshold * THRESHOLD_STEPS)));
  const [right, wrong] = [thresholds.right[step] ?? 0, thresholds.wrong[step] ?? 0];
  return { right, wrong, missed: positives - right, rest: examples - positives - wrong };
}

/** The 97.5 % point of the normal distribution. */
const Z = 1.959963984540054;

/** A share with Wilson's interval. */
function share(hit: number, all: number): Figure {
  if (all <= 0) return { value: 0 };
  const p = hit / all;
  const spread = Z * Math.sqrt((p * (1 - p)) / all + (Z * Z) / (4 * all * all));
  const [middle, scale] = [p + (Z * Z) / (2 * all), 1 + (Z * Z) / all];
  return {
    value: p,
    low: hit <= 0 ? 0 : (middle - spread) / scale,
    high: hit >= all ? 1 : (middle + spread) / scale,
    method: 'wilson',
  };
}

export function f1Of({ right, wrong, missed }: Counts): number {
  return right === 0 ? 0 : (2 * right) / (2 * right + wrong + missed);
}

export function figuresAt(counts: Counts) {
  const { right, wrong, missed, rest } = counts;
  return {
    accuracy: share(right + rest, right + wrong + missed + rest),
    precision: share(right, right + wrong),
    recall: share(right, right + missed),
    f1: f1Figure(counts),
  };
}

/** F1 is 2 q ÷ (1 + q) for q, the share of right answers among all that are yes or said to be: Wilson's ends go along. */
function f1Figure(counts: Counts): Figure {
  const found = share(counts.right, counts.right + counts.wrong + counts.missed);
  if (found.low === undefined || found.high === undefined) return { value: f1Of(counts) };
  const change = (q: number): number => (2 * q) / (1 + q);
  return { value: f1Of(counts), low: change(found.low), high: change(found.high), method: 'wilson' };
}

/** The threshold with the largest F1; of equal ones the nearest to one half. */
export function mostF1(answer: Counted): number {
  return best(answer, f1Of);
}

/** The threshold at which all mistakes together cost least. */
export function leastCost(answer: Counted, cost: { readonly alarm: number; readonly miss: number }): number {
  return best(answer, ({ wrong, missed }) => -(wrong * cost.alarm + missed * cost.miss));
}

function best(answer: Counted, of: (counts: Counts) => number): number {
  let [found, value] = [0.5, Number.NEGATIVE_INFINITY];
  for (let step = 0; step <= THRESHOLD_STEPS; step++) {
    const threshold = step / THRESHOLD_STEPS;
    const own = of(countsAt(answer, threshold));
    const nearer = Math.abs(threshold - 0.5) < Math.abs(found - 0.5);
    if (own > value || (own === value && nearer)) [found, value] = [threshold, own];
  }
  return found;
}
