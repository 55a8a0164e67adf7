/** A rate that falls a little with each update. */
import { schedule } from '../define.ts';
import { num } from '../planned.ts';
import { everyOf, everySetting } from '../rules/schedule.ts';
import { number } from '../settings.ts';

export const exponential = schedule('exponential', {
  doc: 'Lets the rate fall evenly with each update, so that after every so many it is multiplied by `factor`.',
  source: 'Keras 3 `ExponentialDecay`',
  examples: ['exponential(0.01, every: 1_000, factor: 0.9)', 'exponential(0.01, every: 10%, factor: 0.5)'],
  settings: {
    lr: number('The rate at the start.', { min: 0, open: 'min' }),
    every: everySetting,
    factor: number('What the rate is multiplied by in that time.', { min: 0, open: 'min', named: true }),
  },
  rate: (step, total, settings) => num(settings, 'lr') * num(settings, 'factor') ** (step / everyOf(total, settings)),
});
