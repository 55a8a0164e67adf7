/** The same value, cut off from gradients. */
import type { Graph } from '../graph.ts';
import { at, primitive, type Tensor } from '../tensor.ts';

export const stopGradientOp = primitive({
  name: 'stopGradient',
  result: ([x]) => (x ? [{ dtype: x.dtype, shape: x.shape }] : []),
  evaluate: ([x]) => [x ? x.data : new Float64Array(0)],
  gradient: () => [],
  onnx: (o) => o.set(o.input(0, o.layout(0)), o.layout(0)),
});

export function stopGradient(g: Graph, x: Tensor): Tensor {
  return at(g.apply(stopGradientOp, [x], {}), 0);
}
