/** The training loss, smoothed, with what it began at and the least it came to. */
import type { SmoothLoss } from './history.ts';

/** Steps that an average reaches over, and of which the first is made. */
const SPAN = 20;
/** A loss that is so many times the average begins to go wrong. */
const RISING = 2;

export interface LossTaker {
  /** Takes in a step's loss; true where it has left its band upwards. */
  take(loss: number): boolean;
  value(): SmoothLoss;
}

export function createSmoothLoss(): LossTaker {
  let count = 0;
  let sum = 0;
  let now = Number.NaN;
  let least = Number.POSITIVE_INFINITY;
  let first: number | undefined;
  return {
    take(loss) {
      if (!Number.isFinite(loss)) return false;
      const isRising = count >= SPAN && now > 0 && loss > RISING * now;
      count++;
      sum += loss;
      now = count <= SPAN ? sum / count : now + (loss - now) / SPAN;
      if (count === SPAN) first = now;
      if (count >= SPAN) least = Math.min(least, now);
      return isRising;
    },
    value: () => ({ first, now, least, count }),
  };
}
