/** Tensors one after the other along an axis. */
import type { Graph } from '../graph.ts';
import { aroundAxis } from '../ndarray.ts';
import { type Attributes, at, primitive, sizeOf, type Tensor } from '../tensor.ts';
import { slice } from './slice.ts';

export interface ConcatAttributes extends Attributes {
  readonly axis: number;
}

export const concatOp = primitive<ConcatAttributes>({
  name: 'concat',
  result(inputs, { axis }) {
    const first = at(inputs, 0);
    const size = inputs.reduce((sum, input) => sum + at(input.shape, axis), 0);
    return [{ dtype: first.dtype, shape: first.shape.map((n, i) => (i === axis ? size : n)) }];
  },
  evaluate(inputs, { axis }, outputs) {
    const { shape } = at(outputs, 0);
    const result = new Float64Array(sizeOf(shape));
    const { outer, n, inner } = aroundAxis(shape, axis);
    let start = 0;
    for (const input of inputs) {
      const block = at(input.shape, axis) * inner;
      for (let i = 0; i < outer; i++) {
        result.set(input.data.subarray(i * block, (i + 1) * block), i * n * inner + start);
      }
      start += block;
    }
    return [result];
  },
  gradient(g, { inputs, attributes }, [dy]) {
    if (!dy) return [];
    let start = 0;
    return inputs.map((input) => {
      const end = start + at(input.shape, attributes.axis);
      const ranges = dy.shape.map((size, i) => (i === attributes.axis ? [start, end, 1] : [0, size, 1]));
      start = end;
      return slice(g, dy, ranges);
    });
  },
  onnx(o) {
    const { axis } = o.node.attributes;
    const channels = o.node.inputs.some((_, i) => o.layout(i) === 'channels');
    const layout = channels ? 'channels' : 'rows';
    const names = o.node.inputs.map((_, i) => o.input(i, layout));
    o.set(o.op('Concat', names, { axis: o.axis(axis, layout) }), layout);
  },
});

export function concat(g: Graph, inputs: readonly Tensor[], axis: number): Tensor {
  return inputs.length === 1 ? at(inputs, 0) : at(g.apply(concatOp, inputs, { axis }), 0);
}
