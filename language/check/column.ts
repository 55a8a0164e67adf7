/** `column("Sepal Length")`: a raw column whose name is no name of the language. */
import { nearest } from '../syntax/nearest.ts';
import type { CallExpr, Expr } from '../syntax/tree.ts';
import { tellNearColumn, tellNoColumn } from './column-file.ts';
import { evaluate } from './expression.ts';
import { type Frame, findLocal, type Local, type Scope } from './frame.ts';
import { complain, replaceFix } from './report.ts';
import { describe, unknownValue, type Value } from './value.ts';

/** True for a call of `column` in a data section that has nothing else of that name. */
export function isColumnCall(expr: CallExpr, frame: Frame): boolean {
  const { callee } = expr;
  return (
    callee.kind === 'name' &&
    callee.text === 'column' &&
    frame.places[0] === 'data' &&
    !findLocal(frame.scope, 'column')
  );
}

export function columnValue(expr: CallExpr, frame: Frame): Value {
  const [arg, ...more] = expr.args?.items ?? [];
  const entry = frame.session.program.catalog.find('data', 'column');
  if (entry && expr.callee.kind === 'name') frame.facts?.targets.set(expr.callee, { kind: 'entry', entry });
  const value = arg && evaluate(arg.value, frame);
  if (!arg || more.length > 0 || value?.kind !== 'text') {
    if (value?.kind !== 'unknown')
      complain(frame, arg?.value ?? expr, 'data/column-name', { value: value ? describe(value) : 'nothing' });
    return unknownValue;
  }
  if (value.value === undefined) return unknownValue;
  const columns = columnsIn(frame.scope);
  const found = columns.get(value.value);
  if (found) {
    found.used = true;
    return found.value;
  }
  if (!frame.open) noColumn(frame, arg.value, value.value, columns.keys());
  return unknownValue;
}

function noColumn(frame: Frame, at: Expr, name: string, names: Iterable<string>): void {
  const near = nearest(name, names);
  if (near === undefined) {
    if (!tellNoColumn(frame, at, 'data/no-column', name)) complain(frame, at, 'data/no-column', { name });
    return;
  }
  const fix = replaceFix(frame, 'name/change', at, JSON.stringify(near));
  if (tellNearColumn(frame, at, 'data/no-column', { name, near }, fix)) return;
  complain(frame, at, 'data/no-column.near', { name, near }, [fix]);
}

/** The raw columns, behind fields and parameters. */
function columnsIn(scope: Scope): Map<string, Local> {
  const columns = new Map<string, Local>();
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    for (const [name, local] of at.names) if (local.what === 'column' && !columns.has(name)) columns.set(name, local);
  }
  return columns;
}
