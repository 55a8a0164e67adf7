/** A rate that falls in a straight line until the end of the run. */
import { schedule } from '../define.ts';
import { num } from '../planned.ts';
import { endSetting, fallen, peakSetting, warmed, warmupSetting } from '../rules/schedule.ts';

export const linear = schedule('linear', {
  doc: 'Rises evenly to `peak` during `warmup`, then falls in a straight line to `end` until the run ends.',
  source: 'Devlin et al. (2018); Keras 3 `PolynomialDecay` with power 1',
  examples: ['linear(1e-3)', 'linear(1e-4, warmup: 1_000)', 'linear(1e-3, warmup: 10%, end: 1e-5)'],
  settings: { peak: peakSetting, warmup: warmupSetting, end: endSetting },
  rate: (step, total, settings) =>
    warmed(step, total, settings, () => {
      const [peak, end] = [num(settings, 'peak'), num(settings, 'end')];
      return peak + (end - peak) * fallen(step, total, settings);
    }),
});
