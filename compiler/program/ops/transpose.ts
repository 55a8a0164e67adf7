/** Axes in another order: axis i of the result is axis `order[i]` of x. */
import type { Graph } from '../graph.ts';
import { stridesOf, walk } from '../ndarray.ts';
import { type Attributes, at, primitive, sizeOf, type Tensor } from '../tensor.ts';

export interface TransposeAttributes extends Attributes {
  readonly order: readonly number[];
}

export const transposeOp = primitive<TransposeAttributes>({
  name: 'transpose',
  result: ([x], { order }) => (x ? [{ dtype: x.dtype, shape: order.map((axis) => at(x.shape, axis)) }] : []),
  evaluate([x], { order }, outputs) {
    const { shape } = at(outputs, 0);
    const result = new Float64Array(sizeOf(shape));
    if (x) {
      const strides = stridesOf(x.shape);
      walk(shape, [order.map((axis) => at(strides, axis))], (i, offsets) => {
        result[i] = at(x.data, at(offsets, 0));
      });
    }
    return [result];
  },
  gradient: (g, { attributes }, [dy]) => [dy && transpose(g, dy, inverse(attributes.order))],
  onnx: (o) => o.set(o.op('Transpose', [o.input(0)], { perm: o.node.attributes.order })),
});

export function transpose(g: Graph, x: Tensor, order: readonly number[]): Tensor {
  return at(g.apply(transposeOp, [x], { order }), 0);
}

export function inverse(order: readonly number[]): readonly number[] {
  const back = new Array<number>(order.length);
  order.forEach((axis, i) => {
    back[axis] = i;
  });
  return back;
}
