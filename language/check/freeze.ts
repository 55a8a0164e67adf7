/** `freeze:`: layers whose weights stay as they are, by the name of a layer, a layer within one, or a weight's path. */
import { createRecorder, type GraphRecorder } from '../plan/recorder.ts';
import type { Entry, Expr, RunDecl } from '../syntax/tree.ts';
import { newSession, topFrame } from './declaration.ts';
import { textOf } from './expression.ts';
import { type Frame, join } from './frame.ts';
import { complain } from './report.ts';
import { suggest, tellTarget } from './resolve.ts';
import { type CheckedRun, checkRun } from './run.ts';
import type { RunParts } from './run-scope.ts';

type Found = { readonly entry: Entry; readonly frame: Frame } | undefined;

/** The paths that a `freeze:` names. */
export function frozenPaths(found: Found, parts: RunParts): readonly string[] {
  if (!found) return [];
  return itemsOf(found.entry.value).flatMap((item) => {
    if (item.kind === 'name' && item.text === 'none') return [];
    const path = frozenPath(item, parts, found.frame);
    return path === undefined ? [] : [path];
  });
}

function itemsOf(expr: Expr): readonly Expr[] {
  if (expr.kind === 'list') return expr.items;
  return expr.kind === 'paren' ? [expr.value] : [expr];
}

/** One path; undefined: reported, or half-typed. */
function frozenPath(expr: Expr, parts: RunParts, frame: Frame): string | undefined {
  switch (expr.kind) {
    case 'name':
      return layerPath(expr, parts, frame);
    case 'member': {
      // A layer within a layer: which ones there are, the paths of the weights tell (`checkFrozen`).
      const outer = frozenPath(expr.object, parts, frame);
      return outer === undefined || expr.name.text === '' ? undefined : join(outer, expr.name.text);
    }
    case 'string':
      return textOf(expr, frame);
    case 'missing':
      return undefined;
    default:
      complain(frame, expr, 'train/freeze-form');
      return undefined;
  }
}

function layerPath(expr: Extract<Expr, { kind: 'name' }>, parts: RunParts, frame: Frame): string | undefined {
  if (expr.text === '') return undefined;
  const local = parts.scope.names.get(expr.text);
  if (local?.what === 'layer') {
    tellTarget(frame, expr, local);
    const { value } = local;
    if (value.kind === 'layer' && value.layer.kind === 'shared') return value.layer.path;
    // A weight (`layer scale = Weight([64])`) is a value; its path is that of its name.
    return value.kind === 'unknown' ? undefined : join(parts.path, expr.text);
  }
  if (expr.text === parts.target.declaration.name.text) return parts.path;
  const layers = [...parts.scope.names.values()].filter(({ what }) => what === 'layer').map(({ name }) => name);
  if (local) {
    complain(frame, expr, 'train/freeze-unknown.other', { name: expr.text });
    return undefined;
  }
  suggest(frame, expr, expr.text, 'train/freeze-unknown', layers, { count: layers.length });
  return undefined;
}

/** Larger models are not walked again for this. */
const STEP_LIMIT = 50_000;

/** Each path must name weights, and something must be left to train. Costs a second walk, so only where a key asks for it. */
export function checkFrozen(declaration: RunDecl, checked: CheckedRun, frame: Frame): void {
  const paths = checked.training?.freeze ?? [];
  const entry = declaration.body.find((item): item is Entry => item.kind === 'entry' && item.key.text === 'freeze');
  // Of a model that is not known in all its parts, any path may be.
  const whole = checked.parts.tally.parameters.size !== undefined;
  if (!entry || paths.length === 0 || !whole || frame.session.steps > STEP_LIMIT) return;
  const recorder = createRecorder();
  checkRun(declaration, topFrame(newSession(frame.session.program, recorder), frame.chunk, '', undefined).frame);
  if (recorder.weights.length === 0) return;
  const items = itemsOf(entry.value);
  for (const [index, path] of paths.entries()) {
    if (recorder.weights.some((weight) => isUnder(weight.path, path))) continue;
    complain(frame, items[index] ?? entry.value, 'train/freeze-unknown.path', { path });
    return;
  }
  if (leftToTrain(recorder, paths) === 0) complain(frame, entry.value, 'train/nothing-to-train');
}

function leftToTrain(recorder: GraphRecorder, paths: readonly string[]): number {
  return recorder.weights.filter((weight) => weight.def.trainable && !isFrozen(weight.path, paths)).length;
}

/** Whether a weight lies under one of the frozen paths. */
export function isFrozen(weight: string, paths: readonly string[]): boolean {
  return paths.some((path) => isUnder(weight, path));
}

function isUnder(weight: string, path: string): boolean {
  return weight === path || weight.startsWith(`${path}/`) || weight.startsWith(`${path}[`);
}
