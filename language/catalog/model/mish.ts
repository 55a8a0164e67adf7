/** `x · tanh(softplus(x))`. */
import { elementwise } from '../rules/elementwise.ts';

export const mish = elementwise('mish', {
  doc: 'Like `silu`, a little smoother.',
  source: 'Keras 3 `keras.activations.mish`; Misra (2019)',
  examples: ['features -> mish', 'features -> Dense(8, mish)'],
  activation: true,
  apply: (b, x) => b.binary('multiply', x, b.unary('tanh', b.unary('softplus', x))),
});
