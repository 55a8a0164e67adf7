/** Square root. */
import { elementwise } from '../rules/elementwise.ts';

export const sqrt = elementwise('sqrt', {
  doc: 'The square root of each number.',
  source: 'NumPy `sqrt`, Keras 3 `keras.ops.sqrt`',
  examples: ['features -> exp -> sqrt'],
  apply: (b, x) => b.unary('sqrt', x),
});
