/** `1 / √x`. */
import { elementwise } from '../rules/elementwise.ts';

export const rsqrt = elementwise('rsqrt', {
  doc: 'One over the square root of each number.',
  source: 'NumPy `rsqrt`, Keras 3 `keras.ops.rsqrt`',
  examples: ['features -> exp -> rsqrt'],
  apply: (b, x) => b.unary('rsqrt', x),
});
