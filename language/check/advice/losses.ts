/** The losses and metrics of a section: which output each compares with which field. */

import { expressionsUnder } from '../../syntax/parts.ts';
import type { CallExpr, Entry, Expr } from '../../syntax/tree.ts';
import type { Run } from './run.ts';

export interface Comparison {
  readonly call: CallExpr;
  /** `crossEntropy`, `mae`. */
  readonly name: string;
  readonly prediction: Expr;
  readonly truth: Expr;
  /** The name of the output or field that stands there; '' where it is another expression. */
  readonly output: string;
  readonly field: string;
}

/** The calls of two values in a section's loss, with the names bound there followed. */
export function lossesOf({ declaration }: Run): readonly Comparison[] {
  const exprs = declaration.body.flatMap((item) => (item.kind === 'bind' || isKey(item, 'loss') ? [item.value] : []));
  return exprs.flatMap(comparisonsIn);
}

export function metricsIn({ declaration }: Run): readonly Comparison[] {
  return declaration.body.flatMap((item) =>
    item.kind === 'entry' && isKey(item, 'metrics') ? comparisonsIn(item.value) : [],
  );
}

function isKey(item: Entry, key: string): boolean {
  return item.key.text === key;
}

/** The calls of two values in an expression. */
export function comparisonsIn(expr: Expr): readonly Comparison[] {
  const found: Comparison[] = [];
  for (const part of expressionsUnder(expr)) {
    if (part.kind !== 'call' || part.callee.kind !== 'name') continue;
    const [prediction, truth] = part.args?.items.filter((arg) => !arg.name) ?? [];
    if (!prediction || !truth) continue;
    found.push({
      call: part,
      name: part.callee.text,
      prediction: prediction.value,
      truth: truth.value,
      output: nameOf(prediction.value),
      field: nameOf(truth.value),
    });
  }
  return found;
}

function nameOf(expr: Expr): string {
  if (expr.kind === 'name') return expr.text;
  return expr.kind === 'member' ? expr.name.text : '';
}
