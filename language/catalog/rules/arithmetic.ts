/**
 * Element types of operators: a whole number written in the program fits decimal ones, nothing else converts silently;
 * raw bytes take no part in a model's arithmetic, and count as int32 in data.
 */

import { printType, type TensorType } from '../../shapes/type.ts';
import type { DTypeName } from '../../syntax/tree.ts';
import type { BinaryOp, Builder, Value, ValueType } from '../builder.ts';
import { operator } from '../define.ts';
import type { InputDef, OperationEntry, Refusal, RuleContext } from '../entry.ts';
import { input } from '../planned.ts';
import { atInput, insertBefore, isRefusal, refuse } from '../refuse.ts';
import { hintStretched, stretch } from './broadcasting.ts';
import { made, typeOf } from './types.ts';

const sides: readonly InputDef[] = [
  { name: 'a', doc: 'The left side.', dtype: 'number' },
  { name: 'b', doc: 'The right side.', dtype: 'number' },
];

interface Arithmetic {
  readonly doc: string;
  readonly source: string;
  readonly examples: readonly string[];
  readonly op: BinaryOp;
  /** Division: the result is always decimal. */
  readonly decimal?: true;
  /** A missing axis on one side draws a hint. */
  readonly hints?: true;
}

/** An operator on two numbers. */
export function arithmetic(name: string, entry: Arithmetic): OperationEntry {
  return operator(name, {
    doc: entry.doc,
    source: entry.source,
    examples: entry.examples,
    inputs: sides,
    settings: {},
    result(inputs, _settings, context) {
      const [a, b] = [typeOf(inputs, 'a'), typeOf(inputs, 'b')];
      const dtype = numberType(name, a, b, context, entry.decimal ?? false);
      if (isRefusal(dtype)) return dtype;
      const stretched = stretch(name, a.shape, b.shape);
      if (isRefusal(stretched)) return stretched;
      if (entry.hints) hintStretched(context, name, a, b);
      return [made(dtype, stretched.shape, [a, b])];
    },
    lower(b, inputs) {
      const [left, right] = alike(b, input(inputs, 'a'), input(inputs, 'b'), entry.decimal ?? false);
      return b.binary(entry.op, left, right);
    },
  });
}

/** The element type of an operator's result; the last two are the names of its inputs. Undefined where a side is not known. */
export function numberType(
  callee: string,
  a: TensorType,
  b: TensorType,
  context: RuleContext,
  decimal: boolean,
  [left, right]: readonly [string, string] = ['a', 'b'],
): DTypeName | Refusal | undefined {
  const refused = needOperand(callee, a, left, context) ?? needOperand(callee, b, right, context);
  if (refused) return refused;
  if (a.dtype === undefined || b.dtype === undefined) {
    return decimal || a.dtype === 'float32' || b.dtype === 'float32' ? 'float32' : undefined;
  }
  if (decimal) return 'float32';
  if (a.dtype === 'float32' && b.dtype === 'float32') return 'float32';
  if (a.dtype !== 'float32' && b.dtype !== 'float32') return 'int32';
  const whole = a.dtype === 'float32' ? b : a;
  if (whole.facts.literal || context.inData) return 'float32';
  return refuse('type/mixed', { callee, left: printType(a), right: printType(b) }, { variant: 'numbers' });
}

/** Both sides in one element type, so that an engine can work on them. */
export function alike(b: Builder, left: Value, right: Value, decimal: boolean): readonly [Value, Value] {
  const float = decimal || left.dtype === 'float32' || right.dtype === 'float32';
  const same = left.dtype === right.dtype && left.dtype !== 'uint8' ? left.dtype : 'int32';
  const dtype: ValueType = float ? 'float32' : same;
  return [b.cast(left, dtype), b.cast(right, dtype)];
}

interface Comparison {
  readonly doc: string;
  readonly examples: readonly string[];
  readonly op: BinaryOp;
  /** Texts and truth values can be equal, but not larger. */
  readonly ordered?: true;
}

/** An operator that compares two values, number by number. */
export function comparison(name: string, entry: Comparison): OperationEntry {
  return operator(name, {
    doc: entry.doc,
    source: 'NumPy comparison operators',
    examples: entry.examples,
    inputs: sides,
    settings: {},
    result(inputs, _settings, context) {
      const [a, b] = [typeOf(inputs, 'a'), typeOf(inputs, 'b')];
      const refused = refuseComparison(name, a, b, entry.ordered ?? false, context);
      if (refused) return refused;
      const stretched = stretch(name, a.shape, b.shape);
      return isRefusal(stretched) ? stretched : [made('bool', stretched.shape, [a, b])];
    },
    lower(b, inputs) {
      const [left, right] = alike(b, input(inputs, 'a'), input(inputs, 'b'), false);
      return b.binary(entry.op, left, right);
    },
  });
}

/** An operator on truth values. */
export function logical(
  name: string,
  entry: { readonly doc: string; readonly examples: readonly string[]; readonly op: 'and' | 'or' },
): OperationEntry {
  return operator(name, {
    ...entry,
    source: 'NumPy `logical_and`, `logical_or`',
    inputs: [
      { name: 'a', doc: 'The left side.', dtype: 'bool' },
      { name: 'b', doc: 'The right side.', dtype: 'bool' },
    ],
    settings: {},
    result(inputs) {
      const [a, b] = [typeOf(inputs, 'a'), typeOf(inputs, 'b')];
      const refused = needTruth(name, a, 'a') ?? needTruth(name, b, 'b');
      if (refused) return refused;
      const stretched = stretch(name, a.shape, b.shape);
      return isRefusal(stretched) ? stretched : [made('bool', stretched.shape, [a, b])];
    },
    lower: (b, inputs) => b.binary(entry.op, input(inputs, 'a'), input(inputs, 'b')),
  });
}

/** Refuses what `and`, `or` and `not` cannot take. */
export function needTruth(callee: string, type: TensorType, name: string): Refusal | undefined {
  if (type.dtype === undefined || type.dtype === 'bool') return undefined;
  return refuse('type/truth', { callee, type: printType(type) }, { at: atInput(name) });
}

/** Refuses texts, truth values, and in a model raw bytes. */
export function needOperand(callee: string, type: TensorType, name: string, context: RuleContext): Refusal | undefined {
  const { dtype } = type;
  if (dtype === undefined || dtype === 'float32' || dtype === 'int32') return undefined;
  if (dtype === 'uint8' && context.inData) return undefined;
  const fixes = dtype === 'uint8' ? [insertBefore('type/operand/scale', 'scale(0..255, 0..1)')] : [];
  return refuse('type/operand', { callee, type: printType(type) }, { variant: dtype, at: atInput(name), fixes });
}

function refuseComparison(
  callee: string,
  a: TensorType,
  b: TensorType,
  ordered: boolean,
  context: RuleContext,
): Refusal | undefined {
  if (a.dtype === undefined || b.dtype === undefined) return undefined;
  const unlike = () => refuse('type/compare', { callee, left: printType(a), right: printType(b) });
  const number = (type: TensorType) => type.dtype !== 'bool' && type.dtype !== 'string';
  if (number(a) !== number(b) || (!number(a) && a.dtype !== b.dtype)) return unlike();
  if (!number(a)) return ordered ? unlike() : undefined;
  const decimal = a.dtype === 'float32' || b.dtype === 'float32';
  const whole = a.dtype === 'float32' ? b : a;
  if (!decimal || whole.dtype === 'float32' || whole.facts.literal || context.inData) return undefined;
  return refuse('type/mixed', { callee, left: printType(a), right: printType(b) }, { variant: 'numbers' });
}
