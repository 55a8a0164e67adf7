/**
 * What keeps weights small, on every layer that has weights: penalties that are added to the loss, and limits that hold after
 * each update. Declared here once; `define.ts` gives the settings to each layer, and the compiler carries them out.
 */
import type { Settings } from '../plan/plan.ts';
import type { SettingDef } from './entry.ts';
import { flag, number } from './settings.ts';

const factor = { min: 0, default: 0, named: true } as const;

export const regularisationSettings: Readonly<Record<string, SettingDef>> = {
  l1: number('Adds this many times the sum of the weights’ sizes (without biases) to the loss.', factor),
  l2: number('Adds this many times the sum of the weights’ squares (without biases) to the loss.', factor),
  activityL1: number(
    'Adds this many times the sum of the result’s sizes to the loss, as a mean over the batch.',
    factor,
  ),
  activityL2: number(
    'Adds this many times the sum of the result’s squares to the loss, as a mean over the batch.',
    factor,
  ),
  maxNorm: number(
    'The greatest length of the weights that go into one unit (of one row of an `Embedding`); longer ones are shortened after each update.',
    { min: 0, open: 'min', default: null, named: true },
  ),
  nonNegative: flag('Weights (without biases) below 0 become 0 after each update.', false),
};

export interface Regularisation {
  readonly l1: number;
  readonly l2: number;
  readonly activityL1: number;
  readonly activityL2: number;
  readonly maxNorm: number | undefined;
  readonly nonNegative: boolean;
}

/** What a layer's settings ask for; undefined where that is nothing. */
export function regularisationOf(settings: Settings): Regularisation | undefined {
  const number = (name: string): number => (typeof settings[name] === 'number' ? settings[name] : 0);
  const found: Regularisation = {
    l1: number('l1'),
    l2: number('l2'),
    activityL1: number('activityL1'),
    activityL2: number('activityL2'),
    maxNorm: typeof settings.maxNorm === 'number' ? settings.maxNorm : undefined,
    nonNegative: settings.nonNegative === true,
  };
  const asks = found.l1 || found.l2 || found.activityL1 || found.activityL2 || found.maxNorm || found.nonNegative;
  return asks ? found : undefined;
}

/** What is added to numbers, and what weights are computed of. */
const besides: ReadonlySet<string> = new Set(['bias', 'shift', 'length', 'vector']);

/** Biases and shifts are left alone, as Keras' `kernel_regularizer` and `kernel_constraint` leave them. */
export function isRegularised(weight: string): boolean {
  const name = weight.slice(weight.lastIndexOf('/') + 1);
  return !besides.has(name);
}
