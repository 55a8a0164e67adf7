/** A rate that falls at once, after every so many updates. */
import { schedule } from '../define.ts';
import { num } from '../planned.ts';
import { everyOf, everySetting } from '../rules/schedule.ts';
import { number } from '../settings.ts';

export const steps = schedule('steps', {
  doc: 'Multiplies the rate by `factor` after every so many updates.',
  source: 'PyTorch `StepLR`, counted in updates',
  examples: ['steps(0.1, every: 10_000)', 'steps(0.1, every: 30%, factor: 0.2)'],
  settings: {
    lr: number('The rate at the start.', { min: 0, open: 'min' }),
    every: everySetting,
    factor: number('What the rate is multiplied by each time.', { min: 0, default: 0.1, named: true }),
  },
  // A hair more, so that the third tenth of a run does not start one update late by rounding.
  rate: (step, total, settings) =>
    num(settings, 'lr') * num(settings, 'factor') ** Math.floor(step / everyOf(total, settings) + 1e-9),
});
