/** The answer among the inputs: a column that is both what is to be found out and what it is found out from. */

import { expressionsUnder } from '../../syntax/parts.ts';
import type { DataDecl, Expr, Field } from '../../syntax/tree.ts';
import { report } from '../report.ts';
import { inputsOf } from '../unit.ts';
import { namesIn } from './expressions.ts';
import { lossesOf } from './losses.ts';
import type { Run } from './run.ts';

/** Transforms after which a value is of another row, or only part of itself. */
const APART: ReadonlySet<string> = new Set(['previous', 'windows', 'hide']);

export function adviseLeak(run: Run): void {
  const { data, target } = run.checked.parts;
  const inputs = new Set(inputsOf(target.declaration.body).map(({ name }) => name));
  for (const { field: name } of lossesOf(run)) {
    const truth = fieldOf(data.declaration, name);
    const column = truth && onlyColumn(truth);
    if (!truth || column === undefined || inputs.has(name)) continue;
    for (const item of data.declaration.body) {
      if (item.kind !== 'field' || !inputs.has(item.name.text) || !holds(item, column)) continue;
      const at = { chunk: data.chunk, start: item.start, end: item.end };
      report(run.frame, run.declaration.on?.name ?? run.declaration.keyword, {
        severity: 'warning',
        message: { key: 'data/leak', values: { input: item.name.text, truth: name, column } },
        related: [{ at, message: { key: 'why/leak-here', values: { column } } }],
      });
      return;
    }
  }
}

function fieldOf(declaration: DataDecl, name: string): Field | undefined {
  return declaration.body.find((item): item is Field => item.kind === 'field' && item.name.text === name);
}

/** The one column of a single number: an image against itself is an autoencoder, and no leak. */
function onlyColumn(truth: Field): string | undefined {
  if (truth.type.shape && truth.type.shape.dims.length > 0) return undefined;
  if (!truth.value) return truth.name.text;
  if (isApart(truth.value)) return undefined;
  const names = [...columnsIn(truth.value)];
  return names.length === 1 ? names[0] : undefined;
}

/** Columns are the names in lower place: what stands alone, in a list of arguments, or first in a flow. */
function columnsIn(expr: Expr): ReadonlySet<string> {
  const called = new Set<string>();
  for (const part of expressionsUnder(expr)) {
    if (part.kind === 'call' && part.callee.kind === 'name') called.add(part.callee.text);
    if (part.kind === 'flow')
      for (const stage of part.stages)
        if (stage.kind === 'stage' && stage.layer.kind === 'name') called.add(stage.layer.text);
  }
  return new Set([...namesIn(expr)].filter((name) => !called.has(name)));
}

/** Among others: a column alone against itself is an exercise, or an autoencoder. */
function holds(field: Field, column: string): boolean {
  if (!field.value || isApart(field.value)) return false;
  const columns = columnsIn(field.value);
  return columns.size > 1 && columns.has(column);
}

function isApart(expr: Expr): boolean {
  return [...namesIn(expr)].some((name) => APART.has(name));
}
