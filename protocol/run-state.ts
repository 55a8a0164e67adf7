/**
 * Everything that can be shown of a run, from its events alone. Live, reopened and replayed runs are the same code.
 * The fold is pure but for `columns`, a handle that it owns (columns.ts).
 */
import { appendStep, createColumns, type RunColumns, truncateAfter } from './columns.ts';
import {
  type CheckpointEvent,
  type EndedEvent,
  type EpochEvent,
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
  readonly problems: readonly ProblemEvent[];
  readonly marks: readonly RunMark[];
  /** The latest lines, oldest first. */
  readonly log: readonly LogLine[];
  readonly ended: EndedEvent | undefined;
}

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
    marks: [],
    log: [],
    ended: undefined,
  };
}

/** The run after one more event. An event that was seen before (by its number) changes nothing. */
export function reduce(run: RunState, event: RunEvent): RunState {
  if (event.seq <= run.seq) return run;
  const line = logLineOf(event);
  const log = line === undefined ? run.log : [...run.log.slice(-(LOG_LINES - 1)), line];
  const next = { ...run, log, seq: event.seq, firstTime: run.firstTime ?? event.time, lastTime: event.time };
  switch (event.kind) {
    case 'started':
      return start(next, event);
    case 'step':
      return { ...next, step: event.step, epoch: event.epoch, columns: appendStep(run.columns, event) };
    case 'epoch':
      return { ...next, step: event.step, epoch: event.epoch, epochs: [...run.epochs, event] };
    case 'checkpoint':
      return { ...next, checkpoints: [...run.checkpoints, event] };
    case 'paused':
      return { ...next, state: 'paused', marks: [...run.marks, mark('paused', event.step, event.time)] };
    case 'resumed':
      return { ...next, state: 'running', marks: [...run.marks, mark('resumed', event.step, event.time)] };
    case 'changed':
      return { ...next, marks: [...run.marks, mark('changed', event.step, event.time, numberOf(event.lr))] };
    case 'problem':
      return { ...next, problems: [...run.problems, event] };
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
  return {
    ...begun,
    step: from,
    columns: truncateAfter(run.columns, from),
    epochs: run.epochs.filter((epoch) => epoch.step <= from),
    checkpoints: run.checkpoints.filter((checkpoint) => checkpoint.step <= from),
    problems: run.problems.filter((problem) => problem.step !== undefined && problem.step <= from),
    marks: [...run.marks.filter((each) => each.step <= from), mark('continued', from, event.time)],
  };
}

function mark(kind: RunMark['kind'], step: number, time: number, lr?: number): RunMark {
  return { kind, step, time, lr };
}

/** Every kind is handled above; one of a later version is left out. */
function ignore(_event: never, run: RunState): RunState {
  return run;
}
