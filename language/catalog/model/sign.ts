/** −1, 0 or 1. */
import { elementwise } from '../rules/elementwise.ts';

export const sign = elementwise('sign', {
  doc: '−1 for negative numbers, 1 for positive ones, 0 for 0.',
  source: 'NumPy `sign`, Keras 3 `keras.ops.sign`',
  examples: ['features -> sign', 'sign(features)'],
  whole: true,
  apply: (b, x) => b.unary('sign', x),
});
