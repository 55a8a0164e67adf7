/** GELU, exact or by tanh, and its slope times a gradient: two passes of the engine instead of eight. */
import type { Graph } from '../graph.ts';
import { erf } from '../special.ts';
import { type Attributes, at, type Primitive, primitive, type Tensor } from '../tensor.ts';
import { add, multiply, scale } from './binary.ts';
import { scalar } from './constant.ts';
import { unary } from './unary.ts';

export interface GeluAttributes extends Attributes {
  /** By tanh instead of the error function. */
  readonly tanh: boolean;
}

const c0 = Math.sqrt(2 / Math.PI);
const c1 = 0.044715;

export const geluOp = primitive<GeluAttributes>({
  name: 'gelu',
  result: ([x]) => (x ? [{ dtype: 'float32', shape: x.shape }] : []),
  evaluate: ([x], { tanh }) => [x ? x.data.map((v) => v * share(v, tanh)) : new Float64Array(0)],
  gradient: (g, { inputs, attributes }, [dy]) => [
    dy && at(g.apply(geluGradientOp, [at(inputs, 0), dy], attributes), 0),
  ],
  onnx(o) {
    const { tanh } = o.node.attributes;
    o.elementwise(([x = '']) => o.op(tanh ? 'FastGelu' : 'Gelu', [x], {}, 'com.microsoft'));
  },
});

/** dy times the slope at x. */
export const geluGradientOp: Primitive<GeluAttributes> = primitive<GeluAttributes>({
  name: 'geluGradient',
  result: ([x]) => (x ? [{ dtype: 'float32', shape: x.shape }] : []),
  evaluate: ([x, dy], { tanh }) => [
    x && dy ? x.data.map((v, i) => at(dy.data, i) * slope(v, tanh)) : new Float64Array(0),
  ],
  gradient(g, { inputs, attributes }, [d]) {
    if (!d) return [];
    const [x, dy] = [at(inputs, 0), at(inputs, 1)];
    const { tanh } = attributes;
    const onDy = at(g.apply(geluGradientOp, [x, d], { tanh }), 0);
    return [multiply(g, multiply(g, d, dy), bend(g, x, tanh)), onDy];
  },
  onnx(o) {
    const { tanh } = o.node.attributes;
    o.elementwise(([x = '', dy = '']) => {
      const square = o.op('Mul', [x, x]);
      if (tanh) {
        // x·σ(2u) with u = c0·(x + c1·x³): slope = s + x·s·(1 − s)·2u′.
        const inner = o.op('Add', [o.op('Mul', [square, o.float(2 * c0 * c1)]), o.float(2 * c0)]);
        const s = o.op('Sigmoid', [o.op('Mul', [x, inner])]);
        const du = o.op('Add', [o.op('Mul', [square, o.float(6 * c0 * c1)]), o.float(2 * c0)]);
        const rest = o.op('Mul', [o.op('Mul', [x, du]), o.op('Sub', [o.float(1), s])]);
        return o.op('Mul', [o.op('Mul', [dy, s]), o.op('Add', [rest, o.float(1)])]);
      }
      const bell = o.op('Exp', [o.op('Mul', [square, o.float(-0.5)])]);
      const density = o.op('Mul', [o.op('Mul', [x, bell]), o.float(1 / Math.sqrt(2 * Math.PI))]);
      const half = o.op('Mul', [o.op('Erf', [o.op('Mul', [x, o.float(Math.SQRT1_2)])]), o.float(0.5)]);
      return o.op('Mul', [dy, o.op('Add', [o.op('Add', [half, o.float(0.5)]), density])]);
    });
  },
});

export function gelu(g: Graph, x: Tensor, tanh: boolean): Tensor {
  return at(g.apply(geluOp, [x], { tanh }), 0);
}

/** GELU divided by x. */
function share(x: number, tanh: boolean): number {
  return tanh ? 0.5 * (1 + Math.tanh(c0 * (x + c1 * x ** 3))) : 0.5 * (1 + erf(x * Math.SQRT1_2));
}

function slope(x: number, tanh: boolean): number {
  if (!tanh) return share(x, false) + (x * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
  const t = Math.tanh(c0 * (x + c1 * x ** 3));
  return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * c0 * (1 + 3 * c1 * x * x);
}

/** The second derivative, of primitives: only gradients of gradients ask for it. */
function bend(g: Graph, x: Tensor, tanh: boolean): Tensor {
  const square = unary(g, 'square', x);
  if (!tanh) {
    const bell = scale(g, unary(g, 'exp', scale(g, square, -0.5)), 1 / Math.sqrt(2 * Math.PI));
    return multiply(g, bell, add(g, unary(g, 'negate', square), scalar(g, 2)));
  }
  const t = unary(g, 'tanh', multiply(g, x, add(g, scale(g, square, c0 * c1), scalar(g, c0))));
  const flat = add(g, unary(g, 'negate', unary(g, 'square', t)), scalar(g, 1));
  const du = add(g, scale(g, square, 3 * c0 * c1), scalar(g, c0));
  const bendOfU = scale(g, x, 6 * c0 * c1);
  const inside = add(
    g,
    du,
    scale(g, multiply(g, x, add(g, bendOfU, scale(g, multiply(g, t, unary(g, 'square', du)), -2))), 0.5),
  );
  return multiply(g, flat, inside);
}
