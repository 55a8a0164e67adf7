/** `eˣ`. */
import { elementwise } from '../rules/elementwise.ts';

export const exp = elementwise('exp', {
  doc: 'The exponential function of each number.',
  source: 'NumPy `exp`, Keras 3 `keras.ops.exp`',
  examples: ['features -> exp', 'exp(features)'],
  apply: (b, x) => b.unary('exp', x),
});
