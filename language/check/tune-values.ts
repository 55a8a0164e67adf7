/**
 * What a `tune` tries in place of one value: `choice(16, 32)`, `uniform(0.1..0.5)`, `log(1e-4..1e-2)`. The program is checked
 * with the first of them; the others are read by the same setting or parameter, so that each fits.
 */
import type { CallExpr, Expr } from '../syntax/tree.ts';
import { enumerated } from './expected.ts';
import { evaluate } from './expression.ts';
import { type Frame, findLocal } from './frame.ts';
import { complain, replaceFix } from './report.ts';
import { numberIn } from './value.ts';

const NAMES = ['choice', 'uniform', 'log'];

/** The values that stand in a place of one; undefined: it is a plain value. Empty: reported. */
export function triedValues(expr: Expr, frame: Frame): readonly Expr[] | undefined {
  const call = tuneCall(expr, frame);
  if (!call) return undefined;
  const { tuning } = frame.session;
  if (!tuning) {
    complain(frame, expr, 'train/tune-only', { name: call.name });
    return [];
  }
  tuning.tried.add(expr);
  const values = (call.expr.args?.items ?? []).map((arg) => arg.value);
  frame.facts?.targets.set(call.callee, { kind: 'word', entry: undefined, setting: 'tune', word: call.name });
  if (call.name === 'choice') {
    if (values.length === 0) complain(frame, call.callee, 'train/choice-empty');
    return values;
  }
  return rangeEnds(values, call, frame);
}

interface TuneCall {
  readonly name: string;
  readonly callee: Extract<Expr, { kind: 'name' }>;
  readonly expr: CallExpr;
}

/** `log` and `uniform` are functions, too: with a range they are values of a `tune`. */
function tuneCall(expr: Expr, frame: Frame): TuneCall | undefined {
  if (expr.kind !== 'call' || expr.callee.kind !== 'name' || expr.body) return undefined;
  const { callee } = expr;
  if (!NAMES.includes(callee.text) || findLocal(frame.scope, callee.text)) return undefined;
  const first = expr.args?.items[0]?.value;
  const range = first?.kind === 'binary' && first.operator === '..';
  if (callee.text !== 'choice' && !range && !frame.session.tuning) return undefined;
  return { name: callee.text, callee, expr };
}

function rangeEnds(values: readonly Expr[], call: TuneCall, frame: Frame): readonly Expr[] {
  const [range, more] = values;
  if (range?.kind !== 'binary' || range.operator !== '..' || more) {
    if (range?.kind !== 'missing') complain(frame, call.expr, 'train/tune-range', { name: call.name });
    return [];
  }
  const [from, to] = [range.left, range.right].map((end) => numberIn(evaluate(end, frame)));
  if (from !== undefined && to !== undefined && from >= to) {
    const [low, high] = [range.right, range.left].map(({ start, end }) => frame.chunk.text.slice(start, end));
    const fixes = from > to ? [replaceFix(frame, 'train/tune-order/turn', range, `${low}..${high}`)] : [];
    complain(frame, range, 'train/tune-order', { name: call.name, from, to }, fixes);
    return [];
  }
  if (call.name === 'log' && from !== undefined && from <= 0) {
    complain(frame, range.left, 'train/tune-log', { from });
    return [];
  }
  return [range.left, range.right];
}

/** Reads all values that a `tune` tries and gives the first that fits; a plain value is read as it is. */
export function readTried<T>(expr: Expr, frame: Frame, read: (expr: Expr) => T | undefined): T | undefined {
  const values = triedValues(expr, frame);
  if (!values) return read(expr);
  let first: T | undefined;
  for (const value of values) {
    const found = read(value);
    first ??= found;
  }
  return first;
}

/** The names, for messages. */
export function tuneNames(): string {
  return enumerated(NAMES.map((name) => `${name}(…)`));
}
