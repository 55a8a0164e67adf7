/** `x · sigmoid(x)`. */
import { elementwise } from '../rules/elementwise.ts';

export const silu = elementwise('silu', {
  doc: 'Weighs each number by its own sigmoid; also called swish.',
  source: 'Keras 3 `keras.activations.silu`',
  examples: ['features -> silu', 'features -> Dense(8, silu)'],
  activation: true,
  apply: (b, x) => b.binary('multiply', x, b.unary('sigmoid', x)),
});
