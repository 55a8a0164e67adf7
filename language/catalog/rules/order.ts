/** Numbers put in order along an axis, and the numbers at places along one. */
import type { Builder, Value } from '../builder.ts';
import { volume } from './loss.ts';

/** The axis at the end of the others, or back from there. */
export function atEnd(b: Builder, x: Value, axis: number): Value {
  const others = x.shape.flatMap((_, index) => (index === axis ? [] : [index]));
  return axis === x.shape.length - 1 ? x : b.transpose(x, [...others, axis]);
}

export function fromEnd(b: Builder, x: Value, axis: number): Value {
  const last = x.shape.length - 1;
  if (axis === last) return x;
  return b.transpose(
    x,
    [...x.shape.keys()].map((index) => (index < axis ? index : index === axis ? last : index - 1)),
  );
}

/** From the last axis of `x` the numbers at `places`: x [..., n], places int32[..., k] → [..., k]. */
export function takeLast(b: Builder, x: Value, places: Value): Value {
  const leading = x.shape.slice(0, -1);
  const size = x.shape.at(-1) ?? 1;
  const rows = volume(leading);
  const starts = b.constant(
    Array.from({ length: rows }, (_, row) => row * size),
    [...leading, 1],
    'int32',
  );
  return b.gather(b.reshape(x, [rows * size]), b.binary('add', places, starts));
}
