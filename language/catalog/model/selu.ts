/** Scaled exponential linear unit. */
import { exponentialBelow } from '../rules/activations.ts';
import { elementwise } from '../rules/elementwise.ts';

export const selu = elementwise('selu', {
  doc: '`elu` with the two constants that keep mean 0 and variance 1 through layers.',
  source: 'Keras 3 `keras.activations.selu`; Klambauer et al. (2017)',
  examples: ['features -> selu', 'features -> Dense(8, selu)'],
  activation: true,
  apply: (b, x) => exponentialBelow(b, x, 1.6732632423543772, 1, 1.0507009873554805),
});
