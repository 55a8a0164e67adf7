/** Cells of one number around a tensor: per axis [before, after]. */
import type { Graph } from '../graph.ts';
import { stridesOf, walk } from '../ndarray.ts';
import { type Attributes, at, primitive, sizeOf, type Tensor } from '../tensor.ts';
import { slice } from './slice.ts';

export interface PadAttributes extends Attributes {
  readonly amounts: readonly (readonly number[])[];
  readonly value: number;
}

export const padOp = primitive<PadAttributes>({
  name: 'pad',
  result: ([x], { amounts }) =>
    x ? [{ dtype: x.dtype, shape: x.shape.map((n, i) => n + (amounts[i]?.[0] ?? 0) + (amounts[i]?.[1] ?? 0)) }] : [],
  evaluate([x], { amounts, value }, outputs) {
    const { shape } = at(outputs, 0);
    const result = new Float64Array(sizeOf(shape)).fill(value);
    if (x) {
      const strides = stridesOf(shape);
      const base = amounts.reduce((sum, amount, i) => sum + (amount[0] ?? 0) * at(strides, i), 0);
      walk(x.shape, [strides], (i, offsets) => {
        result[base + at(offsets, 0)] = at(x.data, i);
      });
    }
    return [result];
  },
  gradient(g, { inputs, attributes }, [dy]) {
    const ranges = at(inputs, 0).shape.map((n, i) => {
      const before = attributes.amounts[i]?.[0] ?? 0;
      return [before, before + n, 1];
    });
    return [dy && slice(g, dy, ranges)];
  },
  onnx(o) {
    const { amounts, value } = o.node.attributes;
    const layout = o.layout(0);
    const rank = amounts.length;
    const pads = new Array<number>(rank * 2).fill(0);
    amounts.forEach((amount, axis) => {
      const target = o.axis(axis, layout);
      pads[target] = amount[0] ?? 0;
      pads[rank + target] = amount[1] ?? 0;
    });
    const filling = o.initializer(at(o.node.inputs, 0).dtype, [], [value]);
    o.set(o.op('Pad', [o.input(0, layout), o.ints(pads), filling]), layout);
  },
});

export function pad(g: Graph, x: Tensor, amounts: PadAttributes['amounts'], value: number): Tensor {
  return at(g.apply(padOp, [x], { amounts, value }), 0);
}
