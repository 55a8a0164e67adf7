/** `eˣ / Σ eˣ`. */
import { alongAxis } from '../rules/alongAxis.ts';

export const softmax = alongAxis('softmax', {
  doc: 'Turns scores into numbers between 0 and 1 that sum to 1. Its result counts as probabilities of classes.',
  source: 'Keras 3 `keras.activations.softmax`',
  examples: ['features -> softmax', 'sequence -> softmax(0)', 'features -> Dense(4, softmax)'],
  activation: true,
  facts: { mark: 'softmax' },
  apply: (b, x, axis) => b.softmax(x, axis),
});
