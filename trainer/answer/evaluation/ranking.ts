/** Yes/no by probabilities: both curves, the areas under them, and the counts at each threshold. */
import { type Curve, type Figure, THRESHOLD_STEPS, type Thresholds } from '../../../protocol/index.ts';
import { chance, DRAWS, drawn, normal, plain, poisson } from './intervals.ts';

/** Points of a curve that are kept. */
const POINTS = 200;

/** Rows with the probability of yes, and whether it is so. */
export interface Scored {
  readonly score: Float32Array | Float64Array;
  readonly isSo: Uint8Array;
}

/** Both curves. `points`: at most so many of each. */
export function curveOf({ score, isSo }: Scored, points = POINTS): Curve {
  const order = Uint32Array.from(score.keys()).sort((a, b) => (score[b] ?? 0) - (score[a] ?? 0));
  let [yes, no] = [0, 0];
  for (const one of isSo) {
    if (one === 1) yes += 1;
    else no += 1;
  }
  const roc: [number, number][] = [[0, 0]];
  const precision: [number, number][] = [];
  let [hit, miss, average] = [0, 0, 0];
  for (let i = 0; i < order.length; ) {
    const value = score[order[i] ?? 0];
    const before = hit;
    // Rows of one score stand or fall together.
    for (; i < order.length && score[order[i] ?? 0] === value; i++) {
      if (isSo[order[i] ?? 0] === 1) hit += 1;
      else miss += 1;
    }
    roc.push([no === 0 ? 0 : miss / no, yes === 0 ? 0 : hit / yes]);
    const right = hit / (hit + miss);
    precision.push([yes === 0 ? 0 : hit / yes, right]);
    average += yes === 0 ? 0 : right * ((hit - before) / yes);
  }
  return {
    roc: reduced(roc, points),
    precision: reduced(precision, points),
    auc: areaUnderRoc({ score, isSo }, order),
    average: yes === 0 ? plain(Number.NaN) : averageFigure(average, thresholdsOf({ score, isSo }), yes),
  };
}

/**
 * The points that the curve bends at most: evenly along its length, so that steep and flat stretches both keep theirs; first and
 * last are kept as they are.
 */
function reduced(points: readonly (readonly [number, number])[], most: number): readonly (readonly [number, number])[] {
  const rounded = ([x, y]: readonly [number, number]): [number, number] => [round(x), round(y)];
  if (points.length <= most) return points.map(rounded);
  const length = [0];
  for (let i = 1; i < points.length; i++) {
    const [from, to] = [points[i - 1] ?? [0, 0], points[i] ?? [0, 0]];
    length.push((length[i - 1] ?? 0) + Math.abs(to[0] - from[0]) + Math.abs(to[1] - from[1]));
  }
  const whole = length.at(-1) ?? 0;
  const kept: [number, number][] = [];
  let next = 0;
  for (const [i, point] of points.entries()) {
    const last = i === points.length - 1;
    if (!last && (length[i] ?? 0) < (next * whole) / (most - 1)) continue;
    kept.push(rounded(point));
    while (next * whole <= (length[i] ?? 0) * (most - 1) && next < most) next += 1;
  }
  return kept;
}

function round(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}

