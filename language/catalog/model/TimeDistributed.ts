/** One layer at every step of a sequence. Written out by the checker. */
import { combinator } from '../define.ts';

export const TimeDistributed = combinator('TimeDistributed', {
  doc: 'Applies what stands in the braces to each step of a sequence, always with the same weights, and puts the results beside each other again. `Dense` and functions do so by themselves; it is for layers that take a whole image or a whole sequence at each step.',
  source: 'Keras 3 `keras.layers.TimeDistributed`',
  examples: [
    'sequence -> expand -> TimeDistributed { LSTM(4) }',
    'sequence -> TimeDistributed { Dense(4, relu) -> Dense(2) }',
  ],
  settings: {},
});
