/** The largest number in each window of an image. */
import { model } from '../define.ts';
import { input } from '../planned.ts';
import { poolSettings, poolType, poolWindow } from '../rules/pool.ts';

export const MaxPool2D = model('MaxPool2D', {
  doc: 'Keeps the largest number of each window, channel by channel: the image gets smaller.',
  source: 'Keras 3 `keras.layers.MaxPooling2D`, PyTorch `MaxPool2d` (number padding, `ceil`)',
  examples: ['image -> MaxPool2D(2)', 'image -> MaxPool2D(3, stride: 2, padding: same)'],
  inputs: [{ name: 'x', doc: 'An image `[height, width, channels]`.', dtype: 'number' }],
  settings: poolSettings,
  result: (inputs, settings, context) => poolType('MaxPool2D', inputs, settings, context, 'same'),
  lower(b, inputs, _weights, settings) {
    const x = input(inputs, 'x');
    return b.maxPool2d(x, poolWindow(x, settings));
  },
});
