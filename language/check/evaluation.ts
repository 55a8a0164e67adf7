/** Keys of `evaluate` sections: which run is measured, on which parts of the rows. */
import { integer } from '../catalog/settings.ts';
import type { Entry, Expr, RunDecl } from '../syntax/tree.ts';
import type { Frame } from './frame.ts';
import { complain } from './report.ts';
import { resolveName } from './resolve.ts';
import type { RunParts } from './run-scope.ts';
import { isMeant } from './section.ts';
import { namedRun, whole } from './training-keys.ts';

const batch = integer('Examples that are measured at once.', { min: 1 });

/** Checks the keys besides metrics and expectations; gives the name of the run that `run:` asks for. */
export function checkEvaluation(
  declaration: RunDecl,
  entries: ReadonlyMap<string, Entry>,
  parts: RunParts,
  frame: Frame,
): string | undefined {
  const size = entries.get('batch');
  if (size) whole({ entry: size, frame }, 'batch', batch);
  const slices = entries.get('slices');
  if (slices) for (const item of itemsOf(slices.value)) checkSlice(item, parts, frame);
  const meant = (key: string) => entries.has(key) || isMeant(key, 'evaluate', declaration.body);
  if (declaration.close && !meant('metrics') && !meant('expect')) {
    complain(frame, declaration.keyword, 'train/nothing-to-measure');
  }
  const run = entries.get('run');
  return run && evaluatedRun(run.value, declaration, frame);
}

function itemsOf(expr: Expr): readonly Expr[] {
  if (expr.kind === 'list') return expr.items;
  return expr.kind === 'name' && expr.text === 'none' ? [] : [expr];
}

/** A slice is a field with one whole number, text or flag for each row: its values part the rows. */
function checkSlice(expr: Expr, parts: RunParts, frame: Frame): void {
  if (expr.kind === 'missing') return;
  const name = expr.kind === 'name' ? expr.text : expr.kind === 'member' ? expr.name.text : '';
  const field = parts.data.result.fields.get(name);
  if (expr.kind === 'name') {
    const found = resolveName(expr, frame);
    if (found.kind === 'unknown') return;
  }
  if (!field) {
    complain(frame, expr, 'train/slice-form');
    return;
  }
  const { dtype, shape } = field.value.type;
  if ((shape && shape.length > 0) || dtype === 'float32') complain(frame, expr, 'train/slice-kind', { name });
}

/** `run: NAME`: a train block of this file, of the same model. */
function evaluatedRun(expr: Expr, declaration: RunDecl, frame: Frame): string | undefined {
  const run = namedRun(expr, 'run', frame);
  if (!run || expr.kind !== 'name') return undefined;
  const [from, to] = [run, declaration].map((one) => one.model[0]?.text ?? '');
  if (from !== to) {
    complain(frame, expr, 'train/run-model', { name: expr.text, from: from ?? '', to: to ?? '' });
    return undefined;
  }
  return expr.text;
}
