/** Brings updated weights back within their limits, in place: first none below 0, then none too long. */
import { shortestDivisor, type WeightLimit } from '../../../compiler/index.ts';

export function limitWeights(limits: readonly WeightLimit[], weights: ReadonlyMap<string, Float32Array>): void {
  for (const limit of limits) {
    const values = weights.get(limit.path);
    if (values === undefined) continue;
    if (limit.nonNegative) for (let i = 0; i < values.length; i++) values[i] = Math.max(values[i] ?? 0, 0);
    if (limit.maxNorm !== undefined) shorten(values, limit, limit.maxNorm);
  }
}

function shorten(values: Float32Array, { shape, units }: WeightLimit, most: number): void {
  const unitOf = unitOfPlace(shape, units);
  const squares = new Float64Array(units.reduce((count, axis) => count * (shape[axis] ?? 1), 1));
  values.forEach((value, i) => {
    const unit = unitOf(i);
    squares[unit] = (squares[unit] ?? 0) + value * value;
  });
  const factors = squares.map((square) => {
    const length = Math.sqrt(square);
    return Math.min(length, most) / (length + shortestDivisor);
  });
  for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) * (factors[unitOf(i)] ?? 1);
}

/** Which unit a number belongs to, by its place in the array. */
function unitOfPlace(shape: readonly number[], units: readonly number[]): (place: number) => number {
  const last = shape.length - 1;
  const count = shape[last] ?? 1;
  if (units.length === 0) return () => 0;
  if (units.length === 1 && units[0] === last) return (place) => place % count;
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, n) => product * n, 1));
  return (place) =>
    units.reduce((index, axis) => {
      const size = shape[axis] ?? 1;
      return index * size + (Math.floor(place / (strides[axis] ?? 1)) % size);
    }, 0);
}
