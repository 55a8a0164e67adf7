/** Two-dimensional convolution over an image `[height, width, channels]`. */
import { model } from '../define.ts';
import { convolutionOver } from '../rules/convolution-over.ts';

export const Conv2D = model('Conv2D', {
  doc: 'Slides `filters` learned windows over the image; each gives one channel of the result.',
  source: 'Keras 3 `keras.layers.Conv2D`; Dumoulin & Visin (2016) for the sizes',
  examples: ['image -> Conv2D(32, 3, relu)', 'image -> Conv2D(64, (1, 7), padding: same, bias: false)'],
  ...convolutionOver('Conv2D', 'image'),
});
