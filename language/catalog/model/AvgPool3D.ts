/** The mean of each window of a volume. */
import { flagged, input } from '../planned.ts';
import { poolVolume } from '../rules/volume.ts';
import { volumePool } from '../rules/volume-pool.ts';
import { flag } from '../settings.ts';

export const AvgPool3D = volumePool('AvgPool3D', {
  doc: 'Keeps the mean of each window, channel by channel. Cells outside the volume do not count unless `countPadding`.',
  source: 'Keras 3 `keras.layers.AveragePooling3D`, PyTorch `AvgPool3d` (`countPadding`)',
  examples: ['volume -> AvgPool3D(2)', 'volume -> AvgPool3D(3, stride: 1, padding: same)'],
  dtype: 'float32',
  more: { countPadding: flag('Counts the cells of the padding as zeros.', false) },
  lower(b, inputs, _weights, settings) {
    const x = b.cast(input(inputs, 'x'), 'float32');
    return poolVolume(b, x, settings, { keeps: 'mean', countPadding: flagged(settings, 'countPadding') });
  },
});
