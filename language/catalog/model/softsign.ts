/** `x / (1 + |x|)`. */
import { elementwise } from '../rules/elementwise.ts';

export const softsign = elementwise('softsign', {
  doc: 'Turns any number into one between −1 and 1, more gently than `tanh`.',
  source: 'Keras 3 `keras.activations.softsign`',
  examples: ['features -> softsign', 'features -> Dense(8, softsign)'],
  activation: true,
  apply: (b, x) => b.binary('divide', x, b.binary('add', b.unary('abs', x), b.scalar(1))),
});
