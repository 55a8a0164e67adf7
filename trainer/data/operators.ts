/** Operators of a data pipeline, row by row: a value against a value, or against a constant, with NumPy's broadcasting. */
import { Failure } from '../failure.ts';
import { numeric, type TransformContext } from './context.ts';
import { isTexts, shapeText, sizeOf, type Values } from './values.ts';

type Arithmetic = (a: number, b: number) => number;

const arithmetic: Readonly<Record<string, Arithmetic>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '//': (a, b) => Math.floor(a / b),
  '%': (a, b) => a - b * Math.floor(a / b),
  '**': (a, b) => a ** b,
};

const comparisons: Readonly<Record<string, Arithmetic>> = {
  '==': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
  '<': (a, b) => Number(a < b),
  '<=': (a, b) => Number(a <= b),
  '>': (a, b) => Number(a > b),
  '>=': (a, b) => Number(a >= b),
  and: (a, b) => Number(a !== 0 && b !== 0),
  or: (a, b) => Number(a !== 0 || b !== 0),
};

/** True for the name of an operator. */
export function isOperator(name: string): boolean {
  return Object.hasOwn(arithmetic, name) || Object.hasOwn(comparisons, name) || name === 'not' || name === 'negate';
}

/** `-x` and `not x`. */
export function negate(x: Values, name: string, context: TransformContext): Values {
  const from = numeric(x, context);
  const not = name === 'not';
  const data = not ? new Uint8Array(from.length) : new Float64Array(from.length);
  for (let i = 0; i < from.length; i++) data[i] = not ? Number(from[i] === 0) : -(from[i] ?? 0);
  return { ...x, dtype: not ? 'bool' : x.dtype === 'uint8' ? 'int32' : x.dtype, data };
}

/** `a op b`. Equal texts can be asked for; everything else is about numbers. */
export function combine(name: string, a: Values, b: Values, context: TransformContext): Values {
  const comparing = comparisons[name];
  if (isTexts(a.data) && isTexts(b.data) && (name === '==' || name === '!=')) return compareTexts(name, a, b, context);
  const apply = comparing ?? arithmetic[name];
  if (apply === undefined)
    throw new Failure('data/plan', `The plan has an unknown operator \`${name}\`.`, context.node.place);
  const left = numeric(a, context, 0);
  const right = numeric(b, context, 1);
  const frame = broadcast(a, b, context);
  const data = comparing === undefined ? new Float64Array(frame.length) : new Uint8Array(frame.length);
  for (let i = 0; i < frame.length; i++) data[i] = apply(left[frame.left(i)] ?? 0, right[frame.right(i)] ?? 0);
  const dtype = comparing !== undefined ? 'bool' : isWhole(a) && isWhole(b) && name !== '/' ? 'int32' : 'float32';
  return { dtype, shape: frame.shape, count: frame.count, data };
}

/** `where`: the number of `a` where the condition is true, that of `b` elsewhere. */
export function choose(inputs: readonly Values[], context: TransformContext): Values {
  const [condition, a, b] = inputs;
  if (condition === undefined || a === undefined || b === undefined) {
    throw new Failure('data/plan', 'The plan has a `where` without its three inputs.', context.node.place);
  }
  const [yes, no] = [numeric(a, context, 1), numeric(b, context, 2)];
  const asked = numeric(condition, context, 0);
  const both = broadcast(a, b, context);
  const all = broadcast(condition, { ...a, shape: both.shape, count: both.count }, context);
  const dtype = isWhole(a) && isWhole(b) ? 'int32' : 'float32';
  const data = new Float64Array(all.length);
  for (let i = 0; i < all.length; i++) {
    const at = all.right(i);
    data[i] = (asked[all.left(i)] === 1 ? yes[both.left(at)] : no[both.right(at)]) ?? 0;
  }
  return { dtype, shape: all.shape, count: all.count, data };
}

function isWhole(x: Values): boolean {
  return x.dtype === 'int32' || x.dtype === 'uint8';
}

function compareTexts(name: string, a: Values, b: Values, context: TransformContext): Values {
  const frame = broadcast(a, b, context);
  const data = new Uint8Array(frame.length);
  for (let i = 0; i < frame.length; i++)
    data[i] = Number((a.data[frame.left(i)] === b.data[frame.right(i)]) === (name === '=='));
  return { dtype: 'bool', shape: frame.shape, count: frame.count, data };
}

interface Frame {
  readonly shape: readonly number[];
  readonly count: number;
  readonly length: number;
  /** Where the i-th number of the result finds its left and right one. */
  readonly left: (i: number) => number;
  readonly right: (i: number) => number;
}

function broadcast(a: Values, b: Values, context: TransformContext): Frame {
  const rank = Math.max(a.shape.length, b.shape.length);
  const shape: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const left = a.shape[a.shape.length - rank + axis] ?? 1;
    const right = b.shape[b.shape.length - rank + axis] ?? 1;
    if (left !== right && left !== 1 && right !== 1) {
      throw new Failure(
        'data/shape',
        `The shapes ${shapeText(a.shape)} and ${shapeText(b.shape)} do not fit each other.`,
        context.node.place,
      );
    }
    shape.push(Math.max(left, right));
  }
  // A constant has one row, which stands for all.
  const count = Math.max(a.count, b.count);
  return { shape, count, length: count * sizeOf(shape), left: reader(a, shape, count), right: reader(b, shape, count) };
}

function reader(x: Values, shape: readonly number[], count: number): (i: number) => number {
  const size = sizeOf(shape);
  const own = sizeOf(x.shape);
  const perRow = x.count === count && count > 1 ? own : x.count === 1 ? 0 : own;
  if (own === size) return perRow === 0 ? (i) => i % size : (i) => i;
  if (own === 1) return perRow === 0 ? () => 0 : (i) => Math.floor(i / size);
  const offsets = broadcastOffsets(x.shape, shape);
  return (i) => Math.floor(i / size) * perRow + (offsets[i % size] ?? 0);
}

function broadcastOffsets(own: readonly number[], shape: readonly number[]): Int32Array {
  const offsets = new Int32Array(sizeOf(shape));
  for (let i = 0; i < offsets.length; i++) {
    let rest = i;
    let offset = 0;
    let stride = 1;
    for (let axis = 1; axis <= shape.length; axis++) {
      const size = shape[shape.length - axis] ?? 1;
      const place = rest % size;
      rest = Math.floor(rest / size);
      const mine = own[own.length - axis] ?? 1;
      if (mine !== 1) offset += place * stride;
      stride *= mine;
    }
    offsets[i] = offset;
  }
  return offsets;
}
