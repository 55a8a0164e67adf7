/** The outline of a spectrum in a few numbers. */
import { order, printDim } from '../../shapes/dim.ts';
import { dimOf } from '../checked.ts';
import { model } from '../define.ts';
import { input, num } from '../planned.ts';
import { atSetting, isRefusal, refuse } from '../refuse.ts';
import { melFrames, melNamed, melSettings, melSpectrum } from '../rules/mel.ts';
import { sized } from '../rules/sizes.ts';
import { waveInput } from '../rules/spectrum.ts';
import { made } from '../rules/types.ts';
import { integer } from '../settings.ts';

export const MFCC = model('MFCC', {
  doc: 'The outline of the spectrum of each frame in a few numbers: the cosine transform of the logarithm of a `MelSpectrogram` (with 1e-6 added, so that silence is no trouble), of which the first `coefficients` are kept.',
  source: 'TensorFlow `tf.signal.mfccs_from_log_mel_spectrograms`',
  examples: ['wave -> MFCC(256, 128, 20, rate: 8_000)', 'wave -> MFCC(400, 160, 40, 20, rate: 16_000)'],
  inputs: waveInput,
  settings: {
    ...melSettings,
    coefficients: integer('How many numbers are kept.', { min: 1, default: 13 }),
    ...melNamed,
  },
  result(inputs, settings, context) {
    const found = melFrames('MFCC', inputs, settings, context);
    if (isRefusal(found)) return found;
    const [bands, kept] = [dimOf(settings, 'bands'), dimOf(settings, 'coefficients')];
    if (order(kept, bands) === 'greater') {
      const values = { coefficients: printDim(kept), bands: printDim(bands) };
      return refuse('argument/coefficients', values, { at: atSetting('coefficients') });
    }
    const shape = found.frames && [...found.frames, sized(context, kept, 'coefficients', 'MFCC')];
    return [made('float32', shape, [found.x])];
  },
  lower(b, inputs, _weights, settings) {
    const [bands, kept] = [num(settings, 'bands'), num(settings, 'coefficients')];
    const bandsOver = melSpectrum(b, input(inputs, 'x'), settings);
    const logs = b.unary('log', b.binary('add', bandsOver, b.scalar(1e-6)));
    return b.dense(logs, b.constant(cosines(bands, kept), [bands, kept]));
  },
});

/** The cosine transform of the second kind, scaled by 1 / √(2 · bands) after its factor 2. */
function cosines(bands: number, kept: number): number[] {
  return Array.from({ length: bands * kept }, (_, i) => {
    const [band, k] = [Math.floor(i / kept), i % kept];
    return (2 / Math.sqrt(2 * bands)) * Math.cos((Math.PI * k * (2 * band + 1)) / (2 * bands));
  });
}
