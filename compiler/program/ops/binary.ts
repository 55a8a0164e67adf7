/** Functions of two numbers, element by element, with NumPy's broadcasting; comparisons and logic give flags. */
import type { OnnxNode } from '../../onnx/emitter.ts';
import type { Graph } from '../graph.ts';
import { broadcastStrides, walk } from '../ndarray.ts';
import { type Attributes, at, broadcastShapes, primitive, sizeOf, type Tensor, type TensorInfo } from '../tensor.ts';
import { sumTo } from './broadcast.ts';
import { castTo } from './cast.ts';
import { scalar } from './constant.ts';
import { unary } from './unary.ts';
import { select } from './where.ts';

export type ArithmeticName =
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'floorDivide'
  | 'modulo'
  | 'power'
  | 'minimum'
  | 'maximum';
export type ComparisonName = 'equal' | 'notEqual' | 'less' | 'lessEqual' | 'greater' | 'greaterEqual';
export type BinaryName = ArithmeticName | ComparisonName | 'and' | 'or';

export interface BinaryAttributes extends Attributes {
  readonly of: BinaryName;
}

type Onnx = OnnxNode<BinaryAttributes>;

interface Rule {
  evaluate(a: number, b: number): number;
  flags?: true;
  gradient?(g: Graph, dy: Tensor, a: Tensor, b: Tensor, y: Tensor): readonly [Tensor | undefined, Tensor | undefined];
  onnx(o: Onnx, a: string, b: string): string;
}

const op =
  (name: string) =>
  (o: Onnx, a: string, b: string): string =>
    o.op(name, [a, b]);

const isInteger = (o: Onnx): boolean => o.node.inputs[0]?.dtype !== 'float32';

/** Remainder with the sign of the divisor, as Python's. */
const modulo = (a: number, b: number): number => a - Math.floor(a / b) * b;

const rules: Readonly<Record<BinaryName, Rule>> = {
  add: { evaluate: (a, b) => a + b, gradient: (_, dy) => [dy, dy], onnx: op('Add') },
  subtract: {
    evaluate: (a, b) => a - b,
    gradient: (g, dy) => [dy, unary(g, 'negate', dy)],
    onnx: op('Sub'),
  },
  multiply: {
    evaluate: (a, b) => a * b,
    gradient: (g, dy, a, b) => [multiply(g, dy, b), multiply(g, dy, a)],
    onnx: op('Mul'),
  },
  divide: {
    evaluate: (a, b) => a / b,
    gradient: (g, dy, _, b, y) => {
      const da = divide(g, dy, b);
      return [da, unary(g, 'negate', multiply(g, da, y))];
    },
    onnx: op('Div'),
  },
  floorDivide: {
    evaluate: (a, b) => Math.floor(a / b),
    onnx: (o, a, b) =>
      isInteger(o) ? o.op('Div', [o.op('Sub', [a, o.op('Mod', [a, b])]), b]) : o.op('Floor', [o.op('Div', [a, b])]),
  },
  modulo: {
    evaluate: modulo,
    gradient: (g, dy, a, b) => [dy, unary(g, 'negate', multiply(g, dy, binary(g, 'floorDivide', a, b)))],
    onnx: (o, a, b) =>
      isInteger(o) ? o.op('Mod', [a, b]) : o.op('Sub', [a, o.op('Mul', [o.op('Floor', [o.op('Div', [a, b])]), b])]),
  },
  power: {
    evaluate: (a, b) => a ** b,
    gradient: (g, dy, a, b, y) => [
      multiply(g, dy, multiply(g, b, binary(g, 'power', a, subtract(g, b, scalar(g, 1))))),
      multiply(g, dy, multiply(g, y, unary(g, 'log', a))),
    ],
    onnx: op('Pow'),
  },
  minimum: {
    evaluate: (a, b) => (Number.isNaN(a) || a < b ? a : b),
    gradient: (g, dy, a, b) => routed(g, dy, binary(g, 'lessEqual', a, b)),
    onnx: op('Min'),
  },
  maximum: {
    evaluate: (a, b) => (Number.isNaN(a) || a > b ? a : b),
    gradient: (g, dy, a, b) => routed(g, dy, binary(g, 'greaterEqual', a, b)),
    onnx: op('Max'),
  },
  equal: { flags: true, evaluate: (a, b) => (a === b ? 1 : 0), onnx: op('Equal') },
  notEqual: {
    flags: true,
    evaluate: (a, b) => (a !== b ? 1 : 0),
    onnx: (o, a, b) => o.op('Not', [o.op('Equal', [a, b])]),
  },
  less: { flags: true, evaluate: (a, b) => (a < b ? 1 : 0), onnx: op('Less') },
  lessEqual: { flags: true, evaluate: (a, b) => (a <= b ? 1 : 0), onnx: op('LessOrEqual') },
  greater: { flags: true, evaluate: (a, b) => (a > b ? 1 : 0), onnx: op('Greater') },
  greaterEqual: { flags: true, evaluate: (a, b) => (a >= b ? 1 : 0), onnx: op('GreaterOrEqual') },
  and: { flags: true, evaluate: (a, b) => (a && b ? 1 : 0), onnx: op('And') },
  or: { flags: true, evaluate: (a, b) => (a || b ? 1 : 0), onnx: op('Or') },
};

