/**
 * How far a run is: step, running time, time left, where the time went. Made by the host from the fold; shown by the panel,
 * the status bar and the tree.
 */
import { type EventNumber, numberOf } from './events.ts';
import type { RunState } from './run-state.ts';
import { elapsedAt, type RunViews } from './run-view.ts';

export interface RunProgress {
  readonly step: number;
  readonly epoch: number;
  /** Step rows there are. */
  readonly rows: number;
  /** Seconds of running time. */
  readonly elapsed: number;
  /** Mean milliseconds of the latest steps; undefined before the first. */
  readonly stepMs: number | undefined;
  /** Seconds to go; undefined while nothing can be said. */
  readonly left: number | undefined;
  /** Milliseconds spent on each part so far. */
  readonly spent: TimeSplit;
  /** The latest value of each column. */
  readonly latest: Readonly<Record<string, EventNumber>>;
}

export interface TimeSplit {
  readonly data: number;
  readonly compute: number;
  readonly validation: number;
  readonly checkpoint: number;
}

/** Steps that the pace is taken over. */
const PACE_STEPS = 100;
/** Before that many steps nothing is said of the time left. */
const STEPS_BEFORE_GUESS = 20;

/** The progress of a run; `views` are over its columns. */
export function progressOf(run: RunState, views: RunViews): RunProgress {
  const rows = run.columns.length;
  const stepMs = pace(run);
  return {
    step: run.step,
    epoch: run.epoch,
    rows,
    elapsed: elapsedAt(views, run.marks),
    stepMs,
    left: rows < STEPS_BEFORE_GUESS || stepMs === undefined ? undefined : timeLeft(run, stepMs),
    spent: timeSplit(run),
    latest: latestValues(run),
  };
}

function pace(run: RunState): number | undefined {
  const { columns } = run;
  const from = Math.max(0, columns.length - PACE_STEPS);
  const count = columns.length - from;
  if (count === 0) return undefined;
  const sum = sumOf(columns.values.get('ms.data'), from, columns.length);
  return (sum + sumOf(columns.values.get('ms.compute'), from, columns.length)) / count;
}

function timeLeft(run: RunState, stepMs: number): number | undefined {
  const started = run.started;
  if (started === undefined || run.ended !== undefined) return undefined;
  const steps = Math.max(0, started.steps - run.step);
  const { checks, validation } = run.spent;
  const meanCheck = checks === 0 ? 0 : validation / checks;
  const stepsPerCheck = checks === 0 ? Number.POSITIVE_INFINITY : run.step / checks;
  return (steps * stepMs + Math.round(steps / stepsPerCheck) * meanCheck) / 1000;
}

function timeSplit(run: RunState): TimeSplit {
  const { columns } = run;
  const done = run.epochs.at(-1)?.step ?? 0;
  let from = columns.length;
  while (from > 0 && (columns.step[from - 1] ?? 0) > done) from -= 1;
  const { data, compute, validation, checkpoint } = run.spent;
  return {
    data: data + sumOf(columns.values.get('ms.data'), from, columns.length),
    compute: compute + sumOf(columns.values.get('ms.compute'), from, columns.length),
    validation,
    checkpoint,
  };
}

function latestValues(run: RunState): Record<string, EventNumber> {
  const latest: Record<string, EventNumber> = {};
  for (const [name, values] of run.columns.values) {
    const value = values[run.columns.length - 1];
    if (value !== undefined) latest[name] = Number.isFinite(value) ? value : wordFor(value);
  }
  return latest;
}

function wordFor(value: number): EventNumber {
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? 'Infinity' : '-Infinity';
}

function sumOf(values: Float32Array | undefined, from: number, to: number): number {
  let sum = 0;
  for (let row = from; row < to; row++) sum += values?.[row] || 0;
  return sum;
}

/** The best value of a validation metric and where it was reached. */
export function bestOf(
  run: RunState,
  metric: string,
  direction: 'min' | 'max',
): { readonly epoch: number; readonly step: number; readonly value: number } | undefined {
  let best: { epoch: number; step: number; value: number } | undefined;
  for (const epoch of run.epochs) {
    const said = epoch.validation?.[metric];
    if (said === undefined) continue;
    const value = numberOf(said);
    const better = best === undefined || (direction === 'max' ? value > best.value : value < best.value);
    if (Number.isFinite(value) && better) best = { epoch: epoch.epoch, step: epoch.step, value };
  }
  return best;
}
