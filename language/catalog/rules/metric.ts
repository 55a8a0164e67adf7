/** Metrics that are a mean over all places of all examples: a sum, a count, and their ratio at the end of the epoch. */
import type { Builder, Value } from '../builder.ts';
import type { LoweredInputs } from '../entry.ts';
import { optional } from '../planned.ts';
import { choose, total, trailing, volume } from './loss.ts';

/** The sum of `values` over the batch, and what divides it: how many places were chosen, or the sum of their weights. */
export function averaged(b: Builder, values: Value, inputs: LoweredInputs): readonly [Value, Value] {
  const { masked, chosen } = choose(b, values, inputs);
  const weights = optional(inputs, 'weights');
  if (!weights && !chosen) return [total(b, masked), b.scalar(b.batchSize * volume(values.shape))];
  const ones = chosen ?? b.fill(1, values.shape);
  const counted = weights ? b.binary('multiply', ones, trailing(b, weights, values)) : ones;
  return [total(b, masked), total(b, counted)];
}

/** The first sum over the second; not a number where nothing was counted. */
export function ratio(sums: readonly number[]): number {
  const [sum = Number.NaN, count = 0] = sums;
  return sum / count;
}
