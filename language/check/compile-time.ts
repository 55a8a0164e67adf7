/** Numbers, sizes, flags and texts that are known (or symbolic) before anything runs: arithmetic, comparison, functions. */
import {
  add,
  compare,
  constant,
  type Dim,
  divideExactly,
  floorDivide,
  known,
  modulo,
  multiply,
  order,
  power,
  printDim,
  subtract,
} from '../shapes/dim.ts';
import type { BinaryExpr, Expr, UnaryExpr } from '../syntax/tree.ts';
import { type Frame, place } from './frame.ts';
import { complain } from './report.ts';
import { describe, isNumeric, numberIn, sizeValue, unknownValue, type Value } from './value.ts';

/** Arithmetic of two compile-time values. Whole numbers stay whole; `/` of them is exact or an ordinary number. */
export function calculate(expr: BinaryExpr, left: Value, right: Value, frame: Frame): Value {
  if (left.kind === 'list' && right.kind === 'list' && expr.operator === '+') {
    return { kind: 'list', items: [...left.items, ...right.items] };
  }
  if (!isNumeric(left) || !isNumeric(right)) {
    complain(frame, expr.operatorSpan, 'type/operands', {
      operator: expr.operator,
      left: describe(left),
      right: describe(right),
    });
    return unknownValue;
  }
  if (left.kind === 'size' && right.kind === 'size') return calculateSizes(expr, left.dim, right.dim, frame);
  const [a, b] = [numberIn(left), numberIn(right)];
  return { kind: 'number', value: a === undefined || b === undefined ? undefined : decimal(expr.operator, a, b) };
}

function calculateSizes(expr: BinaryExpr, a: Dim, b: Dim, frame: Frame): Value {
  const { operator } = expr;
  if ((operator === '/' || operator === '//' || operator === '%') && constant(b) === 0) {
    complain(frame, expr.right, 'shape/division-by-zero', { left: printDim(a), operator });
    return unknownValue;
  }
  const result = sizeResult(operator, a, b);
  if (result === 'inexact') {
    const [x, y] = [constant(a), constant(b)];
    return { kind: 'number', value: x === undefined || y === undefined ? undefined : x / y, parts: [a, b] };
  }
  // Beyond 2^53 whole numbers are no longer exact: it is an ordinary number then, and no size.
  if (result === undefined || (result.size === undefined && a.size && b.size)) {
    const [x, y] = [constant(a), constant(b)];
    if (result && (x === undefined || y === undefined)) return sizeValue(result);
    return { kind: 'number', value: x === undefined || y === undefined ? undefined : decimal(operator, x, y) };
  }
  if (constant(a) !== undefined && constant(b) !== undefined && !a.why && !b.why) return sizeValue(result);
  const written = `${printDim(a)} ${operator === '-' ? '−' : operator} ${printDim(b)}`;
  const printed = printDim(result);
  if (written === printed) return sizeValue(result);
  const text = { key: 'why/calculated', values: { size: printed, sum: written } };
  return sizeValue({ size: result.size, why: { text, at: place(frame, expr), from: [a, b] } });
}

function sizeResult(operator: BinaryExpr['operator'], a: Dim, b: Dim): Dim | 'inexact' | undefined {
  switch (operator) {
    case '+':
      return add(a, b);
    case '-':
      return subtract(a, b);
    case '*':
      return multiply(a, b);
    case '/':
      return divideExactly(a, b);
    case '//':
      return floorDivide(a, b);
    case '%':
      return modulo(a, b);
    case '**': {
      const exponent = constant(b);
      return exponent !== undefined && exponent < 0 ? undefined : power(a, b);
    }
    default:
      return undefined;
  }
}

function decimal(operator: BinaryExpr['operator'], a: number, b: number): number | undefined {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '//':
      return Math.floor(a / b);
    case '%':
      return a - b * Math.floor(a / b);
    case '**':
      return a ** b;
    default:
      return undefined;
  }
}

