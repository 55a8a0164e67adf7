/** Rounded down. */
import { elementwise } from '../rules/elementwise.ts';

export const floor = elementwise('floor', {
  doc: 'The largest whole number that is not above; the result stays decimal.',
  source: 'NumPy `floor`, Keras 3 `keras.ops.floor`',
  examples: ['features -> floor', 'floor(features)'],
  apply: (b, x) => b.unary('floor', x),
});
