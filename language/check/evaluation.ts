/** Keys of `evaluate` sections: which run is measured, on which parts of the rows. */
import { integer } from '../catalog/settings.ts';
import type { Ref } from '../plan/plan.ts';
import type { TensorType } from '../shapes/type.ts';
import type { Entry, Expr, RunDecl } from '../syntax/tree.ts';
import { evaluate } from './expression.ts';
import type { Frame } from './frame.ts';
import { complain } from './report.ts';
import { resolveName } from './resolve.ts';
import type { RunParts } from './run-scope.ts';
import { isMeant } from './section.ts';
import { namedRun, whole } from './training-keys.ts';

const batch = integer('Examples that are measured at once.', { min: 1 });

/** By what the metrics are also given apart: the values of a field, or of a condition on what each row has. */
export type CheckedSlice =
  | { readonly kind: 'field'; readonly name: string; readonly text: string }
  | { readonly kind: 'condition'; readonly ref: Ref; readonly text: string };

export interface Evaluated {
  /** The run that `run:` asks for: name of a train block. */
  readonly run: string | undefined;
  readonly slices: readonly CheckedSlice[];
  readonly batch: number | undefined;
}

/** Checks the keys besides metrics and expectations. */
export function checkEvaluation(
  declaration: RunDecl,
  entries: ReadonlyMap<string, Entry>,
  parts: RunParts,
  frame: Frame,
): Evaluated {
  const size = entries.get('batch');
  const slices = entries.get('slices');
  const meant = (key: string) => entries.has(key) || isMeant(key, 'evaluate', declaration.body);
  const run = entries.get('run');
  const evaluated: Evaluated = {
    batch: size && whole({ entry: size, frame }, 'batch', batch),
    slices: slices ? itemsOf(slices.value).flatMap((item) => sliceOf(item, parts, frame) ?? []) : [],
    run: run && evaluatedRun(run.value, declaration, frame),
  };
  if (declaration.close && !meant('metrics') && !meant('expect')) {
    complain(frame, declaration.keyword, 'train/nothing-to-measure');
  }
  return evaluated;
}

function itemsOf(expr: Expr): readonly Expr[] {
  if (expr.kind === 'list') return expr.items;
  return expr.kind === 'name' && expr.text === 'none' ? [] : [expr];
}

/** A field with one whole number, text or flag for each row, whose values part the rows; or a condition, like `age > 60`. */
function sliceOf(expr: Expr, parts: RunParts, frame: Frame): CheckedSlice | undefined {
  if (expr.kind === 'missing') return undefined;
  const text = frame.chunk.text.slice(expr.start, expr.end);
  const name = expr.kind === 'name' ? expr.text : expr.kind === 'member' ? expr.name.text : '';
  const field = parts.data.result.fields.get(name);
  if (expr.kind === 'name' && resolveName(expr, frame).kind === 'unknown') return undefined;
  if (field) return isPlain(field.value.type, expr, name, frame) ? { kind: 'field', name, text } : undefined;
  const value = evaluate(expr, { ...frame, places: ['metric', 'model'] });
  if (value.kind === 'unknown') return undefined;
  if (value.kind !== 'tensor' || !value.type.perExample) complain(frame, expr, 'train/slice-form');
  else if (isPlain(value.type, expr, text, frame) && value.ref) return { kind: 'condition', ref: value.ref, text };
  return undefined;
}

function isPlain({ dtype, shape }: TensorType, expr: Expr, name: string, frame: Frame): boolean {
  const plain = (!shape || shape.length === 0) && dtype !== 'float32';
  if (!plain) complain(frame, expr, 'train/slice-kind', { name });
  return plain;
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
