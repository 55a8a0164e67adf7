/** `x − log Σ eˣ`. */
import { alongAxis } from '../rules/alongAxis.ts';

export const logSoftmax = alongAxis('logSoftmax', {
  doc: 'The log of `softmax`, stable for large numbers.',
  source: 'Keras 3 `keras.activations.log_softmax`',
  examples: ['features -> logSoftmax', 'features -> Dense(4, logSoftmax)'],
  activation: true,
  apply: (b, x, axis) => b.logSoftmax(x, axis),
});
