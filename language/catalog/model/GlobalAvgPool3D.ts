/** The mean of each channel over the whole volume. */
import { globalPool } from '../rules/global-pool.ts';

export const GlobalAvgPool3D = globalPool('GlobalAvgPool3D', {
  doc: 'The mean of each channel over the whole volume: a volume becomes one number a channel.',
  source: 'Keras 3 `keras.layers.GlobalAveragePooling3D`',
  examples: ['volume -> GlobalAvgPool3D', 'volume -> GlobalAvgPool3D(keep: true)'],
  axes: 3,
  keeps: 'mean',
});
