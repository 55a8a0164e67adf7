/** The largest number of each channel of the whole volume. */
import { globalPool } from '../rules/global-pool.ts';

export const GlobalMaxPool3D = globalPool('GlobalMaxPool3D', {
  doc: 'The largest number of each channel of the whole volume: a volume becomes one number a channel.',
  source: 'Keras 3 `keras.layers.GlobalMaxPooling3D`',
  examples: ['volume -> GlobalMaxPool3D', 'volume -> GlobalMaxPool3D(keep: true)'],
  axes: 3,
  keeps: 'max',
});
