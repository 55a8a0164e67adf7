/** The settings of a train section: optimizer, length, batch, stopping, saving. */

import type { CheckedCall, SettingDef } from '../catalog/entry.ts';
import { integer } from '../catalog/settings.ts';
import type { TrainSettings } from '../plan/plan.ts';
import type { Fix, Place } from '../problem.ts';
import { nearest } from '../syntax/nearest.ts';
import type { Arg, Entry, Expr, NameExpr, RunDecl } from '../syntax/tree.ts';
import { bindSettings } from './bind-settings.ts';
import { seedOf } from './data.ts';
import { type Frame, place } from './frame.ts';
import type { CheckedMetric } from './metrics.ts';
import { complain, replaceFix } from './report.ts';
import { suggest } from './resolve.ts';
import type { RunOptions } from './run.ts';
import type { RunParts } from './run-scope.ts';
import { ownerOf } from './setting-words.ts';
import { moreSettings, whole as wholeOf } from './training-keys.ts';
import { readTried } from './tune-values.ts';
import { checkListening, clipOf } from './update-rules.ts';
import { saveRules, stopOf, validationOf, watchable } from './watching.ts';

export interface Training extends Omit<TrainSettings, 'optimizer' | 'places'> {
  readonly optimizer: CheckedCall | undefined;
  readonly places: Readonly<Record<string, Place>>;
}

const epochs = integer('Passes over the training rows.', { min: 1 });
const steps = integer('Updates of the weights.', { min: 1 });
const batch = integer('Examples in one update.', { min: 1 });

export function readTraining(
  entries: ReadonlyMap<string, Entry>,
  metrics: readonly CheckedMetric[],
  of: { readonly declaration: RunDecl; readonly parts: RunParts },
  frame: Frame,
  options: RunOptions,
): Training {
  const { declaration, parts } = of;
  const at = (key: string): { readonly entry: Entry; readonly frame: Frame } | undefined => {
    const override = options.keys?.get(key);
    if (override) return override;
    const entry = entries.get(key);
    return entry && { entry, frame };
  };
  const whole = (key: string, def: SettingDef) => wholeOf(at(key), key, def);
  const watched = watchable(metrics, parts.data);
  const found = { epochs: whole('epochs', epochs), steps: whole('steps', steps) };
  const both = entries.get('steps');
  if (both && entries.has('epochs') && !options.keys?.has('steps') && !options.keys?.has('epochs')) {
    complain(frame, both.key, 'train/epochs-and-steps');
  }
  // An override of one replaces the other, too.
  const overridden = options.keys?.has('epochs') ? 'epochs' : options.keys?.has('steps') ? 'steps' : undefined;
  const length =
    overridden === 'epochs' || (overridden === undefined && found.steps === undefined)
      ? { epochs: found.epochs ?? 1, steps: undefined }
      : { epochs: undefined, steps: found.steps };
  const seed = at('seed');
  const stop = at('stop');
  const save = at('save');
  const validate = at('validate');
  const optimizer = optimizerOf(at('optimizer'), frame);
  checkListening(optimizer, at('optimizer'), watched);
  return {
    optimizer,
    ...length,
    batch: whole('batch', batch) ?? 32,
    ...clipOf(at('clip')),
    stop: stop && stopOf(stop.entry.value, watched, stop.frame),
    save: save ? saveRules(save.entry.value, watched, save.frame) : [],
    validateEvery: undefined,
    ...(validate && validationOf(validate.entry.value, validate.frame)),
    ...moreSettings(at, declaration, parts),
    seed: seed ? seedOf(seed.entry, seed.frame) : 0,
    places: Object.fromEntries([...entries].map(([key, entry]) => [key, place(frame, entry)])),
  };
}

// ---- optimizer

/** `Adam(1e-3)`, or `Adam` alone; Adam(0.001) where the key is missing. */
function optimizerOf(
  found: { readonly entry: Entry; readonly frame: Frame } | undefined,
  section: Frame,
): CheckedCall | undefined {
  if (!found) return standardOptimizer(section);
  const { entry, frame } = found;
  return readTried(entry.value, frame, (expr) => oneOptimizer(expr, frame));
}

function oneOptimizer(expr: Expr, frame: Frame): CheckedCall | undefined {
  const call = callOf(expr);
  if (!call) {
    if (expr.kind !== 'missing') complain(frame, expr, 'train/optimizer-form', {}, unquoted(expr, frame));
    return undefined;
  }
  const { catalog } = frame.session.program;
  const optimizer = catalog.find('optimizer', call.name.text);
  if (optimizer?.kind !== 'optimizer') {
    suggest(frame, call.name, call.name.text, 'train/unknown-optimizer', catalog.names('optimizer'));
    return undefined;
  }
  frame.facts?.targets.set(call.name, { kind: 'entry', entry: optimizer });
  const bound = bindSettings(
    ownerOf(optimizer),
    call.args.map((arg) => ({ arg, frame })),
    frame,
    call.name,
  );
  frame.facts?.calls.set(expr, {
    callee: { kind: 'entry', entry: optimizer },
    bound: bound.bound,
    settings: {},
    inputs: {},
    results: [],
    weights: [],
  });
  return bound.ok ? { call: `optimizer/${optimizer.name}`, settings: bound.settings } : undefined;
}

function standardOptimizer(frame: Frame): CheckedCall | undefined {
  const adam = frame.session.program.catalog.find('optimizer', 'Adam');
  return adam && { call: 'optimizer/Adam', settings: bindSettings(ownerOf(adam), [], frame).settings };
}

/** `"adam"` for `Adam`. */
function unquoted(expr: Expr, frame: Frame): readonly Fix[] {
  const names = frame.session.program.catalog.names('optimizer');
  const name =
    expr.kind === 'string' ? (names.includes(expr.value) ? expr.value : nearest(expr.value, names)) : undefined;
  return name === undefined ? [] : [replaceFix(frame, 'train/optimizer-form/name', expr, name)];
}

/** A name, or a call of one. */
export function callOf(expr: Expr): { readonly name: NameExpr; readonly args: readonly Arg[] } | undefined {
  if (expr.kind === 'name' && expr.text !== '') return { name: expr, args: [] };
  if (expr.kind === 'call' && expr.callee.kind === 'name') return { name: expr.callee, args: expr.args?.items ?? [] };
  return undefined;
}
