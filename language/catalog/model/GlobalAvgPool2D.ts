/** The mean of each channel over the whole image. */
import { globalPool } from '../rules/global-pool.ts';

export const GlobalAvgPool2D = globalPool('GlobalAvgPool2D', {
  doc: 'The mean of each channel over the whole image: an image becomes one number a channel.',
  source: 'Keras 3 `keras.layers.GlobalAveragePooling2D`',
  examples: ['image -> GlobalAvgPool2D', 'image -> GlobalAvgPool2D(keep: true)'],
  axes: 2,
  keeps: 'mean',
});
