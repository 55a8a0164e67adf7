/** A rate that falls along half a cosine again and again. */
import { schedule } from '../define.ts';
import { num } from '../planned.ts';
import { everyOf, everySetting, peakSetting } from '../rules/schedule.ts';

export const restarts = schedule('restarts', {
  doc: 'Falls along half a cosine from `peak` to 0 and starts again at `peak`, after every so many updates.',
  source: 'Loshchilov & Hutter (2016); PyTorch `CosineAnnealingWarmRestarts`',
  examples: ['restarts(1e-3, every: 1_000)', 'restarts(0.1, every: 25%)'],
  settings: { peak: peakSetting, every: everySetting },
  rate: (step, total, settings) => {
    // A hair more, so that a round does not start one update late by rounding.
    const rounds = step / everyOf(total, settings) + 1e-9;
    return (num(settings, 'peak') * (1 + Math.cos(Math.PI * (rounds - Math.floor(rounds))))) / 2;
  },
});
