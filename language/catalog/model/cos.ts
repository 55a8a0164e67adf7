/** Cosine. */
import { elementwise } from '../rules/elementwise.ts';

export const cos = elementwise('cos', {
  doc: 'The cosine of each number, in radians.',
  source: 'NumPy `cos`, Keras 3 `keras.ops.cos`',
  examples: ['features -> cos', 'cos(features)'],
  apply: (b, x) => b.unary('cos', x),
});
