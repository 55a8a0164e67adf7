/** `eˣ`. */
import { elementwise } from '../rules/elementwise.ts';

export const exponential = elementwise('exponential', {
  doc: 'The exponential function as an activation.',
  source: 'Keras 3 `keras.activations.exponential`',
  examples: ['features -> exponential', 'features -> Dense(8, exponential)'],
  activation: true,
  apply: (b, x) => b.unary('exp', x),
});
