/** `log(1 + x)`. */
import { elementwise } from '../rules/elementwise.ts';

export const log1p = elementwise('log1p', {
  doc: 'The natural logarithm of 1 plus each number, exact near 0.',
  source: 'NumPy `log1p`, Keras 3 `keras.ops.log1p`',
  examples: ['features -> square -> log1p'],
  apply: (b, x) => b.unary('log1p', x),
});
