/**
 * A run in a few plain words and numbers: what assistants are told of it. Made of its record and its events; nothing of the
 * steps but the latest.
 */
import {
  createRunState,
  createViews,
  type EventNumber,
  progressOf,
  type RunRecord,
  type RunState,
  reduce,
} from '../protocol/index.ts';
import { type RateChange, rateChanges } from './rate-changes.ts';
import { type RunSummary, readEvents } from './store.ts';

export interface RunLine {
  /** Folder name, `0014-quiet-heron`. */
  readonly run: string;
  readonly number: number;
  readonly state: string;
  readonly program: string;
  readonly file: string;
  readonly started: string;
  readonly step: number;
  readonly steps: number;
  readonly parameters: number;
  readonly best: RunRecord['best'];
  /** Latest values; those of the validation part are called `validation.…`. */
  readonly metrics: Readonly<Record<string, EventNumber>>;
  readonly starred?: true;
  readonly name?: string;
  readonly tags?: readonly string[];
  readonly notes?: string;
}

export interface RunStory extends RunLine {
  readonly folder: string;
  readonly engine: string;
  readonly seed: number;
  /** Why it ended. */
  readonly reason?: string;
  /** The latest ones, oldest first. */
  readonly epochs: readonly {
    readonly epoch: number;
    readonly step: number;
    readonly train: Readonly<Record<string, EventNumber>>;
    readonly validation: Readonly<Record<string, EventNumber>> | undefined;
  }[];
  readonly problems: readonly { readonly code: string; readonly message: string; readonly line?: number }[];
  /** Learning rates that were set by hand while it ran. */
  readonly rateChanges?: readonly RateChange[];
  /** Folders below the run's, oldest first. */
  readonly checkpoints: readonly string[];
  /** Seconds, as far as can be told. */
  readonly secondsLeft?: number;
}

/** Epochs that are told one by one. */
const EPOCHS = 30;

/** A run in a list. */
export function runLine({ record, state, notes }: RunSummary): RunLine {
  return {
    run: record.id,
    number: record.number,
    state,
    program: record.title,
    file: record.file,
    started: momentText(record.created),
    step: record.step,
    steps: record.steps,
    parameters: record.parameters,
    best: record.best,
    metrics: record.metrics,
    ...(notes.starred ? { starred: true as const } : {}),
    ...(notes.name === '' ? {} : { name: notes.name }),
    ...(notes.tags.length === 0 ? {} : { tags: notes.tags }),
    ...(notes.notes === '' ? {} : { notes: notes.notes }),
  };
}

/** A moment as ISO text. Records may hold any number; a date ends in the year 275760. */
export function momentText(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? String(time) : date.toISOString();
}

/** One run, read from its folder. */
export function runStory(summary: RunSummary): RunStory {
  const run: RunState = readEvents(summary.folder).reduce(reduce, createRunState());
  const { record } = summary;
  const alive = summary.state === 'running';
  const changes = rateChanges(summary.folder);
  const { left } = progressOf(run, createViews(run.columns));
  return {
    ...runLine(summary),
    // The record is written once in a while, and after the last event; the events say how far the run is.
    state: run.ended?.state ?? summary.state,
    step: Math.max(record.step, run.step),
    folder: summary.folder,
    engine: `${record.engine} on ${record.device}`,
    seed: record.seed,
    ...(record.reason === undefined ? {} : { reason: record.reason }),
    epochs: run.epochs.slice(-EPOCHS).map(({ epoch, step, train, validation }) => ({ epoch, step, train, validation })),
    problems: run.problems.map(({ code, message, place }) => ({
      code,
      message,
      ...(place === undefined ? {} : { line: place.line }),
    })),
    ...(changes.length === 0 ? {} : { rateChanges: changes }),
    checkpoints: run.checkpoints.map((checkpoint) => checkpoint.path),
    ...(alive && left !== undefined ? { secondsLeft: Math.round(left) } : {}),
  };
}
