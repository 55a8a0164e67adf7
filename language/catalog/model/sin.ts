/** Sine. */
import { elementwise } from '../rules/elementwise.ts';

export const sin = elementwise('sin', {
  doc: 'The sine of each number, in radians.',
  source: 'NumPy `sin`, Keras 3 `keras.ops.sin`',
  examples: ['features -> sin', 'sin(features)'],
  apply: (b, x) => b.unary('sin', x),
});
