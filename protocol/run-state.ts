/**
 * Everything that can be shown of a run, from its events alone. Live, reopened and replayed runs are the same code.
 * The columns and the lists are owned by the state and grow in place, so of two states only the later one is to be read.
 */
import { appendStep, createColumns, type RunColumns, truncateAfter } from './columns.ts';
import {
  type CheckpointEvent,
  type EndedEvent,
  type EpochEvent,
  type LayersEvent,
  numberOf,
  type ProblemEvent,
  type RunEvent,
  type RunStateName,
  type StartedEvent,
} from './events.ts';
import { type LogLine, logLineOf } from './log-line.ts';

export interface RunState {
  readonly state: RunStateName;
  /** The latest start; a resumed run has several. */
  readonly started: StartedEvent | undefined;
  /** Time of the run's first event. */
  readonly firstTime: number | undefined;
  readonly lastTime: number | undefined;
  readonly seq: number;
  readonly step: number;
  readonly epoch: number;
  readonly columns: RunColumns;
  readonly epochs: readonly EpochEvent[];
  readonly checkpoints: readonly CheckpointEvent[];
  /** Findings that hold. */
  readonly problems: readonly ProblemEvent[];
  readonly layers: readonly LayersEvent[];
  readonly marks: readonly RunMark[];
  /** The latest lines, oldest first. */
  readonly log: readonly LogLine[];
  readonly ended: EndedEvent | undefined;
  /** Milliseconds of the epochs so far, by part. */
  readonly spent: EpochTimes;
}

export interface EpochTimes {
  readonly data: number;
  readonly compute: number;
  readonly validation: number;
  readonly checkpoint: number;
  /** Validations so far. */
  readonly checks: number;
}

const NOTHING_SPENT: EpochTimes = { data: 0, compute: 0, validation: 0, checkpoint: 0, checks: 0 };

/** Something that happened at a step and is drawn on the charts. */
export interface RunMark {
  readonly kind: 'paused' | 'resumed' | 'changed' | 'continued';
  readonly step: number;
  readonly time: number;
  /** The new learning rate of a change. */
  readonly lr: number | undefined;
}

/** Log lines that are kept in memory; all are in `log.txt`. */
export const LOG_LINES = 2000;

/** A run of which nothing is known yet. */
export function createRunState(): RunState {
  return {
    state: 'preparing',
    started: undefined,
    firstTime: undefined,
    lastTime: undefined,
    seq: 0,
    step: 0,
    epoch: 0,
    columns: createColumns(),
    epochs: [],
    checkpoints: [],
    problems: [],
    layers: [],
    marks: [],
    log: [],
    ended: undefined,
    spent: NOTHING_SPENT,
  };
}

/** The run after one more event. An event that was seen before (by its number) changes nothing. */
export function reduce(run: RunState, event: RunEvent): RunState {
  if (event.seq <= run.seq) return run;
  const line = logLineOf(event);
  const next = {
    ...run,
    log: line === undefined ? run.log : withLine(run.log, line),
    seq: event.seq,
    firstTime: run.firstTime ?? event.time,
    lastTime: event.time,
  };
  switch (event.kind) {
    case 'started':
      return start(next, event);
    case 'step':
      appendStep(run.columns, event);
      next.step = event.step;
      next.epoch = event.epoch;
      return next;
    case 'epoch':
      return {
        ...next,
        step: event.step,
        epoch: event.epoch,
        spent: withEpoch(run.spent, run.epochs.at(-1), event),
        epochs: grown(run.epochs, event),
      };
    case 'checkpoint':
      return { ...next, checkpoints: grown(run.checkpoints, event) };
    case 'paused':
      return { ...next, state: 'paused', marks: grown(run.marks, mark('paused', event.step, event.time)) };
    case 'resumed':
      return { ...next, state: 'running', marks: grown(run.marks, mark('resumed', event.step, event.time)) };
    case 'changed': {
      const change = mark('changed', event.step, event.time, numberOf(event.lr));
      return { ...next, marks: grown(run.marks, change) };
    }
    case 'problem':
      return { ...next, problems: grown(run.problems, event) };
    case 'settled':
      return { ...next, problems: run.problems.filter((problem) => problem.seq !== event.problem) };
    case 'layers':
      return { ...next, layers: grown(run.layers, event) };
    case 'log':
      return next;
    case 'ended':
      return { ...next, state: event.state, step: event.step, epoch: event.epoch, ended: event };
    default:
      return ignore(event, next);
  }
}

/** A continued run does the steps after its checkpoint again: what was said of them is dropped. */
function start(run: RunState, event: StartedEvent): RunState {
  const from = event.resumedFrom;
  const begun: RunState = { ...run, state: 'running', started: event, ended: undefined };
  if (from === undefined) return begun;
  const epochs = run.epochs.filter((epoch) => epoch.step <= from);
  return {
    ...begun,
    step: from,
    columns: truncateAfter(run.columns, from),
    epochs,
    spent: epochs.reduce((spent, epoch, index) => withEpoch(spent, epochs[index - 1], epoch), NOTHING_SPENT),
    checkpoints: run.checkpoints.filter((checkpoint) => checkpoint.step <= from),
    problems: run.problems.filter((problem) => problem.step !== undefined && problem.step <= from),
    layers: run.layers.filter((each) => each.step <= from),
    marks: [...run.marks.filter((each) => each.step <= from), mark('continued', from, event.time)],
  };
}

/** An epoch's milliseconds count from its start: a later event of the same epoch takes the place of the one before. */
function withEpoch(spent: EpochTimes, before: EpochEvent | undefined, event: EpochEvent): EpochTimes {
  const same = before?.epoch === event.epoch ? before.ms : NOTHING_SPENT;
  return {
    data: spent.data + event.ms.data - same.data,
    compute: spent.compute + event.ms.compute - same.compute,
    validation: spent.validation + event.ms.validation - same.validation,
    checkpoint: spent.checkpoint + event.ms.checkpoint - same.checkpoint,
    checks: spent.checks + (event.validation === undefined ? 0 : 1),
  };
}

/** Lists belong to the state, as the columns do, and grow in place: copying them for each event would take ever longer. */
function grown<T>(list: readonly T[], item: T): readonly T[] {
  (list as T[]).push(item);
  return list;
}

function withLine(log: readonly LogLine[], line: LogLine): readonly LogLine[] {
  return log.length < LOG_LINES * 2 ? grown(log, line) : [...log.slice(-LOG_LINES), line];
}

function mark(kind: RunMark['kind'], step: number, time: number, lr?: number): RunMark {
  return { kind, step, time, lr };
}

/** Every kind is handled above; one of a later version is left out. */
function ignore(_event: never, run: RunState): RunState {
  return run;
}
