/** An image made larger, a whole number of times. */
import { upSample } from '../rules/upsample.ts';

export const UpSample2D = upSample('UpSample2D', 2, {
  doc: 'Makes the image larger by repeating each place, or by drawing straight lines between them.',
  source: 'Keras 3 `keras.layers.UpSampling2D`',
  examples: ['image -> UpSample2D', 'image -> UpSample2D((2, 3), method: bilinear)'],
});
