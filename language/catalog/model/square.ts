/** `x²`. */
import { elementwise } from '../rules/elementwise.ts';

export const square = elementwise('square', {
  doc: 'Each number times itself.',
  source: 'NumPy `square`, Keras 3 `keras.ops.square`',
  examples: ['features -> square', 'square(features)'],
  whole: true,
  apply: (b, x) => b.unary('square', x),
});
