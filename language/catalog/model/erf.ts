/** Error function. */
import { elementwise } from '../rules/elementwise.ts';

export const erf = elementwise('erf', {
  doc: 'The error function of each number.',
  source: 'Keras 3 `keras.ops.erf`',
  examples: ['features -> erf', 'erf(features)'],
  apply: (b, x) => b.unary('erf', x),
});
