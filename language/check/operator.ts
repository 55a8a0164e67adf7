/** Operators between values: entries of the catalogue's place `operator`. */
import type { BinaryExpr, UnaryExpr } from '../syntax/tree.ts';
import { asInput } from './expression.ts';
import type { Frame } from './frame.ts';
import type { Site } from './layer.ts';
import { complain } from './report.ts';
import { runOperator } from './run-entry.ts';
import { describe, unknownValue, type Value } from './value.ts';

/** `a + b`, `-a`, `not a` where an operand is a value of the model or the data. */
export function operate(expr: BinaryExpr | UnaryExpr, name: string, values: readonly Value[], frame: Frame): Value {
  const sides = expr.kind === 'binary' ? [expr.left, expr.right] : [expr.value];
  const symbol =
    expr.kind === 'binary' ? expr.operatorSpan : { start: expr.start, end: expr.start + expr.operator.length };
  const operands = [];
  for (const [index, side] of sides.entries()) {
    const value = values[index] ?? unknownValue;
    const tensor = value.kind === 'text' ? undefined : asInput(value, side, frame);
    const given = tensor ?? textInput(value, side, frame);
    if (!given) {
      if (value.kind !== 'unknown')
        complain(frame, side, 'type/operand-kind', { operator: name, value: describe(value) });
      return unknownValue;
    }
    operands.push({ value: given, at: side });
  }
  const entry = frame.session.program.catalog.find('operator', name);
  if (entry?.kind !== 'operation') return unknownValue;
  const site: Site = { node: expr, callee: symbol, args: [], body: undefined, frame, arrow: undefined };
  return runOperator(entry, site, operands, {}, frame);
}

/** In data, a text can be compared with a column of texts. */
function textInput(value: Value, at: Parameters<typeof asInput>[1], frame: Frame) {
  if (value.kind !== 'text' || frame.places[0] !== 'data') return undefined;
  const type = {
    dtype: 'string',
    shape: [],
    perExample: false,
    facts: { literal: true },
  } as const;
  const [ref] =
    frame.session.recorder?.node({
      op: 'constant',
      inputs: {},
      settings: { value: value.value ?? null },
      weights: {},
      outputs: [type],
      path: '',
      place: { chunk: frame.chunk, start: at.start, end: at.end },
    }) ?? [];
  return { kind: 'tensor', type, ref } as const;
}
