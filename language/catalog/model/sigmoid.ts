/** `1 / (1 + e⁻ˣ)`. */
import { elementwise } from '../rules/elementwise.ts';

export const sigmoid = elementwise('sigmoid', {
  doc: 'Turns any number into one between 0 and 1. Its result counts as a yes/no probability.',
  source: 'Keras 3 `keras.activations.sigmoid`',
  examples: ['features -> sigmoid', 'features -> Dense(8, sigmoid)'],
  activation: true,
  facts: { mark: 'sigmoid' },
  apply: (b, x) => b.unary('sigmoid', x),
});
