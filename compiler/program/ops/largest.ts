/** The places of the largest numbers of the last axis, largest first, of equal ones the first one first. */
import type { Graph } from '../graph.ts';
import { type Attributes, at, primitive, sizeOf, type Tensor } from '../tensor.ts';

export interface LargestAttributes extends Attributes {
  /** How many places are named, at most the size of the axis. */
  readonly count: number;
}

export const largestOp = primitive<LargestAttributes>({
  name: 'largest',
  result: ([x], { count }) => (x ? [{ dtype: 'int32', shape: [...x.shape.slice(0, -1), count] }] : []),
  evaluate([x], { count }) {
    if (!x) return [];
    const n = at(x.shape, -1);
    const rows = sizeOf(x.shape.slice(0, -1));
    const result = new Float64Array(rows * count);
    for (let row = 0; row < rows; row++) {
      const values = x.data.subarray(row * n, (row + 1) * n);
      const order = Array.from(values, (_, i) => i).sort((a, b) => at(values, b) - at(values, a) || a - b);
      result.set(order.slice(0, count), row * count);
    }
    return [result];
  },
  gradient: () => [],
  onnx(o) {
    const { count } = o.node.attributes;
    const [, places = ''] = o.ops('TopK', [o.input(0), o.ints([count])], 2, { axis: -1, largest: 1, sorted: 1 });
    o.set(o.cast(places, 'int32'));
  },
});

export function largest(g: Graph, x: Tensor, count: number): Tensor {
  return at(g.apply(largestOp, [x], { count }), 0);
}
