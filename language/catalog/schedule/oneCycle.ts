/** A rate that rises once and falls once. */
import { schedule } from '../define.ts';
import { num } from '../planned.ts';
import { peakSetting } from '../rules/schedule.ts';
import { number } from '../settings.ts';

/** The rate starts at this part of the peak, and ends at this part of the start. */
const [START, END] = [1 / 25, 1e-4];

export const oneCycle = schedule('oneCycle', {
  doc: 'Rises along half a cosine from a 25th of `peak` to `peak` during `warmup`, then falls along another to almost nothing at the end of the run.',
  source: 'Smith & Topin (2018); PyTorch `OneCycleLR`',
  examples: ['oneCycle(0.1)', 'oneCycle(1e-3, warmup: 10%)'],
  settings: {
    peak: peakSetting,
    warmup: number('How long the rate rises: a number of updates, or a part of the run (`30%`).', {
      min: 0,
      default: 0.3,
      named: true,
    }),
  },
  rate: (step, total, settings) => {
    const [peak, warmup] = [num(settings, 'peak'), num(settings, 'warmup')];
    const [last, top] = [total - 1, Math.min(warmup < 1 ? warmup * total : warmup, total) - 1];
    if (step <= top) return between(peak * START, peak, top > 0 ? step / top : 1);
    const from = Math.max(top, 0);
    return between(peak, peak * START * END, last > from ? Math.min((step - from) / (last - from), 1) : 1);
  },
});

/** From one number to another along half a cosine. */
function between(from: number, to: number, part: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * part))) / 2;
}
