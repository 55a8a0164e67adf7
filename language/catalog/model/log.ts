/** Natural logarithm. */
import { elementwise } from '../rules/elementwise.ts';

export const log = elementwise('log', {
  doc: 'The natural logarithm of each number; not a number below 0, minus infinity at 0.',
  source: 'NumPy `log`, Keras 3 `keras.ops.log`',
  examples: ['features -> exp -> log', 'log(exp(features))'],
  apply: (b, x) => b.unary('log', x),
});
