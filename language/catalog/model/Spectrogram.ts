/** What frequencies a sound has, over time. */
import { model } from '../define.ts';
import { input } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { binsOf, frameSettings, framesOf, spectrum, transformSettings, waveInput } from '../rules/spectrum.ts';
import { made } from '../rules/types.ts';

export const Spectrogram = model('Spectrogram', {
  doc: 'How strong each frequency is in each of the overlapping frames of a sound: `[n] -> [(n − frame) // step + 1, fft // 2 + 1]`. Silence gives 0, so take the `log` of it only with something added (`log(x + 1e-6)`).',
  source: 'Keras 3 `keras.ops.stft` and TensorFlow `tf.signal.stft` without centring, then the absolute value',
  examples: ['wave -> Spectrogram', 'wave -> Spectrogram(255, 100)', 'wave -> Spectrogram(200, fft: 512, mode: power)'],
  inputs: waveInput,
  settings: { ...frameSettings(256, 128), ...transformSettings('magnitude') },
  result(inputs, settings, context) {
    const found = framesOf('Spectrogram', inputs, settings, context);
    if (isRefusal(found)) return found;
    const { x, frames } = found;
    const shape = frames && [...frames, binsOf(settings, context, 'Spectrogram')];
    return [made('float32', shape, [x], { spectrum: true })];
  },
  lower: (b, inputs, _weights, settings) => spectrum(b, input(inputs, 'x'), settings),
});
