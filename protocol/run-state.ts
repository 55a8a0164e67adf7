/**
 * Everything that can be shown of a run, from its events alone. Live, reopened and replayed runs are the same code:
 * `state = events.reduce(reduce, emptyRun())`. Only the columns are mutable inside, and the state owns them.
 */
import { type Columns, createColumns } from './columns.ts';
import type {
  ChangedEvent,
  CheckpointEvent,
  EndedEvent,
  EpochEvent,
  LogEvent,
  PausedEvent,
  ProblemEvent,
  ResumedEvent,
  RunEvent,
  RunStateName,
  StartedEvent,
} from './events.ts';

export interface RunState {
  readonly state: RunStateName;
  /** The first start of the run; `latest` is the last one, after a resume. */
  readonly started: StartedEvent | undefined;
  readonly latest: StartedEvent | undefined;
  readonly step: number;
  /** From 1; 0 before the first step. */
  readonly epoch: number;
  /** Milliseconds since 1970 of the last event. */
  readonly time: number;
  /** Sequence number of the last event. */
  readonly seq: number;
  readonly columns: Columns;
  readonly epochs: readonly EpochEvent[];
  readonly checkpoints: readonly CheckpointEvent[];
  readonly findings: readonly ProblemEvent[];
  readonly log: readonly LogEvent[];
  /** What is drawn as a mark on the charts. */
  readonly marks: readonly (PausedEvent | ResumedEvent | ChangedEvent | StartedEvent)[];
  readonly ended: EndedEvent | undefined;
  /** Milliseconds in which nothing was trained: between a pause and its end, or a stop and its resume. */
  readonly idle: number;
}

export function emptyRun(): RunState {
  return {
    state: 'preparing',
    started: undefined,
    latest: undefined,
    step: 0,
    epoch: 0,
    time: 0,
    seq: 0,
    columns: createColumns(),
    epochs: [],
    checkpoints: [],
    findings: [],
    log: [],
    marks: [],
    ended: undefined,
    idle: 0,
  };
}

/** The run after one more event. An event that was already taken in (a re-read line) changes nothing. */
export function reduce(run: RunState, event: RunEvent): RunState {
  if (event.seq <= run.seq) return run;
  return { ...apply(run, event), seq: event.seq, time: event.time };
}

function apply(run: RunState, event: RunEvent): RunState {
  switch (event.kind) {
    case 'started':
      return start(run, event);
    case 'step':
      run.columns.append(event);
      return { ...run, state: 'running', step: event.step, epoch: event.epoch };
    case 'epoch':
      return { ...run, epochs: [...run.epochs, event], epoch: event.epoch };
    case 'checkpoint':
      return { ...run, checkpoints: [...run.checkpoints, event] };
    case 'paused':
      return { ...run, state: 'paused', marks: [...run.marks, event] };
    case 'resumed':
      return { ...run, state: 'running', marks: [...run.marks, event], idle: run.idle + (event.time - run.time) };
    case 'changed':
      return { ...run, marks: [...run.marks, event] };
    case 'problem':
      return { ...run, findings: [...run.findings, event] };
    case 'log':
      return { ...run, log: [...run.log, event] };
    case 'ended':
      return { ...run, state: event.state, ended: event };
    default:
      return assertNever(event);
  }
}

/** A start that continues an earlier one forgets what came after the checkpoint that it continues from. */
function start(run: RunState, event: StartedEvent): RunState {
  const from = event.resumedFrom;
  if (from === undefined) return { ...run, state: 'running', started: run.started ?? event, latest: event };
  run.columns.cutAfter(from);
  return {
    ...run,
    state: 'running',
    started: run.started ?? event,
    latest: event,
    step: from,
    epochs: run.epochs.filter((epoch) => epoch.step <= from),
    checkpoints: run.checkpoints.filter((checkpoint) => checkpoint.step <= from),
    findings: run.findings.filter((finding) => finding.step === undefined || finding.step <= from),
    marks: [...run.marks.filter((mark) => mark.kind === 'started' || mark.step <= from), event],
    ended: undefined,
    idle: run.idle + (run.time === 0 ? 0 : event.time - run.time),
  };
}

/** The process behind the run is gone without a word: whoever finds it dead says so. */
export function markInterrupted(run: RunState): RunState {
  return run.ended === undefined ? { ...run, state: 'interrupted' } : run;
}

function assertNever(value: never): never {
  throw new Error(`Unknown event: ${JSON.stringify(value)}`);
}
