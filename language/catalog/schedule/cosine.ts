/** A rate that falls along half a cosine until the end of the run. */
import { schedule } from '../define.ts';
import { num } from '../planned.ts';
import { endSetting, fallen, peakSetting, warmed, warmupSetting } from '../rules/schedule.ts';

export const cosine = schedule('cosine', {
  doc: 'Rises evenly to `peak` during `warmup`, then falls along half a cosine to `end` until the run ends.',
  source: 'Loshchilov & Hutter (2016); Keras 3 `CosineDecay`',
  examples: ['cosine(1e-3)', 'cosine(3e-4, warmup: 100)', 'cosine(0.1, warmup: 5%, end: 1e-4)'],
  settings: { peak: peakSetting, warmup: warmupSetting, end: endSetting },
  rate: (step, total, settings) =>
    warmed(step, total, settings, () => {
      const [peak, end] = [num(settings, 'peak'), num(settings, 'end')];
      return end + ((peak - end) * (1 + Math.cos(Math.PI * fallen(step, total, settings)))) / 2;
    }),
});
