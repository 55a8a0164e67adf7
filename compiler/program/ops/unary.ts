/** Functions of one number, element by element. One table: what it computes, its gradient, its ONNX form. */
import type { OnnxNode } from '../../onnx/emitter.ts';
import type { Graph } from '../graph.ts';
import { erf } from '../special.ts';
import { type Attributes, at, type DType, primitive, type Tensor } from '../tensor.ts';
import { add, binary, divide, multiply, scale, subtract } from './binary.ts';
import { castTo } from './cast.ts';
import { scalar } from './constant.ts';

export type UnaryName =
  | 'negate'
  | 'not'
  | 'exp'
  | 'log'
  | 'log1p'
  | 'sqrt'
  | 'rsqrt'
  | 'abs'
  | 'square'
  | 'sign'
  | 'sin'
  | 'cos'
  | 'erf'
  | 'round'
  | 'floor'
  | 'ceil'
  | 'relu'
  | 'sigmoid'
  | 'tanh'
  | 'softplus'
  | 'reciprocal'
  /** 1 above zero, else 0: the slope of `relu`. */
  | 'positive';

export interface UnaryAttributes extends Attributes {
  readonly of: UnaryName;
}

type Onnx = OnnxNode<UnaryAttributes>;

interface Rule {
  evaluate(x: number): number;
  /** Gradient of x from that of y; missing where it is zero everywhere. */
  gradient?(g: Graph, dy: Tensor, x: Tensor, y: Tensor): Tensor;
  onnx(o: Onnx, x: string): string;
}

const op =
  (name: string, attributes: Readonly<Record<string, number>> = {}) =>
  (o: Onnx, x: string): string =>
    o.op(name, [x], attributes);

const rules: Readonly<Record<UnaryName, Rule>> = {
  negate: { evaluate: (x) => -x, gradient: (g, dy) => unary(g, 'negate', dy), onnx: op('Neg') },
  not: { evaluate: (x) => (x ? 0 : 1), onnx: op('Not') },
  exp: { evaluate: Math.exp, gradient: (g, dy, _, y) => multiply(g, dy, y), onnx: op('Exp') },
  log: { evaluate: Math.log, gradient: (g, dy, x) => divide(g, dy, x), onnx: op('Log') },
  log1p: {
    evaluate: Math.log1p,
    gradient: (g, dy, x) => divide(g, dy, add(g, x, scalar(g, 1))),
    // ONNX has no log1p. log(u)·x/(u − 1) with u = 1 + x keeps all digits near zero (Kahan).
    onnx: (o, x) => {
      const one = o.float(1);
      const u = o.op('Add', [x, one]);
      const exact = o.op('Div', [o.op('Mul', [o.op('Log', [u]), x]), o.op('Sub', [u, one])]);
      const large = o.op('Equal', [o.op('Sub', [u, x]), o.float(0)]);
      return o.op('Where', [o.op('Equal', [u, one]), x, o.op('Where', [large, o.op('Log', [u]), exact])]);
    },
  },
  sqrt: {
    evaluate: Math.sqrt,
    gradient: (g, dy, _, y) => divide(g, scale(g, dy, 0.5), y),
    onnx: op('Sqrt'),
  },
  rsqrt: {
    evaluate: (x) => 1 / Math.sqrt(x),
    gradient: (g, dy, x, y) => scale(g, divide(g, multiply(g, dy, y), x), -0.5),
    onnx: (o, x) => o.op('Reciprocal', [o.op('Sqrt', [x])]),
  },
  reciprocal: {
    evaluate: (x) => 1 / x,
    gradient: (g, dy, _, y) => unary(g, 'negate', multiply(g, dy, unary(g, 'square', y))),
    onnx: op('Reciprocal'),
  },
  abs: { evaluate: Math.abs, gradient: (g, dy, x) => multiply(g, dy, unary(g, 'sign', x)), onnx: op('Abs') },
  square: {
    evaluate: (x) => x * x,
    gradient: (g, dy, x) => multiply(g, scale(g, dy, 2), x),
    onnx: (o, x) => o.op('Mul', [x, x]),
  },
  sign: { evaluate: Math.sign, onnx: op('Sign') },
  sin: { evaluate: Math.sin, gradient: (g, dy, x) => multiply(g, dy, unary(g, 'cos', x)), onnx: op('Sin') },
  cos: {
    evaluate: Math.cos,
    gradient: (g, dy, x) => unary(g, 'negate', multiply(g, dy, unary(g, 'sin', x))),
    onnx: op('Cos'),
  },
  erf: {
    evaluate: erf,
    gradient: (g, dy, x) => {
      const slope = unary(g, 'exp', unary(g, 'negate', unary(g, 'square', x)));
      return multiply(g, dy, scale(g, slope, 2 / Math.sqrt(Math.PI)));
    },
    onnx: op('Erf'),
  },
  round: { evaluate: roundHalfEven, onnx: op('Round') },
  floor: { evaluate: Math.floor, onnx: op('Floor') },
  ceil: { evaluate: Math.ceil, onnx: op('Ceil') },
  relu: {
    evaluate: (x) => (x > 0 || Number.isNaN(x) ? x : 0),
    gradient: (g, dy, _, y) => beforePool(g, dy, y) ?? multiply(g, dy, unary(g, 'positive', y)),
    onnx: op('Relu'),
  },
  positive: {
    evaluate: (x) => (x > 0 ? 1 : 0),
    // max(0, min(1, 1e30·x)): one vectorised pass, where Greater + Cast would be two.
    onnx: op('HardSigmoid', { alpha: 1e30, beta: 0 }),
  },
  sigmoid: {
    evaluate: (x) => 1 / (1 + Math.exp(-x)),
    gradient: (g, dy, _, y) => multiply(g, dy, multiply(g, y, subtract(g, scalar(g, 1), y))),
    onnx: op('Sigmoid'),
  },
  tanh: {
    evaluate: Math.tanh,
    gradient: (g, dy, _, y) => multiply(g, dy, subtract(g, scalar(g, 1), unary(g, 'square', y))),
    onnx: op('Tanh'),
  },
  softplus: {
    evaluate: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
    gradient: (g, dy, x) => multiply(g, dy, unary(g, 'sigmoid', x)),
    onnx: op('Softplus'),
  },
};

