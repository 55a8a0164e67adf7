/** `log(1 + eˣ)`. */
import { elementwise } from '../rules/elementwise.ts';

export const softplus = elementwise('softplus', {
  doc: 'A smooth `relu`.',
  source: 'Keras 3 `keras.activations.softplus`',
  examples: ['features -> softplus', 'features -> Dense(8, softplus)'],
  activation: true,
  apply: (b, x) => b.unary('softplus', x),
});
