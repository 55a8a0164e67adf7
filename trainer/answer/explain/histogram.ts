/** Histograms of many numbers at several times, with the same ends, so that they can be laid over each other. */
import { eventNumber, type LayerHistogram } from '../../../protocol/index.ts';

/** Numbers of one time. */
export interface Named {
  readonly step: number;
  readonly values: readonly Float32Array[];
}

const BINS = 48;

export function histogramsOf(times: readonly Named[]): readonly LayerHistogram[] {
  const [low, high] = endsOf(times);
  return times.map((time) => histogramOf(time, low, high));
}

/** The least and greatest finite number of all; apart from each other where all are alike. */
function endsOf(times: readonly Named[]): readonly [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { values } of times) {
    for (const numbers of values) {
      for (const value of numbers) {
        if (!Number.isFinite(value)) continue;
        if (value < low) low = value;
        if (value > high) high = value;
      }
    }
  }
  if (low > high) return [0, 1];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

function histogramOf({ step, values }: Named, low: number, high: number): LayerHistogram {
  const counts = new Array<number>(BINS).fill(0);
  let [finite, notFinite, zeros, sum] = [0, 0, 0, 0];
  for (const numbers of values) {
    for (const value of numbers) {
      if (!Number.isFinite(value)) {
        notFinite += 1;
        continue;
      }
      finite += 1;
      sum += value;
      if (value === 0) zeros += 1;
      const bin = Math.min(BINS - 1, Math.floor(((value - low) / (high - low)) * BINS));
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }
  const mean = sum / finite;
  let squares = 0;
  for (const numbers of values) for (const value of numbers) if (Number.isFinite(value)) squares += (value - mean) ** 2;
  return {
    step,
    low,
    high,
    counts,
    mean: eventNumber(mean),
    deviation: eventNumber(Math.sqrt(squares / finite)),
    zeros: finite === 0 ? 0 : zeros / finite,
    notFinite,
  };
}
