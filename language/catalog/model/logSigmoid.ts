/** `log(sigmoid(x))`. */
import { elementwise } from '../rules/elementwise.ts';

export const logSigmoid = elementwise('logSigmoid', {
  doc: 'The log of `sigmoid`, stable for large numbers.',
  source: 'Keras 3 `keras.activations.log_sigmoid`',
  examples: ['features -> logSigmoid', 'features -> Dense(8, logSigmoid)'],
  activation: true,
  apply: (b, x) => b.unary('negate', b.unary('softplus', b.unary('negate', x))),
});
