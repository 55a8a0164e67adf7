/** A spectrogram in bands as ears tell frequencies apart. */
import { printDim } from '../../shapes/dim.ts';
import { dimOf } from '../checked.ts';
import { model } from '../define.ts';
import { input } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { melFrames, melNamed, melSettings, melSpectrum } from '../rules/mel.ts';
import { waveInput } from '../rules/spectrum.ts';
import { made } from '../rules/types.ts';

export const MelSpectrogram = model('MelSpectrogram', {
  doc: 'A `Spectrogram` whose frequencies are put together in bands, narrow below and wide above, as ears tell them apart (the mel scale). Silence gives 0, so take the `log` of it only with something added (`log(x + 1e-6)`).',
  source:
    'Keras 3 `keras.layers.MelSpectrogram` and TensorFlow `tf.signal.linear_to_mel_weight_matrix` (HTK formula), without centring and decibels',
  examples: [
    'wave -> MelSpectrogram(256, 128, 20, rate: 8_000)',
    'wave -> MelSpectrogram(200, 100, rate: 16_000, low: 80, high: 7_600)',
  ],
  inputs: waveInput,
  settings: { ...melSettings, ...melNamed },
  result(inputs, settings, context) {
    const found = melFrames('MelSpectrogram', inputs, settings, context);
    if (isRefusal(found)) return found;
    const bands = dimOf(settings, 'bands');
    const values = { size: printDim(bands), setting: 'bands', callee: 'MelSpectrogram' };
    const shape = found.frames && [...found.frames, context.because(bands, { key: 'why/setting', values }, [bands])];
    return [made('float32', shape, [found.x], { spectrum: true })];
  },
  lower: (b, inputs, _weights, settings) => melSpectrum(b, input(inputs, 'x'), settings),
});
