/** Rounded up. */
import { elementwise } from '../rules/elementwise.ts';

export const ceil = elementwise('ceil', {
  doc: 'The smallest whole number that is not below; the result stays decimal.',
  source: 'NumPy `ceil`, Keras 3 `keras.ops.ceil`',
  examples: ['features -> ceil', 'ceil(features)'],
  apply: (b, x) => b.unary('ceil', x),
});
