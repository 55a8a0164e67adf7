/** The mean of each window of a sequence. */
import { model } from '../define.ts';
import { flagged, input } from '../planned.ts';
import { inputDoc } from '../rules/convolution.ts';
import { asImage, asSequence } from '../rules/sequence.ts';
import { sequencePoolSettings, sequencePoolType, sequencePoolWindow } from '../rules/sequence-pool.ts';
import { flag } from '../settings.ts';

export const AvgPool1D = model('AvgPool1D', {
  doc: 'Keeps the mean of each window, feature by feature. Steps outside the sequence do not count unless `countPadding`.',
  source: 'Keras 3 `keras.layers.AveragePooling1D`, PyTorch `AvgPool1d` (`countPadding`)',
  examples: ['sequence -> AvgPool1D(2)', 'sequence -> AvgPool1D(3, stride: 1, padding: same)'],
  inputs: [{ name: 'x', doc: inputDoc(1), dtype: 'number' }],
  settings: {
    ...sequencePoolSettings,
    countPadding: flag('Counts the steps of the padding as zeros.', false),
  },
  result: (inputs, settings, context) => sequencePoolType('AvgPool1D', inputs, settings, context, 'float32'),
  lower(b, inputs, _weights, settings) {
    const x = b.cast(input(inputs, 'x'), 'float32');
    const window = { ...sequencePoolWindow(x, settings), countPadding: flagged(settings, 'countPadding') };
    return asSequence(b, b.avgPool2d(asImage(b, x), window));
  },
});
