/** The nearest whole number. */
import { elementwise } from '../rules/elementwise.ts';

export const round = elementwise('round', {
  doc: 'The nearest whole number, halves to the even one; the result stays decimal.',
  source: 'NumPy `round`, Keras 3 `keras.ops.round`',
  examples: ['features -> round', 'round(features)'],
  apply: (b, x) => b.unary('round', x),
});
