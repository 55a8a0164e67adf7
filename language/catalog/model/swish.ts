/** `x · sigmoid(x)`. */
import { elementwise } from '../rules/elementwise.ts';

export const swish = elementwise('swish', {
  doc: 'Another name of `silu`.',
  source: 'Ramachandran et al. (2017); Keras 3 `keras.activations.silu`',
  examples: ['features -> swish', 'features -> Dense(8, swish)'],
  activation: true,
  apply: (b, x) => b.binary('multiply', x, b.unary('sigmoid', x)),
});
