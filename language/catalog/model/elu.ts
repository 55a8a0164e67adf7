/** `x` where positive, `alpha · (eˣ − 1)` elsewhere. */
import { num } from '../planned.ts';
import { exponentialBelow } from '../rules/activations.ts';
import { elementwise } from '../rules/elementwise.ts';
import { number } from '../settings.ts';

export const elu = elementwise('elu', {
  doc: 'Exponential linear unit: smooth below zero, down to −`alpha`.',
  source: 'Keras 3 `keras.activations.elu`; Clevert et al. (2015)',
  examples: ['features -> elu', 'features -> Dense(8, elu)'],
  settings: {
    alpha: number('How far below zero it goes.', { min: 0, default: 1 }),
  },
  activation: true,
  apply: (b, x, settings) => exponentialBelow(b, x, num(settings, 'alpha'), 1, 1),
});
