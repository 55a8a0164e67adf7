/** A spectrogram as pixels: time from left to right, frequencies from the bottom, loudness in decibels as light. Pure. */

const WINDOW = 256;
/** Decibels below the loudest that are still seen. */
const DEPTH = 70;

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity of each. */
  readonly pixels: Uint8ClampedArray;
}

/** By Hann windows of 256 samples. */
export function spectrogram(samples: Float32Array, width: number, height: number): Pixels {
  const bins = WINDOW / 2;
  const power = new Float32Array(width * bins);
  const real = new Float32Array(WINDOW);
  const imaginary = new Float32Array(WINDOW);
  let loudest = 1e-12;
  for (let column = 0; column < width; column++) {
    const start = Math.round((column / Math.max(1, width - 1)) * Math.max(0, samples.length - WINDOW));
    for (let i = 0; i < WINDOW; i++) {
      real[i] = (samples[start + i] ?? 0) * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / WINDOW));
      imaginary[i] = 0;
    }
    transform(real, imaginary);
    for (let bin = 0; bin < bins; bin++) {
      const value = (real[bin] ?? 0) ** 2 + (imaginary[bin] ?? 0) ** 2;
      power[column * bins + bin] = value;
      loudest = Math.max(loudest, value);
    }
  }
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    const bin = Math.min(bins - 1, Math.floor(((height - 1 - y) / height) * bins));
    for (let x = 0; x < width; x++) {
      const decibels = 10 * Math.log10((power[x * bins + bin] ?? 0) / loudest + 1e-12);
      const light = Math.max(0, 1 + decibels / DEPTH);
      const at = 4 * (y * width + x);
      pixels[at] = 255 * light ** 1.2;
      pixels[at + 1] = 255 * light ** 2.2;
      pixels[at + 2] = 90 * Math.sin(Math.PI * light) + 165 * light ** 5;
      pixels[at + 3] = 255;
    }
  }
  return { width, height, pixels };
}

/** The fast Fourier transform in place (Cooley and Tukey); the length is a power of two. */
export function transform(real: Float32Array, imaginary: Float32Array): void {
  const length = real.length;
  for (let i = 1, j = 0; i < length; i++) {
    let bit = length >> 1;
    for (; (j & bit) !== 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [real[i], real[j]] = [real[j] ?? 0, real[i] ?? 0];
      [imaginary[i], imaginary[j]] = [imaginary[j] ?? 0, imaginary[i] ?? 0];
    }
  }
  for (let size = 2; size <= length; size *= 2) {
    const angle = (-2 * Math.PI) / size;
    for (let start = 0; start < length; start += size) {
      for (let k = 0; k < size / 2; k++) {
        const [cos, sin] = [Math.cos(angle * k), Math.sin(angle * k)];
        const [even, odd] = [start + k, start + k + size / 2];
        const re = (real[odd] ?? 0) * cos - (imaginary[odd] ?? 0) * sin;
        const im = (real[odd] ?? 0) * sin + (imaginary[odd] ?? 0) * cos;
        real[odd] = (real[even] ?? 0) - re;
        imaginary[odd] = (imaginary[even] ?? 0) - im;
        real[even] = (real[even] ?? 0) + re;
        imaginary[even] = (imaginary[even] ?? 0) + im;
      }
    }
  }
}
