/** Stretches axes of size 1 (and adds axes in front). Most operations broadcast by themselves; this is for the others. */
import type { Graph } from '../graph.ts';
import { broadcastStrides, walk } from '../ndarray.ts';
import { type Attributes, at, primitive, sameShape, sizeOf, type Tensor } from '../tensor.ts';
import { reduce } from './reduce.ts';
import { reshape } from './reshape.ts';

export interface BroadcastAttributes extends Attributes {
  readonly shape: readonly number[];
}

export const broadcast = primitive<BroadcastAttributes>({
  name: 'broadcast',
  result: ([x], { shape }) => (x ? [{ dtype: x.dtype, shape }] : []),
  evaluate([x], { shape }) {
    const result = new Float64Array(sizeOf(shape));
    if (x) {
      walk(shape, [broadcastStrides(x.shape, shape)], (i, offsets) => {
        result[i] = at(x.data, at(offsets, 0));
      });
    }
    return [result];
  },
  gradient: (g, { inputs }, [dy]) => [dy && sumTo(g, dy, at(inputs, 0).shape)],
  onnx: (o) => o.set(o.op('Expand', [o.input(0), o.ints(o.node.attributes.shape)])),
});

export function broadcastTo(g: Graph, x: Tensor, shape: readonly number[]): Tensor {
  return at(g.apply(broadcast, [x], { shape }), 0);
}

/** Undoes a broadcast in the gradient: sums over the stretched axes. */
export function sumTo(g: Graph, x: Tensor, shape: readonly number[]): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const rank = x.shape.length;
  const axes = x.shape.flatMap((size, i) => {
    const axis = i - (rank - shape.length);
    return axis < 0 || (shape[axis] === 1 && size !== 1) ? [i] : [];
  });
  const summed = axes.length > 0 ? reduce(g, 'sum', x, axes, true) : x;
  return reshape(g, summed, shape);
}
