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
  settings: { n: integer('Every so many updates.', { min: 1 }) },
};
