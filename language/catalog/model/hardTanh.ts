/** `x` cut off at −1 and 1. */
import { elementwise } from '../rules/elementwise.ts';

export const hardTanh = elementwise('hardTanh', {
  doc: '`tanh` made of straight lines.',
  source: 'Keras 3 `keras.activations.hard_tanh`',
  examples: ['features -> hardTanh', 'features -> Dense(8, hardTanh)'],
  activation: true,
  apply: (b, x) => b.binary('maximum', b.binary('minimum', x, b.scalar(1)), b.scalar(-1)),
});
