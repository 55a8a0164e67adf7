/**
 * An axis brought to another length by a fixed matrix `[to, from]`: means of equal shares, or straight lines between places.
 * Places lie in the middle of their cells, as Keras and PyTorch (`align_corners=False`) have it.
 */
import type { Builder, Value } from '../builder.ts';

/** Which of `from` places belong to one of `to` shares, wholly or in part: from the first up to the end. */
export function share(from: number, to: number, place: number): readonly [number, number] {
  return [Math.floor((place * from) / to), Math.ceil(((place + 1) * from) / to)];
}

/** Rows that average the places of `from` that each of `to` shares covers, wholly or in part (PyTorch's adaptive pools). */
export function averaging(from: number, to: number): readonly number[] {
  return rows(from, to, (place) => {
    const [first, end] = share(from, to, place);
    return Array.from({ length: end - first }, (_, i) => [first + i, 1 / (end - first)] as const);
  });
}

/** Rows that lie on the straight line between the two nearest places; beyond the edge, its number is kept. */
export function interpolating(from: number, to: number): readonly number[] {
  return rows(from, to, (place) => {
    const at = Math.min(Math.max(((place + 0.5) * from) / to - 0.5, 0), from - 1);
    const low = Math.floor(at);
    const between = at - low;
    return between === 0
      ? [[low, 1] as const]
      : [[low, 1 - between] as const, [Math.min(low + 1, from - 1), between] as const];
  });
}

/** The nearest place of `from` for each of `to`. */
export function nearest(from: number, to: number): readonly number[] {
  return Array.from({ length: to }, (_, place) => Math.min(Math.floor(((place + 0.5) * from) / to), from - 1));
}

/** Places of an axis picked by constant numbers. A probability stays one: its scores are picked the same way. */
export function picked(b: Builder, x: Value, axis: number, places: readonly number[]): Value {
  if (places.length === x.shape[axis] && places.every((place, i) => place === i)) return x;
  if (isProbability(b, x)) {
    const single = (place: number) =>
      b.slice(
        x,
        x.shape.map((size, i) => (i === axis ? [place, place + 1, 1] : [0, size, 1])),
      );
    return b.concat(places.map(single), axis);
  }
  const index = b.constant(places, [places.length], 'int32');
  if (axis === 0) return b.gather(x, index);
  const order = x.shape.map((_, i) => (i === 0 ? axis : i === axis ? 0 : i));
  return b.transpose(b.gather(b.transpose(x, order), index), order);
}

/** An axis of size 1 made `times` long by copies. A probability stays one: its scores are copied the same way. */
export function copied(b: Builder, x: Value, axis: number, times: number): Value {
  if (times === 1) return x;
  if (isProbability(b, x)) {
    return b.concat(
      Array.from({ length: times }, () => x),
      axis,
    );
  }
  return b.broadcastTo(
    x,
    x.shape.map((size, i) => (i === axis ? times : size)),
  );
}

/** The builder carries scores through slices and joins, but not through lookups and stretching. */
function isProbability(b: Builder, x: Value): boolean {
  return b.logits(x, 'softmax') !== undefined || b.logits(x, 'sigmoid') !== undefined;
}

/** The first axes of `x` through one matrix each; `matrix` gives its rows. */
export function resampled(
  b: Builder,
  x: Value,
  sizes: readonly number[],
  matrix: (from: number, to: number) => readonly number[],
): Value {
  let y = x;
  for (const [axis, to] of sizes.entries()) {
    const from = y.shape[axis] ?? 1;
    if (from === to && matrix === interpolating) continue;
    const before = y.shape.slice(0, axis);
    const after = y.shape.slice(axis + 1);
    const columns = after.reduce((a, c) => a * c, 1);
    const laid = b.reshape(y, [...before, from, columns]);
    y = b.reshape(b.matmul(b.constant(matrix(from, to), [to, from]), laid), [...before, to, ...after]);
  }
  return y;
}

function rows(
  from: number,
  to: number,
  row: (place: number) => readonly (readonly [number, number])[],
): readonly number[] {
  const all = new Array<number>(from * to).fill(0);
  for (let place = 0; place < to; place++) {
    for (const [column, part] of row(place)) all[place * from + column] = (all[place * from + column] ?? 0) + part;
  }
  return all;
}
