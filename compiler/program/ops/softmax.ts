/** Softmax and its logarithm along an axis. */
import type { Graph } from '../graph.ts';
import { aroundAxis } from '../ndarray.ts';
import { type Attributes, at, primitive, type Tensor } from '../tensor.ts';
import { multiply, subtract } from './binary.ts';
import type { MatmulAttributes } from './matmul.ts';
import { reduce } from './reduce.ts';
import { unary } from './unary.ts';

export interface SoftmaxAttributes extends Attributes {
  readonly axis: number;
  readonly log: boolean;
}

export const softmaxOp = primitive<SoftmaxAttributes>({
  name: 'softmax',
  result: ([x]) => (x ? [{ dtype: x.dtype, shape: x.shape }] : []),
  evaluate([x], { axis, log }) {
    if (!x) return [];
    const { outer, n, inner } = aroundAxis(x.shape, axis);
    const result = new Float64Array(x.data.length);
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        const place = (k: number): number => (o * n + k) * inner + i;
        let largest = -Infinity;
        for (let k = 0; k < n; k++) largest = Math.max(largest, at(x.data, place(k)));
        let sum = 0;
        for (let k = 0; k < n; k++) sum += Math.exp(at(x.data, place(k)) - largest);
        for (let k = 0; k < n; k++) {
          const shifted = at(x.data, place(k)) - largest;
          result[place(k)] = log ? shifted - Math.log(sum) : Math.exp(shifted) / sum;
        }
      }
    }
    return [result];
  },
  gradient(g, { outputs, attributes }, [dy]) {
    if (!dy) return [];
    const y = at(outputs, 0);
    const { axis, log } = attributes;
    if (log) return [subtract(g, dy, multiply(g, unary(g, 'exp', y), reduce(g, 'sum', dy, [axis], true)))];
    return [multiply(g, y, subtract(g, dy, weighted(g, y, dy, axis)))];
  },
  onnx(o) {
    const { axis, log } = o.node.attributes;
    o.set(o.op(log ? 'LogSoftmax' : 'Softmax', [o.input(0)], { axis }));
  },
});

export function softmax(g: Graph, x: Tensor, axis: number, log = false): Tensor {
  return at(g.apply(softmaxOp, [x], { axis, log }), 0);
}

/**
 * Σ y·dy over the axis. In attention y goes only into y·v, so that the sum equals Σ out·d(out) over the columns of v,
 * which are far fewer.
 */
function weighted(g: Graph, y: Tensor, dy: Tensor, axis: number): Tensor {
  const product = g.producer(dy);
  const [dOut, v] = product?.inputs ?? [];
  if (product?.primitive.name === 'matmul' && dOut && v && axis === y.shape.length - 1) {
    const back = product.attributes as MatmulAttributes;
    const [user, other] = g.nodes.filter((node) => node.forward && node.inputs.includes(y));
    const [out] = user?.outputs ?? [];
    const isProduct = user?.primitive === product.primitive && user.inputs[0] === y && user.inputs[1] === v;
    if (isProduct && !other && out && !back.transposeA && at(out.shape, -1) < at(y.shape, -1)) {
      const ahead = user.attributes as MatmulAttributes;
      const matches = !ahead.transposeA && ahead.transposeB !== back.transposeB && ahead.scale === back.scale;
      if (matches) return reduce(g, 'sum', multiply(g, out, dOut), [axis], true);
    }
  }
  return reduce(g, 'sum', multiply(g, y, dy), [axis], true);
}
