/** The mean of each window of an image. */
import { model } from '../define.ts';
import { flagged, input } from '../planned.ts';
import { poolSettings, poolType, poolWindow } from '../rules/pool.ts';
import { flag } from '../settings.ts';

export const AvgPool2D = model('AvgPool2D', {
  doc: 'Keeps the mean of each window, channel by channel. Cells outside the image do not count unless `countPadding`.',
  source: 'Keras 3 `keras.layers.AveragePooling2D`, PyTorch `AvgPool2d` (`countPadding`)',
  examples: ['image -> AvgPool2D(2)', 'image -> AvgPool2D(3, stride: 1, padding: same)'],
  inputs: [{ name: 'x', doc: 'An image `[height, width, channels]`.', dtype: 'number' }],
  settings: {
    ...poolSettings,
    countPadding: flag('Counts the cells of the padding as zeros.', false),
  },
  result: (inputs, settings, context) => poolType('AvgPool2D', inputs, settings, context, 'float32'),
  lower(b, inputs, _weights, settings) {
    const x = b.cast(input(inputs, 'x'), 'float32');
    return b.avgPool2d(x, { ...poolWindow(x, settings), countPadding: flagged(settings, 'countPadding') });
  },
});
