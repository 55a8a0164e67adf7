/** The largest number of each feature of the whole sequence. */
import { globalPool } from '../rules/global-pool.ts';

export const GlobalMaxPool1D = globalPool('GlobalMaxPool1D', {
  doc: 'The largest number of each feature of the whole sequence: a sequence becomes one number a feature.',
  source: 'Keras 3 `keras.layers.GlobalMaxPooling1D`',
  examples: ['sequence -> GlobalMaxPool1D', 'sequence -> GlobalMaxPool1D(keep: true)'],
  axes: 1,
  keeps: 'max',
});
