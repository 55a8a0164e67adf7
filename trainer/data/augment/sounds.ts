/** Augmentations of sounds: `stretch` by a phase vocoder, `pitch` by the same and another reading speed. */
import type { Settings } from '../../../language/index.ts';
import type { Numbers } from '../values.ts';
import { type Fourier, fourier } from './fourier.ts';
import type { Change } from './moves.ts';
import { numberAt, rangeAt } from './settings.ts';

/** Samples of a frame at most: 32 ms at 16,000 a second. */
const FRAME = 512;

/** Faster or slower at the same pitch; cut off behind or filled with 0. */
export function stretch(settings: Settings): Change {
  const [low, high] = rangeAt(settings, 'range');
  return (canvas, chance) => {
    const speed = chance.between(low, high);
    const data = canvas.pixels();
    const played = stretched(data, speed);
    data.fill(0);
    data.set(played.subarray(0, data.length));
  };
}

/** Higher or lower at the same speed: slower by as much as it is then read faster. */
export function pitch(settings: Settings): Change {
  const most = numberAt(settings, 'semitones');
  return (canvas, chance) => {
    const factor = 2 ** (chance.between(-most, most) / 12);
    const data = canvas.pixels();
    readFaster(stretched(data, 1 / factor), factor, data);
  };
}

/**
 * A sound at another speed: frames of its spectrum at other times, each with the phase that its frequency has reached by
 * then (Flanagan and Golden, 1966; Dolson, 1986).
 */
export function stretched(sound: Numbers, speed: number): Float64Array {
  const length = Math.round(sound.length / speed);
  let size = FRAME;
  while (size > 8 && size > sound.length) size /= 2;
  const vocoder = { transform: fourier(size), window: hann(size), hop: size / 4 };
  const frames = 1 + Math.floor(sound.length / vocoder.hop);
  const result = new Float64Array(length + 2 * size);
  const weights = new Float64Array(result.length);
  const bins = size / 2 + 1;
  const phase = new Float64Array(bins);
  let held = Number.NaN;
  let before = spectrum(sound, 0, vocoder);
  let after = before;
  for (let frame = 0; frame * speed < frames; frame++) {
    const at = Math.floor(frame * speed);
    if (at !== held) {
      before = at === held + 1 ? after : spectrum(sound, at, vocoder);
      after = spectrum(sound, at + 1, vocoder);
      held = at;
    }
    if (frame === 0) phase.set(before.angle);
    const start = frame * vocoder.hop;
    if (start + size > result.length) break;
    addFrame(result, weights, start, before, after, frame * speed - at, phase, vocoder);
    for (let bin = 0; bin < bins; bin++) {
      const expected = (2 * Math.PI * vocoder.hop * bin) / size;
      const away = (after.angle[bin] ?? 0) - (before.angle[bin] ?? 0) - expected;
      phase[bin] = (phase[bin] ?? 0) + expected + away - 2 * Math.PI * Math.round(away / (2 * Math.PI));
    }
  }
  // Frames have their middle where they belong.
  const played = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const weight = weights[i + size / 2] ?? 0;
    played[i] = weight > 1e-8 ? (result[i + size / 2] ?? 0) / weight : 0;
  }
  return played;
}

interface Vocoder {
  readonly transform: Fourier;
  readonly window: Float64Array;
  readonly hop: number;
}

interface Spectrum {
  readonly size: Float64Array;
  readonly angle: Float64Array;
}

function hann(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size));
}

/** Of the frame whose middle is at `number` hops; what lies outside of the sound is 0. */
function spectrum(sound: Numbers, number: number, { transform, window, hop }: Vocoder): Spectrum {
  const start = number * hop - transform.size / 2;
  const real = new Float64Array(transform.size);
  const imaginary = new Float64Array(transform.size);
  for (let i = 0; i < transform.size; i++) real[i] = (sound[start + i] ?? 0) * (window[i] ?? 0);
  transform.forward(real, imaginary);
  const bins = transform.size / 2 + 1;
  return {
    size: Float64Array.from({ length: bins }, (_, bin) =>
      Math.sqrt((real[bin] ?? 0) ** 2 + (imaginary[bin] ?? 0) ** 2),
    ),
    angle: Float64Array.from({ length: bins }, (_, bin) => Math.atan2(imaginary[bin] ?? 0, real[bin] ?? 0)),
  };
}

/** Adds a frame between two spectra to the result. */
function addFrame(
  result: Float64Array,
  weights: Float64Array,
  start: number,
  before: Spectrum,
  after: Spectrum,
  share: number,
  phase: Float64Array,
  { transform, window }: Vocoder,
): void {
  const { size } = transform;
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  for (let bin = 0; bin < phase.length; bin++) {
    const strength = (1 - share) * (before.size[bin] ?? 0) + share * (after.size[bin] ?? 0);
    const angle = phase[bin] ?? 0;
    real[bin] = strength * Math.cos(angle);
    imaginary[bin] = strength * Math.sin(angle);
    const twin = (size - bin) % size;
    if (twin === bin) imaginary[bin] = 0;
    else {
      real[twin] = real[bin] ?? 0;
      imaginary[twin] = -(imaginary[bin] ?? 0);
    }
  }
  imaginary[size / 2] = 0;
  transform.inverse(real, imaginary);
  for (let i = 0; i < size; i++) {
    const weight = window[i] ?? 0;
    result[start + i] = (result[start + i] ?? 0) + weight * (real[i] ?? 0);
    weights[start + i] = (weights[start + i] ?? 0) + weight * weight;
  }
}

/** Zero crossings of the window on either side, and numbers between two of them. */
const REACH = 8;
const FINE = 128;

let sinc: Float64Array | undefined;

/** A sinc in a Hann window, finely enough to be read between its numbers. */
function sincTable(): Float64Array {
  sinc ??= Float64Array.from({ length: REACH * FINE + 2 }, (_, i) => {
    const x = i / FINE;
    if (x >= REACH) return 0;
    const window = 0.5 + 0.5 * Math.cos((Math.PI * x) / REACH);
    return x === 0 ? 1 : (window * Math.sin(Math.PI * x)) / (Math.PI * x);
  });
  return sinc;
}

/** Reads a sound `factor` times as fast into `to`; what the new rate cannot hold is taken out. */
export function readFaster(from: Float64Array, factor: number, to: Numbers): void {
  const table = sincTable();
  const cut = Math.min(1, 1 / factor);
  const reach = REACH / cut;
  for (let i = 0; i < to.length; i++) {
    const middle = i * factor;
    let sum = 0;
    const last = Math.min(from.length - 1, Math.floor(middle + reach));
    for (let k = Math.max(0, Math.ceil(middle - reach)); k <= last; k++) {
      const place = Math.abs(k - middle) * cut * FINE;
      const whole = Math.floor(place);
      const low = table[whole] ?? 0;
      sum += (from[k] ?? 0) * (low + ((table[whole + 1] ?? 0) - low) * (place - whole));
    }
    to[i] = sum * cut;
  }
}
