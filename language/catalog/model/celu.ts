/** `max(x, 0) + min(alpha · (e^(x / alpha) − 1), 0)`. */
import { num } from '../planned.ts';
import { exponentialBelow } from '../rules/activations.ts';
import { elementwise } from '../rules/elementwise.ts';
import { number } from '../settings.ts';

export const celu = elementwise('celu', {
  doc: '`elu` with a continuous slope for every `alpha`.',
  source: 'Keras 3 `keras.activations.celu`; Barron (2017)',
  examples: ['features -> celu', 'features -> Dense(8, celu)'],
  settings: {
    alpha: number('How far below zero it goes.', { min: 0, open: 'min', default: 1 }),
  },
  activation: true,
  apply: (b, x, settings) => exponentialBelow(b, x, num(settings, 'alpha'), num(settings, 'alpha'), 1),
});
