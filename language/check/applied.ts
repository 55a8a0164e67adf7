/** Keras' way to apply a layer, `Dense(3)(Dense(16)(x))`: told once, with the flow that says the same. */
import type { CallExpr, Expr } from '../syntax/tree.ts';
import { type Frame, findLocal } from './frame.ts';
import { replaceFix, report } from './report.ts';
import { findEntry } from './resolve.ts';

/** True: the call applies a layer to a value in Keras' way, which is reported. */
export function reportApplied(expr: CallExpr, frame: Frame): boolean {
  if (!isApplication(expr, frame)) return false;
  const text = flowOf(expr, frame);
  const key = 'argument/applied';
  const values = { layer: frame.chunk.text.slice(expr.callee.start, expr.callee.end), flow: text };
  const fix = replaceFix(frame, 'argument/applied/flow', expr, text);
  report(frame, expr, { message: { key, values }, fixes: [fix] });
  return true;
}

/** `Layer(…)(value)`, the layer a library entry or a unit of the program. */
function isApplication(expr: Expr, frame: Frame): expr is CallExpr & { readonly callee: CallExpr } {
  if (expr.kind !== 'call' || expr.callee.kind !== 'call' || expr.body) return false;
  const name = expr.callee.callee;
  const [given, ...others] = expr.args?.items ?? [];
  if (name.kind !== 'name' || !given || given.name || others.length > 0) return false;
  if (findLocal(frame.scope, name.text)) return false;
  return (
    findEntry(frame, name.text) !== undefined ||
    frame.session.program.find(frame.chunk.file, name.text, 'unit') !== undefined
  );
}

function flowOf(expr: Expr, frame: Frame): string {
  if (!isApplication(expr, frame)) return frame.chunk.text.slice(expr.start, expr.end);
  const [given] = expr.args?.items ?? [];
  const layer = frame.chunk.text.slice(expr.callee.start, expr.callee.end);
  return given ? `${flowOf(given.value, frame)} -> ${layer}` : layer;
}
