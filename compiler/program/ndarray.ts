/** Plain arrays in float64 for the interpreter and for folding constants: clear before fast. Flags are 0 and 1. */
import { at, type DType, sizeOf, type TensorInfo } from './tensor.ts';

export interface NdArray extends TensorInfo {
  readonly data: Float64Array;
}

export function ndarray(dtype: DType, shape: readonly number[], data: ArrayLike<number>): NdArray {
  if (data.length !== sizeOf(shape)) throw new Error(`${data.length} numbers do not fill [${shape.join(', ')}].`);
  return { dtype, shape, data: Float64Array.from(data) };
}

/** Row-major strides. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let i = shape.length - 2; i >= 0; i--) strides[i] = at(strides, i + 1) * at(shape, i + 1);
  return strides;
}

/** Strides with which an array of `shape` is read as if it had been stretched to `target`. */
export function broadcastStrides(shape: readonly number[], target: readonly number[]): number[] {
  const own = stridesOf(shape);
  return target.map((_, i) => {
    const axis = i - (target.length - shape.length);
    return axis < 0 || at(shape, axis) === 1 ? 0 : at(own, axis);
  });
}

/** Calls `visit(position, offsets)` for each place of `shape`, with the offset of each operand kept by its strides. */
export function walk(
  shape: readonly number[],
  strides: readonly (readonly number[])[],
  visit: (position: number, offsets: readonly number[]) => void,
): void {
  const n = sizeOf(shape);
  const index = new Array<number>(shape.length).fill(0);
  const offsets = new Array<number>(strides.length).fill(0);
  for (let position = 0; position < n; position++) {
    visit(position, offsets);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = at(index, axis) + 1;
      const wraps = next === at(shape, axis);
      const move = wraps ? 1 - next : 1;
      index[axis] = wraps ? 0 : next;
      for (let k = 0; k < strides.length; k++) offsets[k] = at(offsets, k) + move * at(at(strides, k), axis);
      if (!wraps) break;
    }
  }
}

/** Axes as the last axis only: [outer, n, inner]. */
export function aroundAxis(shape: readonly number[], axis: number): { outer: number; n: number; inner: number } {
  return { outer: sizeOf(shape.slice(0, axis)), n: at(shape, axis), inner: sizeOf(shape.slice(axis + 1)) };
}
