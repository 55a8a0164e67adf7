/** The small rules that sections take: when to stop, what to save, how often to validate. Signatures as in the catalogue. */

import type { SettingDef } from '../catalog/entry.ts';
import { integer, number } from '../catalog/settings.ts';
import type { Owner } from './bind-settings.ts';

const metric = (doc: string): SettingDef => ({ type: { kind: 'metric' }, doc, default: 'validation.loss' });

export const early: Owner = {
  name: 'early',
  entry: undefined,
  settings: {
    watch: metric('Which metric must get better.'),
    patience: integer('How many epochs it may take.', { min: 1, default: 5, named: true }),
    change: number('By how much it must get better to count.', { min: 0, default: 0, named: true }),
  },
};

export const best: Owner = {
  name: 'best',
  entry: undefined,
  settings: { metric: metric('The checkpoint with the best value of this metric is kept.') },
};

export const every: Owner = {
  name: 'every',
  entry: undefined,
  settings: {
    n: integer('Every so many updates.', { min: 1 }),
  },
};

/** `every(500, batches: 20)`: how often to validate, and how much of the validation rows at a time. */
export const everyValidation: Owner = {
  ...every,
  settings: {
    ...every.settings,
    batches: integer('So many batches of the validation rows are enough; left out: all.', {
      min: 1,
      default: null,
      named: true,
    }),
  },
};

export const ema: Owner = {
  name: 'ema',
  entry: undefined,
  settings: {
    decay: number('How much of the average stays at each update.', { min: 0, max: 1, open: 'both', default: 0.999 }),
  },
};

const trials = integer('How many settings are tried.', { min: 1, default: 20, named: true });

/** How `tune` looks for settings: by chance, or by what it has learned so far. */
export const random: Owner = { name: 'random', entry: undefined, settings: { trials } };
export const bayesian: Owner = { name: 'bayesian', entry: undefined, settings: { trials } };

/** `clip: byValue(0.5)`: each number of the gradients for itself. */
export const byValue: Owner = {
  name: 'byValue',
  entry: undefined,
  settings: { limit: number('The largest size of each single number of the gradients.', { min: 0, open: 'min' }) },
};
