/** The mean of each feature over the whole sequence. */
import { globalPool } from '../rules/global-pool.ts';

export const GlobalAvgPool1D = globalPool('GlobalAvgPool1D', {
  doc: 'The mean of each feature over the whole sequence: a sequence becomes one number a feature.',
  source: 'Keras 3 `keras.layers.GlobalAveragePooling1D`',
  examples: ['sequence -> GlobalAvgPool1D', 'sequence -> GlobalAvgPool1D(keep: true)'],
  axes: 1,
  keeps: 'mean',
});
