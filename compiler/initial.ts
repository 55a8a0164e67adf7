/**
 * The numbers that weights start with. Each is hash(seed, weight path, index): adding a layer leaves the others alone, and
 * every engine starts with the same ones.
 */
import type { Draw } from '../language/index.ts';
import { stream } from './philox.ts';
import { at, sizeOf } from './program/tensor.ts';

/** Past this many deviations a truncated normal draws again. */
const truncation = 2;

export function initialValues(seed: number, path: string, shape: readonly number[], draw: Draw): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  switch (draw.kind) {
    case 'constant':
      return values.fill(draw.value);
    case 'uniform': {
      const source = stream(seed, 'initial', path);
      return values.map((_, i) => draw.low + (draw.high - draw.low) * source.uniform(i));
    }
    case 'normal':
      return normal(seed, path, values, draw);
    case 'orthogonal':
      return orthogonal(seed, path, shape, draw.gain);
    case 'identity': {
      const columns = at(shape, -1);
      return values.map((_, i) => (Math.floor(i / columns) === i % columns ? draw.gain : 0));
    }
    case 'blocks': {
      const columns = at(shape, -1);
      const block = columns / draw.values.length;
      return values.map((_, i) => at(draw.values, Math.floor((i % columns) / block)));
    }
  }
}

function normal(seed: number, path: string, values: Float32Array, draw: Draw & { kind: 'normal' }): Float32Array {
  const source = stream(seed, 'initial', path);
  // A number that is drawn again takes the place it would have in the next round of draws.
  const pick = (i: number): number => {
    for (let round = 0; round < 64; round++) {
      const value = round === 0 ? source.normal(i) : stream(seed, 'initial', path, round).normal(i);
      if (!draw.truncated || Math.abs(value) <= truncation) return value;
    }
    return 0;
  };
  return values.map((_, i) => draw.mean + draw.deviation * pick(i));
}

/** The orthogonal part of a random matrix [rows, columns], where all axes but the last make the rows (Saxe et al., 2013). */
function orthogonal(seed: number, path: string, shape: readonly number[], gain: number): Float32Array {
  const columns = at(shape, -1);
  const rows = sizeOf(shape) / columns;
  const [long, short] = [Math.max(rows, columns), Math.min(rows, columns)];
  const source = stream(seed, 'initial', path);
  // Gram and Schmidt, twice each for accuracy, on `short` vectors of length `long`.
  const vectors: Float64Array[] = [];
  for (let v = 0; v < short; v++) {
    const vector = Float64Array.from({ length: long }, (_, i) => source.normal(v * long + i));
    for (let pass = 0; pass < 2; pass++) for (const other of vectors) remove(vector, other);
    const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    vectors.push(vector.map((value) => value / length));
  }
  const values = new Float32Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      values[r * columns + c] = gain * (rows >= columns ? at(at(vectors, c), r) : at(at(vectors, r), c));
    }
  }
  return values;
}

/** Four sums side by side: one alone would wait for itself at every number. Large matrices make this the slowest part of a start. */
function remove(vector: Float64Array, direction: Float64Array): void {
  const { length } = vector;
  const even = length - (length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < even; i += 4) {
    a += (vector[i] ?? 0) * (direction[i] ?? 0);
    b += (vector[i + 1] ?? 0) * (direction[i + 1] ?? 0);
    c += (vector[i + 2] ?? 0) * (direction[i + 2] ?? 0);
    d += (vector[i + 3] ?? 0) * (direction[i + 3] ?? 0);
  }
  for (let i = even; i < length; i++) a += (vector[i] ?? 0) * (direction[i] ?? 0);
  const along = a + b + (c + d);
  for (let i = 0; i < length; i++) vector[i] = (vector[i] ?? 0) - along * (direction[i] ?? 0);
}
