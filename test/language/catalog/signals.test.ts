/** Spectra against Keras' short-time transform, bands and cosine transform against Keras' and TensorFlow's formulas. */
import { expect, test } from 'vitest';
import type { Settings } from '../../../language/index.ts';
import { check } from '../check/check.ts';
import { apply, type Numbers, numbers, refusalOf, shapesOf, slope } from './apply.ts';
import { type Asked, askReference, batched, closeTo, missingReference } from './reference.ts';

const wave: Numbers = { shape: [1000], data: numbers(2000, 11) };

/** `spectrum(x, …)` by Keras, frames cut from the start. */
const stft = `
def spectrum(x, frame, step, fft, window, power):
    # Keras cuts frames as long as the transform, with the window in their middle.
    before = (fft - frame) // 2
    x = F.pad(x, (before, fft - frame - before))
    real, imag = keras.ops.stft(x, frame, step, fft, window=window, center=False)
    square = real ** 2 + imag ** 2
    return square if power else square.sqrt()
def bands(x, count, rate, low, high):
    layer = keras.layers.MelSpectrogram(num_mel_bins=count, sampling_rate=rate, min_freq=low, max_freq=high)
    matrix = layer.linear_to_mel_weight_matrix(count, x.shape[-1], rate, low, high, dtype="float64")
    return x @ matrix.double()
def cosines(x, kept):
    n = x.shape[-1]
    basis = torch.cos(torch.pi * torch.arange(kept) * (2 * torch.arange(n)[:, None] + 1) / (2 * n))
    return x @ basis * 2 / (2 * n) ** 0.5
`;

interface Case {
  readonly key: string;
  readonly settings: Settings;
  readonly code: string;
}

const cases: readonly Case[] = [
  { key: 'model/Spectrogram', settings: {}, code: 'spectrum(x, 256, 128, 256, "hann", False)' },
  { key: 'model/Spectrogram', settings: { frame: 255, step: 100 }, code: 'spectrum(x, 255, 100, 256, "hann", False)' },
  {
    key: 'model/Spectrogram',
    settings: { frame: 200, step: 64, fft: 512, window: 'hamming', mode: 'power' },
    code: 'spectrum(x, 200, 64, 512, "hamming", True)',
  },
  {
    key: 'model/Spectrogram',
    settings: { frame: 100, step: 99, fft: 101, window: 'ones' },
    code: 'spectrum(x, 100, 99, 101, None, False)',
  },
  {
    key: 'model/MelSpectrogram',
    settings: { frame: 256, step: 128, bands: 20, rate: 8000 },
    code: 'bands(spectrum(x, 256, 128, 256, "hann", True), 20, 8000, 20.0, 4000.0)',
  },
  {
    key: 'model/MelSpectrogram',
    settings: { frame: 200, step: 100, bands: 12, rate: 16000, low: 80, high: 7600, mode: 'magnitude' },
    code: 'bands(spectrum(x, 200, 100, 256, "hann", False), 12, 16000, 80.0, 7600.0)',
  },
  {
    key: 'model/MFCC',
    settings: { frame: 256, step: 128, bands: 20, coefficients: 13, rate: 8000 },
    code: 'cosines((bands(spectrum(x, 256, 128, 256, "hann", True), 20, 8000, 20.0, 4000.0) + 1e-6).log(), 13)',
  },
];

test('values and slopes as Keras has them', (context) => {
  if (missingReference !== undefined) context.skip(missingReference);
  const flat: Numbers = { ...wave, data: wave.data.slice(0, 1000), constant: true };
  const answers = askReference(
    cases.map(({ key, settings, code }): Asked => {
      const [shape = []] = shapesOf(key, { x: wave }, settings);
      const size = shape.reduce((a, b) => a * b, 1);
      return {
        code: `${stft}\nresult = ${code}\nresult = result * slope`,
        given: { x: batched(wave), slope: { shape, data: slope(size) } },
        slopes: ['x'],
      };
    }),
  );
  cases.forEach(({ key, settings }, i) => {
    const what = `${key} ${JSON.stringify(settings)}`;
    const ran = apply(key, { x: wave }, { settings });
    const factors = slope(ran.outputs[0]!.length / 2);
    closeTo(
      ran.outputs[0]!.map((value, k) => value * factors[k % factors.length]!),
      answers[i]!.value,
      what,
    );
    const alone = apply(key, { x: flat }, { settings });
    closeTo(alone.gradients['in/x']!, answers[i]!.slopes.x!.slice(0, 1000), `slope of ${what}`);
  });
});

test('the cosine transform is that of a mirrored signal, scaled as TensorFlow scales it', (context) => {
  if (missingReference !== undefined) context.skip(missingReference);
  const code = `${stft}
mirrored = np.fft.fft(np.concatenate([x.numpy(), x.numpy()[:, ::-1]], 1))[:, :20]
result = (mirrored * np.exp(-1j * np.pi * np.arange(20) / 40)).real / np.sqrt(40) - cosines(x, 20).numpy()`;
  const [answer] = askReference([{ code, given: { x: { shape: [4, 20], data: numbers(80, 5) } } }]);
  closeTo(
    answer!.value,
    answer!.value.map(() => 0),
    'difference',
    1e-9,
  );
});

test('silence has a value and no slope', () => {
  const silent: Numbers = { shape: [300], data: new Array<number>(300).fill(0), constant: true };
  const ran = apply('model/Spectrogram', { x: silent });
  expect(ran.outputs[0]!.every((value) => value === 0)).toBe(true);
  expect(ran.gradients['in/x']!.every((value) => value === 0)).toBe(true);
});

test('sizes', () => {
  expect(shapesOf('model/Spectrogram', { x: { shape: [16000], data: [] } }, { frame: 255, step: 128 })).toEqual([
    [124, 129],
  ]);
  expect(shapesOf('model/Spectrogram', { x: { shape: [3, 256], data: [] } })).toEqual([[3, 1, 129]]);
  const settings = { frame: 400, step: 160, bands: 40, coefficients: 20, rate: 16000 };
  expect(shapesOf('model/MFCC', { x: { shape: [2, 16000], data: [] } }, settings)).toEqual([[2, 98, 20]]);
  const refused = (key: string, more: Settings) => refusalOf(`model/${key}`, { x: wave }, more).message.key;
  expect(refused('Spectrogram', { frame: 1001 })).toBe('shape/frame');
  expect(refused('Spectrogram', { frame: 256, fft: 128 })).toBe('argument/fft');
  expect(refused('MelSpectrogram', { frame: 256, step: 128, rate: 8000, high: 5000 })).toBe('argument/bands');
  expect(refused('MFCC', { frame: 256, step: 128, bands: 10, coefficients: 11, rate: 8000 })).toBe(
    'argument/coefficients',
  );
});

test('symbolic sounds, and the logarithm of silence', () =>
  check(`
    block Heard(N: int) {
      input wave: float32[N]
      sound: [(N - 255) // 128 + 1, 129] = wave -> Spectrogram(255, 128)
      quiet = log(sound + 1e-6)
      output loud = log(sound -> expand)
                        ^^^^^^^^^^^^^^^ warning type/log-of-spectrum: A spectrum is 0 where there is silence, and the logarithm of 0 is minus infinity: add a little first, \`log(x + 1e-6)\`.
      output still = quiet
    }
    model M {
      input wave: float32[200]
      output y = wave -> Spectrogram(255, 128)
                                     ^^^ shape/frame: \`Spectrogram\` looks at 255 moments at a time, but the sound has only 200: no frame fits.
    }
  `));
