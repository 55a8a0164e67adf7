/** Absolute value. */
import { elementwise } from '../rules/elementwise.ts';

export const abs = elementwise('abs', {
  doc: 'Each number without its sign.',
  source: 'NumPy `abs`, Keras 3 `keras.ops.abs`',
  examples: ['features -> abs', 'abs(features)'],
  whole: true,
  apply: (b, x) => b.unary('abs', x),
});
