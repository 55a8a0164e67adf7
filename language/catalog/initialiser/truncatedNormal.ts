/** Normal numbers without outliers. */
import { initialiser } from '../define.ts';
import { num } from '../planned.ts';
import { number } from '../settings.ts';

export const truncatedNormal = initialiser('truncatedNormal', {
  doc: 'Normal around 0 with the deviation `stddev`; numbers beyond two deviations are drawn again.',
  source: 'Keras 3 `TruncatedNormal`',
  examples: ['features -> Dense(8, init: truncatedNormal(0.02))'],
  settings: { stddev: number('The standard deviation before the cut.', { min: 0, default: 0.05 }) },
  draw: (_shape, settings) => ({ kind: 'normal', mean: 0, deviation: num(settings, 'stddev'), truncated: true }),
});
