/** A mean with its interval of 95 %. */

export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Of Student's distribution, both sides, for 1, 2, … degrees of freedom. */
const STUDENT = [
  12.71, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086,
];

/** Of values that were measured independently; of one alone the interval is unknown. */
export function intervalOf(values: readonly number[]): Interval {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  const half = (STUDENT[count - 2] ?? 2) * Math.sqrt(variance / count);
  return { mean, low: mean - half, high: mean + half };
}
