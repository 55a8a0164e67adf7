/** What normalising layers share: their settings, their weights, and the arithmetic. */
import { type Dim, unknown } from '../../shapes/dim.ts';
import type { Builder, Value } from '../builder.ts';
import { flagOf } from '../checked.ts';
import type { CheckedSettings, RuleInputs, WeightDef } from '../entry.ts';
import { flag, number } from '../settings.ts';
import { typeOf } from './types.ts';
import { init, trained } from './weights.ts';

/** What keeps a division from being one by zero. */
export const epsilonSetting = (standard: number) =>
  number('Added to the variance, so that nothing is divided by zero.', {
    min: 0,
    open: 'min',
    default: standard,
    named: true,
  });

export const scaleAndShift = {
  scale: flag('Learns a factor for each place of the last axis.', true),
  shift: flag('Learns a summand for each place of the last axis.', true),
};

/** A factor and a summand for each place of the last axis, where the settings want them. */
export function normWeights(inputs: RuleInputs, settings: CheckedSettings): Readonly<Record<string, WeightDef>> {
  const shape: readonly Dim[] = [typeOf(inputs, 'x').shape?.at(-1) ?? unknown];
  return {
    ...(flagOf(settings, 'scale') ? { scale: trained(shape, init('ones')) } : {}),
    ...(flagOf(settings, 'shift') ? { shift: trained(shape, init('zeros')) } : {}),
  };
}

/** Mean 0 and variance 1 within each of `groups` equal parts of the last axis, over all other axes too. */
export function normaliseGroups(b: Builder, x: Value, groups: number, epsilon: number): Value {
  const channels = x.shape.at(-1) ?? 1;
  const places = x.shape.slice(0, -1).reduce((a, c) => a * c, 1);
  const parts = b.reshape(x, [places, groups, channels / groups]);
  const away = b.binary('subtract', parts, b.reduce('mean', parts, [0, 2], true));
  const variance = b.reduce('mean', b.unary('square', away), [0, 2], true);
  const steep = b.unary('rsqrt', b.binary('add', variance, b.scalar(epsilon)));
  return b.reshape(b.binary('multiply', away, steep), x.shape);
}

/** Scaled and shifted by the weights that there are. */
export function scaled(b: Builder, x: Value, weights: Readonly<Record<string, Value>>): Value {
  const y = weights.scale ? b.binary('multiply', x, weights.scale) : x;
  return weights.shift ? b.binary('add', y, weights.shift) : y;
}
