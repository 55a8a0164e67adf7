/**
 * TensorBoard's smoothing: an exponential moving average, corrected for its start at zero. Values that are not finite pass
 * through and leave the average alone; a series that has been constant so far is untouched. It goes on row by row, so that a
 * growing series is never smoothed twice.
 */
export interface Smoother {
  /** 0 (off) to 0.999. */
  readonly weight: number;
  average: number;
  /** weight to the power of the number of finite values. */
  power: number;
  first: number;
  constant: boolean;
}

export const LARGEST_WEIGHT = 0.999;

/** A smoother before its first value. */
export function createSmoother(weight: number): Smoother {
  return {
    weight: Math.min(LARGEST_WEIGHT, Math.max(0, weight)),
    average: 0,
    power: 1,
    first: Number.NaN,
    constant: true,
  };
}

/** The smoothed value of the next `value`. */
export function smooth(smoother: Smoother, value: number): number {
  if (!Number.isFinite(value)) return value;
  if (Number.isNaN(smoother.first)) smoother.first = value;
  else if (value !== smoother.first) smoother.constant = false;
  smoother.average = smoother.average * smoother.weight + (1 - smoother.weight) * value;
  smoother.power *= smoother.weight;
  return smoother.constant ? value : smoother.average / (1 - smoother.power);
}