/** `-x` and `not x` of compile-time values. */
export function negate(expr: UnaryExpr, value: Value, frame: Frame): Value {
  if (value.kind === 'unknown') return value;
  if (expr.operator === 'not') {
    if (value.kind === 'flag') return { kind: 'flag', value: value.value === undefined ? undefined : !value.value };
  } else {
    if (value.kind === 'size') return sizeValue(multiply(known(-1), value.dim));
    if (value.kind === 'number') {
      return { kind: 'number', value: value.value === undefined ? undefined : -value.value };
    }
  }
  complain(frame, expr, 'type/operand-kind', { operator: expr.operator, value: describe(value) });
  return unknownValue;
}

/** `and` and `or` of flags; what one side decides does not need the other. */
export function logic(expr: BinaryExpr, left: Value, right: Value, frame: Frame): Value {
  if (left.kind !== 'flag' || right.kind !== 'flag') {
    complain(frame, expr.operatorSpan, 'type/operands', {
      operator: expr.operator,
      left: describe(left),
      right: describe(right),
    });
    return unknownValue;
  }
  const decides = expr.operator === 'or';
  if (left.value === decides || right.value === decides) return { kind: 'flag', value: decides };
  if (left.value === undefined || right.value === undefined) return { kind: 'flag', value: undefined };
  return { kind: 'flag', value: !decides };
}

/** Comparison of compile-time values; undefined where it depends on the sizes of one use. */
export function compareValues(expr: BinaryExpr, left: Value, right: Value, frame: Frame): Value {
  const { operator } = expr;
  if (left.kind === 'size' && right.kind === 'size') {
    return { kind: 'flag', value: compareSizes(operator, left.dim, right.dim) };
  }
  if (isNumeric(left) && isNumeric(right)) {
    const [a, b] = [numberIn(left), numberIn(right)];
    return { kind: 'flag', value: a === undefined || b === undefined ? undefined : holds(operator, a - b) };
  }
  if (operator === '==' || operator === '!=') {
    const equal = equalTexts(left, right);
    if (equal !== 'unlike')
      return { kind: 'flag', value: equal === undefined ? undefined : equal === (operator === '==') };
  }
  complain(frame, expr.operatorSpan, 'type/compare', {
    callee: operator,
    left: describe(left),
    right: describe(right),
  });
  return unknownValue;
}

function equalTexts(left: Value, right: Value): boolean | undefined | 'unlike' {
  const textual = (value: Value) => value.kind === 'text' || value.kind === 'word';
  if (textual(left) && textual(right)) {
    const [a, b] = [left, right].map((v) => (v.kind === 'text' ? v.value : v.kind === 'word' ? v.text : undefined));
    return a === undefined || b === undefined ? undefined : a === b;
  }
  if (left.kind === 'flag' && right.kind === 'flag') {
    return left.value === undefined || right.value === undefined ? undefined : left.value === right.value;
  }
  return 'unlike';
}

function compareSizes(operator: BinaryExpr['operator'], a: Dim, b: Dim): boolean | undefined {
  if (operator === '==' || operator === '!=') {
    const ordered = order(a, b);
    const equality = ordered === 'less' || ordered === 'greater' ? 'different' : compare(a, b);
    return equality === 'depends' ? undefined : (equality === 'equal') === (operator === '==');
  }
  const found = order(a, b);
  if (found !== 'depends') return holds(operator, found === 'less' ? -1 : found === 'greater' ? 1 : 0);
  // Sizes are whole: `T > 0` holds where T ≥ 1 does.
  const next = operator === '<' || operator === '>=' ? order(add(a, known(1)), b) : order(a, add(b, known(1)));
  if (operator === '<' && next === 'greater') return order(a, b) === 'depends' ? undefined : false;
  if (operator === '<=' && next === 'less') return true;
  if (operator === '>' && next === 'less') return false;
  return undefined;
}

