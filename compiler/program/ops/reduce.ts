/** Sum, mean, largest, smallest or product over axes. */
import type { Graph } from '../graph.ts';
import { stridesOf, walk } from '../ndarray.ts';
import { type Attributes, at, primitive, sizeOf, type Tensor } from '../tensor.ts';
import { binary, divide, multiply, scale } from './binary.ts';
import { broadcastTo } from './broadcast.ts';
import { castTo } from './cast.ts';
import { reshape } from './reshape.ts';

export type ReduceName = 'sum' | 'mean' | 'max' | 'min' | 'prod';

export interface ReduceAttributes extends Attributes {
  readonly of: ReduceName;
  readonly axes: readonly number[];
  readonly keep: boolean;
}

const start: Readonly<Record<ReduceName, number>> = { sum: 0, mean: 0, prod: 1, max: -Infinity, min: Infinity };
const onnxNames: Readonly<Record<ReduceName, string>> = {
  sum: 'ReduceSum',
  mean: 'ReduceMean',
  max: 'ReduceMax',
  min: 'ReduceMin',
  prod: 'ReduceProd',
};

export const reduceOp = primitive<ReduceAttributes>({
  name: 'reduce',
  result([x], { axes, keep }) {
    if (!x) return [];
    const shape = x.shape.flatMap((size, i) => (axes.includes(i) ? (keep ? [1] : []) : [size]));
    return [{ dtype: x.dtype, shape }];
  },
  evaluate([x], { of, axes }, outputs) {
    const result = new Float64Array(sizeOf(at(outputs, 0).shape)).fill(start[of]);
    if (!x) return [result];
    const kept = keptShape(x.shape, axes);
    const own = stridesOf(kept);
    const strides = x.shape.map((_, i) => (axes.includes(i) ? 0 : at(own, i)));
    walk(x.shape, [strides], (i, offsets) => {
      const k = at(offsets, 0);
      result[k] = combine(of, at(result, k), at(x.data, i));
    });
    const count = sizeOf(axes.map((axis) => at(x.shape, axis)));
    return [of === 'mean' ? result.map((value) => value / count) : result];
  },
  gradient(g, { inputs, outputs, attributes }, [dy]) {
    if (!dy) return [];
    const { of, axes } = attributes;
    const [x, y] = [at(inputs, 0), at(outputs, 0)];
    const kept = keptShape(x.shape, axes);
    const up = reshape(g, dy, kept);
    const count = sizeOf(axes.map((axis) => at(x.shape, axis)));
    switch (of) {
      case 'sum':
        return [broadcastTo(g, up, x.shape)];
      case 'mean':
        return [broadcastTo(g, scale(g, up, 1 / count), x.shape)];
      case 'prod':
        return [divide(g, multiply(g, up, reshape(g, y, kept)), x)];
      case 'max':
      case 'min': {
        // Shared where several are equal, as PyTorch does.
        const chosen = castTo(g, binary(g, 'equal', x, reshape(g, y, kept)), 'float32');
        return [multiply(g, chosen, divide(g, up, reduce(g, 'sum', chosen, axes, true)))];
      }
    }
  },
  onnx(o) {
    const { of, axes, keep } = o.node.attributes;
    const rank = at(o.node.inputs, 0).shape.length;
    const channelsLeft = !axes.includes(rank - 1);
    const placesLeft = Array.from({ length: Math.max(0, rank - 2) }, (_, i) => i + 1).some((i) => !axes.includes(i));
    // Where axes vanish, the order of those that stay must not depend on the layout.
    const layout = keep || !(channelsLeft && placesLeft) ? o.layout(0) : 'rows';
    const own = axes.map((axis) => o.axis(axis, layout));
    const attributes = { keepdims: keep ? 1 : 0 };
    const name = o.op(onnxNames[of], [o.input(0, layout), o.ints(own)], attributes);
    o.set(name, keep ? layout : 'rows');
  },
});

export function reduce(g: Graph, of: ReduceName, x: Tensor, axes: readonly number[], keep: boolean): Tensor {
  const sorted = [...axes].sort((a, b) => a - b);
  if (x.dtype === 'bool' || x.dtype === 'uint8' || (x.dtype === 'int32' && of === 'mean')) {
    const wide = castTo(g, x, of === 'mean' ? 'float32' : 'int32');
    const result = reduce(g, of, wide, sorted, keep);
    return of === 'max' || of === 'min' ? castTo(g, result, x.dtype) : result;
  }
  if (sorted.length === 0) return x;
  return at(g.apply(reduceOp, [x], { of, axes: sorted, keep }), 0);
}

function keptShape(shape: readonly number[], axes: readonly number[]): readonly number[] {
  return shape.map((size, i) => (axes.includes(i) ? 1 : size));
}

function combine(of: ReduceName, a: number, b: number): number {
  switch (of) {
    case 'sum':
    case 'mean':
      return a + b;
    case 'prod':
      return a * b;
    case 'max':
      return Number.isNaN(a) || a > b ? a : b;
    case 'min':
      return Number.isNaN(a) || a < b ? a : b;
  }
}
