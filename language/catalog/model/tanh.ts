/** Hyperbolic tangent. */
import { elementwise } from '../rules/elementwise.ts';

export const tanh = elementwise('tanh', {
  doc: 'Turns any number into one between −1 and 1.',
  source: 'Keras 3 `keras.activations.tanh`',
  examples: ['features -> tanh', 'features -> Dense(8, tanh)'],
  activation: true,
  apply: (b, x) => b.unary('tanh', x),
});