function holds(operator: BinaryExpr['operator'], difference: number): boolean | undefined {
  switch (operator) {
    case '==':
      return difference === 0;
    case '!=':
      return difference !== 0;
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
    default:
      return undefined;
  }
}

/** Functions of numbers that work before anything runs: on sizes, and on lists. */
const functions: Readonly<Record<string, (items: readonly Value[]) => Value | undefined>> = {
  len: ([list]) => (list?.kind === 'list' ? sizeValue(known(list.items.length)) : undefined),
  sum: ([list]) => (list?.kind === 'list' ? total(list.items) : undefined),
  min: (items) => pick(items, 'less'),
  max: (items) => pick(items, 'greater'),
  round: ([value]) => rounded(value, Math.round),
  ceil: ([value]) => rounded(value, Math.ceil),
  floor: ([value]) => rounded(value, Math.floor),
};

export function isCompileTimeFunction(name: string): boolean {
  return Object.hasOwn(functions, name);
}

/** The result of such a function on compile-time values; undefined where it is none for these. */
export function compileTimeCall(name: string, items: readonly Value[]): Value | undefined {
  return isCompileTimeFunction(name) ? functions[name]?.(items) : undefined;
}

function total(items: readonly Value[]): Value | undefined {
  let sum = known(0);
  let decimals = 0;
  let whole = true;
  for (const item of items) {
    if (item.kind === 'size') sum = add(sum, item.dim);
    else if (item.kind === 'number' && item.value !== undefined) {
      whole = false;
      decimals += item.value;
    } else return item.kind === 'unknown' ? unknownValue : undefined;
  }
  if (whole) return sizeValue(sum);
  const value = constant(sum);
  return { kind: 'number', value: value === undefined ? undefined : value + decimals };
}

function pick(items: readonly Value[], wanted: 'less' | 'greater'): Value | undefined {
  const [only] = items;
  const values = items.length === 1 && only?.kind === 'list' ? only.items : items;
  const [first, ...others] = values;
  if (!first || (items.length === 1 && only?.kind !== 'list') || !values.every(isNumeric)) return undefined;
  let best = first;
  for (const item of others) {
    if (best.kind === 'size' && item.kind === 'size') {
      const found = order(item.dim, best.dim);
      if (found === 'depends') return sizeValue({ size: undefined, why: undefined });
      if (found === wanted) best = item;
      continue;
    }
    const [a, b] = [numberIn(item), numberIn(best)];
    if (a === undefined || b === undefined) return { kind: 'number', value: undefined };
    if (wanted === 'less' ? a < b : a > b) best = item;
  }
  return best;
}

function rounded(value: Value | undefined, round: (x: number) => number): Value | undefined {
  if (value?.kind === 'size') return value;
  if (value?.kind !== 'number') return undefined;
  return value.value === undefined
    ? sizeValue({ size: undefined, why: undefined })
    : sizeValue(known(round(value.value)));
}

/** An expression's value as a size; reported where it is none. Undefined: reported, or unknown already. */
export function sizeOf(value: Value, at: Expr, frame: Frame): Dim | undefined {
  if (value.kind === 'size') return value.dim;
  if (value.kind === 'number' && value.value !== undefined && Number.isSafeInteger(value.value))
    return known(value.value);
  if (value.kind === 'number' && value.parts) {
    const [left, right] = value.parts;
    complain(frame, at, 'shape/not-whole.quotient', {
      left: printDim(left),
      right: printDim(right),
      value: round(value.value),
    });
    return undefined;
  }
  if (value.kind === 'number' && value.value === undefined) return undefined;
  if (value.kind === 'number' && Number.isInteger(value.value)) {
    complain(frame, at, 'shape/beyond-counting', { size: describe(value) });
    return undefined;
  }
  if (value.kind !== 'unknown') complain(frame, at, 'shape/not-whole', { value: describe(value) });
  return undefined;
}

function round(value: number | undefined): string {
  return value === undefined ? 'a fraction' : String(Math.round(value * 1000) / 1000);
}
