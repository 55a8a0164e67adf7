/**
 * Whole numbers thrown into buckets. Engines have no wide integers, so two remainders below 2¹⁵ are kept, each stirred by a
 * factor and a summand that keep every step below 2³¹, and put together at the end.
 */
import type { Builder, Value } from '../builder.ts';

/** Two primes just below 2¹⁵, each with the factor and the summand of its stirring. */
const lanes = [
  { prime: 32_749, factor: 28_411, summand: 12_289 },
  { prime: 32_719, factor: 17_891, summand: 29_077 },
] as const;
const HALF = 32_768;
const MOST_BUCKETS = 1_000_000_000;

export const mostBuckets = MOST_BUCKETS;

/** The bucket, 0 to `buckets` − 1, of the numbers that stand at the same place of all values. */
export function bucketOf(b: Builder, values: readonly Value[], buckets: number): Value {
  const whole = (n: number) => b.scalar(n, 'int32');
  const [first, second] = lanes.map(({ prime, factor, summand }) => {
    const stir = (state: Value, part: Value): Value => {
      const turned = b.binary('multiply', state, whole(factor));
      return b.binary('modulo', b.binary('add', b.binary('add', turned, part), whole(summand)), whole(prime));
    };
    return values.reduce(
      (state, value) => {
        const low = b.binary('modulo', value, whole(HALF));
        const high = b.binary('modulo', b.binary('floorDivide', value, whole(HALF)), whole(HALF));
        return stir(stir(state, low), high);
      },
      b.scalar(0, 'int32'),
    );
  });
  if (!first || !second) return whole(0);
  const both = b.binary('add', b.binary('multiply', first, whole(lanes[1].prime)), second);
  return b.binary('modulo', both, whole(buckets));
}
