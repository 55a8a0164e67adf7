/** `train`, `tune` and `evaluate` sections: loss, metrics and settings, with the model fed by the data. */
import type { Ref } from '../plan/plan.ts';
import type { Entry, Expr, RunDecl } from '../syntax/tree.ts';
import { bind } from './body.ts';
import type { Frame, Recorder } from './frame.ts';
import { place } from './frame.ts';
import type { GivenArg } from './layer.ts';
import { checkLoss, createInterceptor } from './loss.ts';
import { type CheckedMetric, type Expectation, expectationsOf, metricsOf } from './metrics.ts';
import { complain } from './report.ts';
import { suggest } from './resolve.ts';
import { enterRun, modelOf, type RunParts } from './run-scope.ts';
import { sectionEntries, type Unsupported, unsupportedOf } from './section.ts';
import { readTraining, type Training } from './training.ts';

export interface CheckedRun {
  readonly parts: RunParts;
  readonly loss: Ref | undefined;
  readonly metrics: readonly CheckedMetric[];
  readonly expect: readonly Expectation[];
  readonly training: Training | undefined;
  /** The evaluated run's train block. */
  readonly run: string | undefined;
  /** Keys whose work comes with later versions. */
  readonly unsupported: readonly Unsupported[];
}

/** What a plan adds to a section: recorders and overriding values. */
export interface RunOptions {
  readonly data?: Recorder;
  readonly modelArgs?: readonly GivenArg[];
  readonly dataArgs?: readonly GivenArg[];
  /** Values in place of a key's: `--set epochs=2`. */
  readonly keys?: ReadonlyMap<string, { readonly entry: Entry; readonly frame: Frame }>;
}

/** Keys that are known, but whose work comes with later versions: they are checked, and no run is made with them. */
const UNSUPPORTED = ['accumulate', 'freeze', 'start', 'average', 'precision', 'devices', 'slices'];

export function checkRun(declaration: RunDecl, frame: Frame, options: RunOptions = {}): CheckedRun | undefined {
  nameRun(declaration, frame);
  const entries = sectionEntries(declaration.run, declaration.body, frame);
  if (declaration.run === 'tune') {
    checkTune(declaration, entries, frame);
    return undefined;
  }
  const parts = enterRun(declaration, frame, {
    model: options.modelArgs ?? [],
    data: options.dataArgs ?? [],
    recorder: options.data,
    starting: frame.session.starting,
  });
  if (!parts) return undefined;
  return walkRun(declaration, entries, parts, frame, options);
}

interface Walked {
  loss: Ref | undefined;
  metrics: readonly CheckedMetric[];
  expect: readonly Expectation[];
}

function walkRun(
  declaration: RunDecl,
  entries: ReadonlyMap<string, Entry>,
  parts: RunParts,
  frame: Frame,
  options: RunOptions,
): CheckedRun {
  const walked: Walked = { loss: undefined, metrics: [], expect: [] };
  const interceptor = createInterceptor(frame, parts);
  frame.session.intercept = interceptor.intercept;
  for (const item of declaration.body) {
    if (item.kind === 'bind') bind(item, { ...frame, places: ['loss', 'model'] });
    else if (entries.get(item.key.text) === item) {
      interceptor.enter(item.key.text);
      walkEntry(item, walked, frame);
    }
  }
  frame.session.intercept = undefined;
  const evaluates = declaration.run === 'evaluate';
  if (!evaluates && !entries.has('loss') && declaration.close) {
    complain(frame, declaration.keyword, 'train/no-loss');
  }
  const unsupported = [...unsupportedOf(UNSUPPORTED, entries, frame), ...parts.data.result.unsupported];
  const training = evaluates ? undefined : readTraining(entries, walked.metrics, parts.data, frame, options);
  const run = entries.get('run');
  return { parts, ...walked, training, run: run && runNamed(run.value, frame), unsupported };
}

function walkEntry(item: Entry, walked: Walked, frame: Frame): void {
  switch (item.key.text) {
    case 'loss':
      walked.loss = checkLoss(item.value, { ...frame, places: ['loss', 'model'] });
      break;
    case 'metrics':
      walked.metrics = metricsOf(item.value, { ...frame, places: ['metric', 'model'] });
      break;
    case 'expect':
      walked.expect = expectationsOf(item.value, { ...frame, places: ['metric', 'model'] });
      break;
    default:
      break;
  }
}

/** `run: NAME`: a train block of this file. */
function runNamed(expr: Expr, frame: Frame): string | undefined {
  if (expr.kind !== 'name') {
    if (expr.kind !== 'missing') complain(frame, expr, 'train/run-form');
    return undefined;
  }
  const { program } = frame.session;
  const found = program.find(frame.chunk.file, expr.text, 'run');
  if (!found) {
    suggest(frame, expr, expr.text, 'name/unknown-run', program.names(frame.chunk.file, 'run'));
    return undefined;
  }
  const declaration = found.declaration.kind === 'run' ? found.declaration : undefined;
  const name = declaration?.as ?? declaration?.model[0];
  if (name) {
    const at = { chunk: found.chunk, start: name.start, end: name.end };
    frame.facts?.targets.set(expr, { kind: 'declaration', name: expr.text, at });
  }
  return expr.text;
}

/** A train block's name stands for it: `as` names are unique. */
function nameRun(declaration: RunDecl, frame: Frame): void {
  const { as } = declaration;
  if (!as || as.text === '') return;
  const at = place(frame, as);
  frame.facts?.targets.set(as, { kind: 'declaration', name: as.text, at });
  if (declaration.run !== 'train') return;
  const first = frame.session.program.find(frame.chunk.file, as.text, 'run');
  if (first && first.chunk !== frame.chunk) complain(frame, as, 'name/declared-twice', { name: as.text });
}

/** Tuning comes with a later version: names and keys are checked, values may be ranges. */
function checkTune(declaration: RunDecl, entries: ReadonlyMap<string, Entry>, frame: Frame): void {
  modelOf(declaration, frame);
  const name = declaration.on?.name;
  const { program } = frame.session;
  if (name && name.text !== '') {
    const found = program.find(frame.chunk.file, name.text, 'data');
    if (!found) suggest(frame, name, name.text, 'name/unknown-data', program.names(frame.chunk.file, 'data'));
  }
  if (!declaration.close) return;
  if (!entries.has('search')) complain(frame, declaration.keyword, 'train/no-search');
  if (!entries.has('maximize') && !entries.has('minimize')) complain(frame, declaration.keyword, 'train/no-goal');
}
