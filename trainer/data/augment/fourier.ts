/** The fast Fourier transform of a power of two many complex numbers, in place (Cooley and Tukey). */

export interface Fourier {
  readonly size: number;
  forward(real: Float64Array, imaginary: Float64Array): void;
  /** Divided by the size, so that it undoes `forward`. */
  inverse(real: Float64Array, imaginary: Float64Array): void;
}

export function fourier(size: number): Fourier {
  const cos = Float64Array.from({ length: size / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / size));
  const sin = Float64Array.from({ length: size / 2 }, (_, i) => Math.sin((2 * Math.PI * i) / size));
  const bits = Math.log2(size);
  const order = Uint32Array.from({ length: size }, (_, i) => {
    let reversed = 0;
    for (let bit = 0; bit < bits; bit++) reversed |= ((i >> bit) & 1) << (bits - 1 - bit);
    return reversed;
  });

  const run = (real: Float64Array, imaginary: Float64Array, sign: 1 | -1): void => {
    for (let i = 0; i < size; i++) {
      const j = order[i] ?? 0;
      if (j <= i) continue;
      const [a, b] = [real[i] ?? 0, imaginary[i] ?? 0];
      real[i] = real[j] ?? 0;
      imaginary[i] = imaginary[j] ?? 0;
      real[j] = a;
      imaginary[j] = b;
    }
    for (let half = 1; half < size; half *= 2) {
      const step = size / (2 * half);
      for (let start = 0; start < size; start += 2 * half) {
        for (let k = 0; k < half; k++) {
          const c = cos[k * step] ?? 0;
          const s = sign * (sin[k * step] ?? 0);
          const [i, j] = [start + k, start + k + half];
          const a = (real[j] ?? 0) * c - (imaginary[j] ?? 0) * s;
          const b = (real[j] ?? 0) * s + (imaginary[j] ?? 0) * c;
          real[j] = (real[i] ?? 0) - a;
          imaginary[j] = (imaginary[i] ?? 0) - b;
          real[i] = (real[i] ?? 0) + a;
          imaginary[i] = (imaginary[i] ?? 0) + b;
        }
      }
    }
  };

  return {
    size,
    forward: (real, imaginary) => run(real, imaginary, -1),
    inverse(real, imaginary) {
      run(real, imaginary, 1);
      for (let i = 0; i < size; i++) {
        real[i] = (real[i] ?? 0) / size;
        imaginary[i] = (imaginary[i] ?? 0) / size;
      }
    },
  };
}
