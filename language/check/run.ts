/** `train`, `tune` and `evaluate` sections: loss, metrics and settings, with the model fed by the data. */
import type { Ref } from '../plan/plan.ts';
import type { Bind, Entry, RunDecl } from '../syntax/tree.ts';
import { bind } from './body.ts';
import { checkEvaluation, type Evaluated } from './evaluation.ts';
import { lossFixes, pairOf } from './fixes/comparison.ts';
import { moreFixes } from './fixes/more.ts';
import type { Frame, Recorder } from './frame.ts';
import { place } from './frame.ts';
import type { GivenArg } from './layer.ts';
import { checkLoss, createInterceptor } from './loss.ts';
import { type CheckedMetric, type Expectation, expectationsOf, metricsOf } from './metrics.ts';
import { complain } from './report.ts';
import { enterRun, type RunParts } from './run-scope.ts';
import { isMeant, sectionEntries, type Unsupported, unsupportedOf } from './section.ts';
import { readTraining, type Training } from './training.ts';

export interface CheckedRun {
  readonly parts: RunParts;
  readonly loss: Ref | undefined;
  readonly metrics: readonly CheckedMetric[];
  readonly expect: readonly Expectation[];
  readonly training: Training | undefined;
  /** Of `evaluate`. */
  readonly evaluated: Evaluated | undefined;
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
const UNSUPPORTED = ['devices'];

export function checkRun(declaration: RunDecl, frame: Frame, options: RunOptions = {}): CheckedRun | undefined {
  nameRun(declaration, frame);
  const entries = sectionEntries(declaration.run, declaration.body, frame);
  const parts = enterRun(declaration, frame, {
    model: options.modelArgs ?? [],
    data: options.dataArgs ?? [],
    recorder: options.data,
    starting: frame.session.starting,
  });
  if (!parts) return undefined;
  const items = declaration.body.map((item) => ({ item, frame }));
  const walked = walkItems(items, entries, parts, frame);
  const evaluates = declaration.run === 'evaluate';
  const lossless = !evaluates && !entries.has('loss') && !isMeant('loss', declaration.run, declaration.body);
  if (lossless && declaration.close)
    complain(frame, declaration.keyword, 'train/no-loss', {}, lossFixes(declaration, frame));
  const unsupported = [...unsupportedOf(UNSUPPORTED, entries, frame), ...parts.data.result.unsupported];
  const training = evaluates
    ? undefined
    : readTraining(entries, walked.metrics, { declaration, parts }, frame, options);
  const evaluated = evaluates ? checkEvaluation(declaration, entries, parts, frame) : undefined;
  return { parts, ...walked, training, evaluated, unsupported };
}

export interface Walked {
  loss: Ref | undefined;
  metrics: readonly CheckedMetric[];
  expect: readonly Expectation[];
}

/** An item of a section, and where it is evaluated: a `tune` takes items over from the `train` of its model. */
export interface SectionItem {
  readonly item: Entry | Bind;
  readonly frame: Frame;
}

/** Evaluates names, loss, metrics and expectations in order. `entries` are those that count. */
export function walkItems(
  items: readonly SectionItem[],
  entries: ReadonlyMap<string, Entry>,
  parts: RunParts,
  frame: Frame,
): Walked {
  const walked: Walked = { loss: undefined, metrics: [], expect: [] };
  const interceptor = createInterceptor(frame, parts);
  const { session } = frame;
  session.intercept = interceptor.intercept;
  session.moreFixes = (refusal, site) => moreFixes(refusal, site, frame, parts);
  session.pair = pairOf(parts);
  for (const { item, frame: at } of items) {
    if (item.kind === 'bind') bind(item, { ...at, places: ['loss', 'model'] });
    else if (entries.get(item.key.text) === item) {
      interceptor.enter(item.key.text);
      walkEntry(item, walked, parts, at);
    }
  }
  session.intercept = undefined;
  session.moreFixes = undefined;
  return walked;
}

function walkEntry(item: Entry, walked: Walked, parts: RunParts, frame: Frame): void {
  switch (item.key.text) {
    case 'loss':
      walked.loss = checkLoss(item.value, { ...frame, places: ['loss', 'model'] }, parts);
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
