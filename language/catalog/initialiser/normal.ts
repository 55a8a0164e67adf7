/** Normal numbers. */
import { initialiser } from '../define.ts';
import { num } from '../planned.ts';
import { number } from '../settings.ts';

export const normal = initialiser('normal', {
  doc: 'Normal around 0 with the deviation `stddev`.',
  source: 'Keras 3 `RandomNormal`',
  examples: ['features -> Dense(8, init: normal(0.02))'],
  settings: { stddev: number('The standard deviation.', { min: 0, default: 0.05 }) },
  draw: (_shape, settings) => ({ kind: 'normal', mean: 0, deviation: num(settings, 'stddev'), truncated: false }),
});
