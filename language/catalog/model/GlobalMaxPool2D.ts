/** The largest number of each channel of the whole image. */
import { globalPool } from '../rules/global-pool.ts';

export const GlobalMaxPool2D = globalPool('GlobalMaxPool2D', {
  doc: 'The largest number of each channel of the whole image: an image becomes one number a channel.',
  source: 'Keras 3 `keras.layers.GlobalMaxPooling2D`',
  examples: ['image -> GlobalMaxPool2D', 'image -> GlobalMaxPool2D(keep: true)'],
  axes: 2,
  keeps: 'max',
});
