/** The largest number in each window of a sequence. */
import { model } from '../define.ts';
import { input } from '../planned.ts';
import { inputDoc } from '../rules/convolution.ts';
import { asImage, asSequence } from '../rules/sequence.ts';
import { sequencePoolSettings, sequencePoolType, sequencePoolWindow } from '../rules/sequence-pool.ts';

export const MaxPool1D = model('MaxPool1D', {
  doc: 'Keeps the largest number of each window, feature by feature: the sequence gets shorter.',
  source: 'Keras 3 `keras.layers.MaxPooling1D`, PyTorch `MaxPool1d` (number padding, `ceil`)',
  examples: ['sequence -> MaxPool1D(2)', 'sequence -> MaxPool1D(3, stride: 2, padding: same)'],
  inputs: [{ name: 'x', doc: inputDoc(1), dtype: 'number' }],
  settings: sequencePoolSettings,
  result: (inputs, settings, context) => sequencePoolType('MaxPool1D', inputs, settings, context, 'same'),
  lower(b, inputs, _weights, settings) {
    const x = input(inputs, 'x');
    return asSequence(b, b.maxPool2d(asImage(b, x), sequencePoolWindow(x, settings)));
  },
});