/** The area under the ROC curve with the error of DeLong and others (1988), by ranks (Sun and Xu, 2014). */
export function areaUnderRoc({ score, isSo }: Scored, descending?: Uint32Array): Figure {
  const order = descending ?? Uint32Array.from(score.keys()).sort((a, b) => (score[b] ?? 0) - (score[a] ?? 0));
  const count = order.length;
  // Middle ranks among all rows, and among those of the same truth.
  const all = new Float64Array(count);
  const own = new Float64Array(count);
  const seen: [number, number] = [0, 0];
  for (let i = count - 1; i >= 0; ) {
    let start = i;
    while (start > 0 && score[order[start - 1] ?? 0] === score[order[i] ?? 0]) start -= 1;
    const within: [number, number] = [0, 0];
    for (let j = start; j <= i; j++) within[isSo[order[j] ?? 0] === 1 ? 1 : 0] += 1;
    const rank = count - i + (i - start) / 2;
    for (let j = start; j <= i; j++) {
      const row = order[j] ?? 0;
      const side = isSo[row] === 1 ? 1 : 0;
      all[row] = rank;
      own[row] = seen[side] + (within[side] + 1) / 2;
    }
    seen[0] += within[0];
    seen[1] += within[1];
    i = start - 1;
  }
  const [no, yes] = seen;
  if (no === 0 || yes === 0) return plain(Number.NaN);
  let sum = 0;
  for (let row = 0; row < count; row++) if (isSo[row] === 1) sum += all[row] ?? 0;
  const area = (sum - (yes * (yes + 1)) / 2) / (yes * no);
  const spread: [number, number] = [0, 0];
  for (let row = 0; row < count; row++) {
    const distance = (all[row] ?? 0) - (own[row] ?? 0);
    if (isSo[row] === 1) spread[1] += (distance / no - area) ** 2;
    else spread[0] += (1 - distance / yes - area) ** 2;
  }
  const part = (squares: number, size: number): number => (size < 2 ? Number.NaN : squares / (size - 1) / size);
  const error = Math.sqrt(part(spread[1], yes) + part(spread[0], no));
  const figure = normal(area, error);
  if (figure.low === undefined || figure.high === undefined) return figure;
  return { ...figure, low: Math.max(0, figure.low), high: Math.min(1, figure.high), method: 'delong' };
}

/** How often yes is said above each of the thresholds 0, 0.001, … 1. */
export function thresholdsOf({ score, isSo }: Scored): Thresholds {
  const right = new Array<number>(THRESHOLD_STEPS + 1).fill(0);
  const wrong = new Array<number>(THRESHOLD_STEPS + 1).fill(0);
  for (const [row, value] of score.entries()) {
    const side = isSo[row] === 1 ? right : wrong;
    // Said at every threshold below the score.
    const last = Math.min(THRESHOLD_STEPS, Math.ceil(value * THRESHOLD_STEPS - 1e-9) - 1);
    if (last >= 0) side[last] = (side[last] ?? 0) + 1;
  }
  for (let i = THRESHOLD_STEPS - 1; i >= 0; i--) {
    right[i] = (right[i] ?? 0) + (right[i + 1] ?? 0);
    wrong[i] = (wrong[i] ?? 0) + (wrong[i + 1] ?? 0);
  }
  return { right, wrong };
}

/** By drawing the counts between the thresholds anew; the value itself is the exact one. */
function averageFigure(value: number, { right, wrong }: Thresholds, yes: number): Figure {
  const between = (counts: readonly number[]): number[] => counts.map((count, i) => count - (counts[i + 1] ?? 0));
  const [hits, misses] = [between(right), between(wrong)];
  const above = hits.reduce((sum, each) => sum + each, 0);
  const binned = averageOf(hits, misses, yes - above);
  const random = chance(1);
  const filled = hits.flatMap((hit, i) => (hit > 0 || (misses[i] ?? 0) > 0 ? [i] : []));
  const draws = Array.from({ length: DRAWS }, () => {
    const [some, others] = [hits.slice(), misses.slice()];
    for (const i of filled) {
      some[i] = poisson(hits[i] ?? 0, random);
      others[i] = poisson(misses[i] ?? 0, random);
    }
    return value + averageOf(some, others, poisson(yes - above, random)) - binned;
  });
  const figure = drawn(value, draws);
  return figure.high === undefined ? figure : { ...figure, high: Math.min(1, figure.high) };
}

function averageOf(hits: readonly number[], misses: readonly number[], below: number): number {
  const all = hits.reduce((sum, each) => sum + each, 0) + below;
  let [hit, miss, sum] = [0, 0, 0];
  for (let i = hits.length - 1; i >= 0; i--) {
    const more = hits[i] ?? 0;
    hit += more;
    miss += misses[i] ?? 0;
    if (more > 0) sum += (more / all) * (hit / (hit + miss));
  }
  return sum;
}
