/**
 * What is wrong with a run's folder, and what can be shown of it all the same: a run whose `run.json` is gone or torn is put
 * together from its events, its plan and its name. Nothing is changed or mended.
 */
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  type EndedEvent,
  isRecord,
  numberOf,
  parseJson,
  parseRunRecord,
  RUN_VERSION,
  type RunEvent,
  type RunRecord,
  type StartedEvent,
} from '../protocol/index.ts';
import { readJson } from './facts.ts';
import { isCode, runNumber } from './folder.ts';
import { MOST_OF_RECORD } from './plain-file.ts';
import { type RunSummary, readNotes, readOtherEvents, readRun, unreadableRuns } from './store.ts';

export type Damage =
  /** There is no `run.json`, or no folder any more. */
  | { readonly kind: 'missing' | 'gone' }
  /** It is no JSON: torn, or something else was written into it. */
  | { readonly kind: 'torn'; readonly bytes: number }
  /** It was written by a later Modelwright. */
  | { readonly kind: 'newer'; readonly version: string; readonly modelwright: string }
  /** It is JSON, but not the record of a run. */
  | { readonly kind: 'strange' }
  | { readonly kind: 'denied'; readonly code: string };

/** A run of the list: whole, put together from what is left of it, or not readable at all. */
export type RunEntry =
  | { readonly kind: 'run'; readonly folder: string; readonly run: RunSummary; readonly damage: Damage | undefined }
  | { readonly kind: 'unreadable'; readonly folder: string; readonly damage: Damage };

/** The run of a folder as far as it can be read. */
export function readEntry(folder: string): RunEntry {
  const run = readRun(folder);
  if (run !== undefined) return { kind: 'run', folder, run, damage: undefined };
  const damage = damageOf(folder);
  const rest = damage.kind === 'newer' || damage.kind === 'gone' ? undefined : restOf(folder);
  return rest === undefined ? { kind: 'unreadable', folder, damage } : { kind: 'run', folder, run: rest, damage };
}

/** Why the record of that folder cannot be read. */
export function damageOf(folder: string): Damage {
  const path = join(folder, 'run.json');
  let text: string;
  try {
    const stats = lstatSync(path);
    if (!stats.isFile() || stats.size > MOST_OF_RECORD) return { kind: 'strange' };
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOTDIR')) return { kind: 'gone' };
    if (isCode(error, 'ENOENT')) return { kind: existsSync(folder) ? 'missing' : 'gone' };
    return { kind: 'denied', code: error instanceof Error && 'code' in error ? String(error.code) : 'unknown' };
  }
  const value = parseJson(text);
  if (value === undefined) return { kind: 'torn', bytes: Buffer.byteLength(text) };
  if (!isRecord(value)) return { kind: 'strange' };
  if (value.version === RUN_VERSION || typeof value.version !== 'number') return { kind: 'strange' };
  const modelwright = typeof value.modelwright === 'string' ? value.modelwright : '';
  return { kind: 'newer', version: String(value.version), modelwright };
}

/** What is wrong, in one sentence; the editor has its own words for the same. */
export function damageText(damage: Damage): string {
  switch (damage.kind) {
    case 'missing':
      return 'its run.json is missing';
    case 'gone':
      return 'its folder is not there any more';
    case 'torn':
      return damage.bytes === 0
        ? 'its run.json is empty'
        : `its run.json is damaged: the ${damage.bytes} bytes are no whole JSON`;
    case 'newer':
      return `it was written by ${damage.modelwright === '' ? 'another version of Modelwright' : `Modelwright ${damage.modelwright}`} (run folders of version ${damage.version}; this one reads version ${RUN_VERSION}): update Modelwright`;
    case 'strange':
      return 'its run.json does not hold the record of a run';
    case 'denied':
      return `its run.json may not be read (${damage.code})`;
    default:
      return assertNever(damage);
  }
}

/** Why `findRun` finds nothing: there is no such run, or it is there and cannot be read. */
export function whyNoRun(runs: string, word: string): string {
  const path = word.includes('/') || word.includes('\\');
  const number = /^#?\d+$/.test(word) ? Number(word.replace('#', '')) : undefined;
  const name = path
    ? existsSync(word) && word
    : unreadableRuns(runs).find((each) => each === word || Number.parseInt(each, 10) === number);
  if (name) {
    const folder = path ? name : join(runs, name);
    return `The run ${basename(folder)} cannot be read: ${damageText(damageOf(folder))}. Its checkpoints are untouched (${folder}).`;
  }
  return path
    ? `There is no run at ${word}.`
    : `There is no run \`${word}\` in ${runs}. \`modelwright runs\` lists them.`;
}

/** The record, as its events tell it; undefined where they tell nothing. */
function restOf(folder: string): RunSummary | undefined {
  const events = readOtherEvents(folder);
  const started = events.filter((event) => event.kind === 'started').at(-1);
  const plan = readJson(join(folder, 'plan.json'));
  if (started === undefined || !isRecord(plan)) return undefined;
  const ended = events.at(-1)?.kind === 'ended' ? events.at(-1) : undefined;
  const record = recordFrom(folder, plan, started, ended?.kind === 'ended' ? ended : undefined, events);
  // As whole as any other, or it is not shown as one.
  if (parseRunRecord(JSON.stringify(record)) === undefined) return undefined;
  return { folder, record, state: record.state, notes: readNotes(folder) };
}

function recordFrom(
  folder: string,
  plan: Readonly<Record<string, unknown>>,
  started: StartedEvent,
  ended: EndedEvent | undefined,
  events: readonly RunEvent[],
): RunRecord {
  const name = basename(folder);
  const epoch = events.filter((event) => event.kind === 'epoch').at(-1);
  const validation = Object.entries(epoch?.validation ?? {}).map(
    ([key, value]) => [`validation.${key}`, value] as const,
  );
  const train = isRecord(plan.train) ? plan.train : {};
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    version: RUN_VERSION,
    id: name,
    number: runNumber(name) ?? 0,
    title: started.title,
    state: ended?.state ?? 'interrupted',
    file: text(plan.file),
    declaration: text(plan.declaration),
    model: isRecord(plan.model) ? text(plan.model.name) : '',
    created: events[0]?.time ?? started.time,
    ended: events.at(-1)?.time,
    pid: undefined,
    engine: started.engine.id,
    device: started.engine.device,
    threads: started.engine.threads,
    seed: typeof train.seed === 'number' ? train.seed : 0,
    parameters: started.parameters,
    steps: started.steps,
    step: ended?.step ?? epoch?.step ?? 0,
    best: ended?.best !== undefined && Number.isFinite(numberOf(ended.best.value)) ? ended.best : undefined,
    metrics: { ...epoch?.train, ...Object.fromEntries(validation) },
    planHash: '',
    dataHash: '',
    modelwright: '',
    reason: ended?.reason,
  };
}

function assertNever(value: never): never {
  throw new Error(`Unknown damage: ${JSON.stringify(value)}`);
}
