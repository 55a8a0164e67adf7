/** How the numbers of a weight are spread: counts in bins of equal width, as TensorBoard's histograms take them. */
import type { HostTensor } from '../engine.ts';

export interface Histogram {
  readonly min: number;
  readonly max: number;
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
  /** Upper edge of each bin; the last is `max`. */
  readonly edges: Float64Array;
  readonly counts: Float64Array;
}

const BINS = 30;

/** Numbers that are looked at: of larger weights so many, evenly picked, so that a checkpoint never waits for its picture. */
const LOOKED_AT = 200_000;

/** Of the finite numbers of a tensor; undefined where there is none. */
export function histogramOf({ data }: Pick<HostTensor, 'data'>): Histogram | undefined {
  const stride = Math.max(1, Math.floor(data.length / LOOKED_AT));
  let [min, max, count, sum, squares] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0];
  for (let at = 0; at < data.length; at += stride) {
    const value = Number(data[at]);
    if (!Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
    count += 1;
    sum += value;
    squares += value * value;
  }
  if (count === 0) return undefined;
  // Equal numbers need a bin with a width.
  const width = max > min ? (max - min) / BINS : 1;
  const counts = new Float64Array(BINS);
  for (let at = 0; at < data.length; at += stride) {
    const value = Number(data[at]);
    if (!Number.isFinite(value)) continue;
    const bin = Math.min(BINS - 1, Math.floor((value - min) / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const edges = Float64Array.from({ length: BINS }, (_, bin) => min + width * (bin + 1));
  return { min, max, count, sum, squares, edges, counts };
}
