/** The largest number in each window of a volume. */
import { input } from '../planned.ts';
import { poolVolume } from '../rules/volume.ts';
import { volumePool } from '../rules/volume-pool.ts';

export const MaxPool3D = volumePool('MaxPool3D', {
  doc: 'Keeps the largest number of each window, channel by channel: the volume gets smaller.',
  source: 'Keras 3 `keras.layers.MaxPooling3D`, PyTorch `MaxPool3d` (number padding, `ceil`)',
  examples: ['volume -> MaxPool3D(2)', 'volume -> MaxPool3D((1, 3, 3), stride: 2, padding: same)'],
  dtype: 'same',
  lower: (b, inputs, _weights, settings) => poolVolume(b, input(inputs, 'x'), settings, { keeps: 'max' }),
});
