/** The same numbers in the same order under another shape. */
import type { Graph } from '../graph.ts';
import { type Attributes, at, primitive, sizeOf, type Tensor } from '../tensor.ts';

export interface ReshapeAttributes extends Attributes {
  readonly shape: readonly number[];
}

export const reshapeOp = primitive<ReshapeAttributes>({
  name: 'reshape',
  result([x], { shape }) {
    if (!x) return [];
    if (sizeOf(x.shape) !== sizeOf(shape)) {
      throw new Error(`Cannot reshape [${x.shape.join(', ')}] to [${shape.join(', ')}]: sizes differ.`);
    }
    return [{ dtype: x.dtype, shape }];
  },
  evaluate: ([x]) => [x ? x.data : new Float64Array(0)],
  gradient: (g, { inputs }, [dy]) => [dy && reshape(g, dy, at(inputs, 0).shape)],
  onnx: (o) => o.set(o.op('Reshape', [o.input(0), o.ints(o.node.attributes.shape)])),
});

export function reshape(g: Graph, x: Tensor, shape: readonly number[]): Tensor {
  return at(g.apply(reshapeOp, [x], { shape }), 0);
}