export const unaryOp = primitive<UnaryAttributes>({
  name: 'unary',
  result: ([x]) => (x ? [{ dtype: x.dtype, shape: x.shape }] : []),
  evaluate: (inputs, { of }) => [at(inputs, 0).data.map(rules[of].evaluate)],
  gradient(g, { inputs, outputs, attributes }, [dy]) {
    const { gradient } = rules[attributes.of];
    return [dy && gradient?.(g, dy, at(inputs, 0), at(outputs, 0))];
  },
  onnx(o) {
    const { of } = o.node.attributes;
    o.elementwise(([x]) => rules[of].onnx(o, x ?? ''));
  },
});

/** Names that need float32. On whole numbers their result would not be one. */
const floating: ReadonlySet<UnaryName> = new Set<UnaryName>([
  'exp',
  'log',
  'log1p',
  'sqrt',
  'rsqrt',
  'reciprocal',
  'sin',
  'cos',
  'erf',
  'sigmoid',
  'tanh',
  'softplus',
]);
const onWholeNumbersIdentity: ReadonlySet<UnaryName> = new Set<UnaryName>(['round', 'floor', 'ceil']);

export function unary(g: Graph, of: UnaryName, x: Tensor): Tensor {
  const whole: DType = 'float32';
  if (x.dtype !== 'float32') {
    if (onWholeNumbersIdentity.has(of)) return x;
    if (floating.has(of) || of === 'positive') return unary(g, of, castTo(g, x, whole));
    if (of === 'relu') return binary(g, 'maximum', x, scalar(g, 0, x.dtype));
  }
  return at(g.apply(unaryOp, [x], { of }), 0);
}

/**
 * Where y goes only into a pool of largest cells, what passes `relu` can be told from the pool's result, which is smaller.
 */
function beforePool(g: Graph, dy: Tensor, y: Tensor): Tensor | undefined {
  const node = g.producer(dy);
  const [x, pooled, slope] = node?.inputs ?? [];
  if (node?.primitive.name !== 'maxPool2dGradient' || x !== y || !pooled || !slope) return undefined;
  const passed = multiply(g, slope, unary(g, 'positive', pooled));
  return at(g.apply(node.primitive, [y, pooled, passed], node.attributes), 0);
}

function roundHalfEven(x: number): number {
  const down = Math.floor(x);
  const rest = x - down;
  if (rest < 0.5) return down;
  if (rest > 0.5) return down + 1;
  return down % 2 === 0 ? down : down + 1;
}
