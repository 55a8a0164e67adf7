/** The same rate all along. */
import { schedule } from '../define.ts';
import { num } from '../planned.ts';
import { warmed, warmupSetting } from '../rules/schedule.ts';
import { number } from '../settings.ts';

export const constant = schedule('constant', {
  doc: 'The same rate all along, after an even rise during `warmup`.',
  source: 'Keras 3: a plain number',
  examples: ['constant(1e-3)', 'constant(1e-3, warmup: 100)'],
  settings: { lr: number('The rate.', { min: 0, open: 'min' }), warmup: warmupSetting },
  rate: (step, total, settings) => warmed(step, total, settings, () => num(settings, 'lr'), 'lr'),
});