export const binaryOp = primitive<BinaryAttributes>({
  name: 'binary',
  result([a, b], { of }) {
    if (!a || !b) return [];
    if (a.dtype !== b.dtype) throw new Error(`'${of}' got ${a.dtype} and ${b.dtype}; both must have one type.`);
    return [{ dtype: rules[of].flags ? 'bool' : a.dtype, shape: broadcastShapes(a.shape, b.shape) }];
  },
  evaluate(inputs, { of }, outputs) {
    const [a, b, y] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)];
    const result = new Float64Array(sizeOf(y.shape));
    const strides = [broadcastStrides(a.shape, y.shape), broadcastStrides(b.shape, y.shape)];
    const { evaluate } = rules[of];
    walk(y.shape, strides, (i, offsets) => {
      result[i] = evaluate(at(a.data, at(offsets, 0)), at(b.data, at(offsets, 1)));
    });
    return [result];
  },
  gradient(g, { inputs, outputs, attributes }, [dy]) {
    const [a, b, y] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)];
    const pair = dy && rules[attributes.of].gradient?.(g, dy, a, b, y);
    if (!pair) return [];
    return [pair[0] && sumTo(g, pair[0], a.shape), pair[1] && sumTo(g, pair[1], b.shape)];
  },
  onnx(o) {
    const { of } = o.node.attributes;
    o.elementwise(([a, b]) => rules[of].onnx(o, a ?? '', b ?? ''));
  },
});

export function binary(g: Graph, of: BinaryName, a: Tensor, b: Tensor): Tensor {
  const [left, right] = alike(g, of, a, b);
  return at(g.apply(binaryOp, [left, right], { of }), 0);
}

export const add = (g: Graph, a: Tensor, b: Tensor): Tensor => binary(g, 'add', a, b);
export const subtract = (g: Graph, a: Tensor, b: Tensor): Tensor => binary(g, 'subtract', a, b);
export const multiply = (g: Graph, a: Tensor, b: Tensor): Tensor => binary(g, 'multiply', a, b);
export const divide = (g: Graph, a: Tensor, b: Tensor): Tensor => binary(g, 'divide', a, b);
/** Times a known number. */
export const scale = (g: Graph, x: Tensor, by: number): Tensor => multiply(g, x, scalar(g, by));

/**
 * Mixed types meet as Python's do: flags and small numbers become whole numbers, these become float32. Only logic and
 * equality take flags as they are.
 */
function alike(g: Graph, of: BinaryName, a: Tensor, b: Tensor): readonly [Tensor, Tensor] {
  const flags = of === 'and' || of === 'or' || of === 'equal' || of === 'notEqual';
  if (a.dtype === b.dtype) {
    const stays = a.dtype === 'float32' || a.dtype === 'int32' || (a.dtype === 'bool' && flags);
    return stays ? [a, b] : [castTo(g, a, 'int32'), castTo(g, b, 'int32')];
  }
  const order = ['bool', 'uint8', 'int32', 'float32'] as const;
  const dtype = order[Math.max(order.indexOf(a.dtype), order.indexOf(b.dtype))] ?? 'float32';
  return [castTo(g, a, dtype), castTo(g, b, dtype)];
}

/** The gradient goes to the one that was taken; the first where both are equal. */
function routed(g: Graph, dy: Tensor, first: TensorInfo & Tensor): readonly [Tensor, Tensor] {
  const zero = scalar(g, 0);
  return [select(g, first, dy, zero), select(g, first, zero, dy)];
}
