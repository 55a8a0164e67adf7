/** One of two values by a flag, element by element, with broadcasting. */
import type { Graph } from '../graph.ts';
import { broadcastStrides, walk } from '../ndarray.ts';
import { at, broadcastShapes, primitive, sizeOf, type Tensor } from '../tensor.ts';
import { binary } from './binary.ts';
import { sumTo } from './broadcast.ts';
import { scalar } from './constant.ts';
import { unary } from './unary.ts';

export const where = primitive({
  name: 'where',
  result([condition, a, b]) {
    if (!condition || !a || !b) return [];
    if (a.dtype !== b.dtype) throw new Error(`'where' got ${a.dtype} and ${b.dtype}; both must have one type.`);
    return [{ dtype: a.dtype, shape: broadcastShapes(broadcastShapes(condition.shape, a.shape), b.shape) }];
  },
  evaluate(inputs, _, outputs) {
    const { shape } = at(outputs, 0);
    const result = new Float64Array(sizeOf(shape));
    const strides = inputs.map((input) => broadcastStrides(input.shape, shape));
    walk(shape, strides, (i, offsets) => {
      const k = at(at(inputs, 0).data, at(offsets, 0)) ? 1 : 2;
      result[i] = at(at(inputs, k).data, at(offsets, k));
    });
    return [result];
  },
  gradient(g, { inputs }, [dy]) {
    if (!dy) return [];
    const [condition, a, b] = [at(inputs, 0), at(inputs, 1), at(inputs, 2)];
    const zero = scalar(g, 0);
    return [
      undefined,
      sumTo(g, select(g, condition, dy, zero), a.shape),
      sumTo(g, select(g, condition, zero, dy), b.shape),
    ];
  },
  onnx: (o) => o.elementwise((names) => o.op('Where', names)),
});

export function select(g: Graph, condition: Tensor, a: Tensor, b: Tensor): Tensor {
  // Engines have no choice between flags.
  if (a.dtype === 'bool') {
    const other = binary(g, 'and', unary(g, 'not', condition), b);
    return binary(g, 'or', binary(g, 'and', condition, a), other);
  }
  return at(g.apply(where, [condition, a, b], {}), 0);
}
