/** The two places where a run calculates by the catalogue: the learning rate of an update, and the value of a metric. */
import type { Compiled } from '../../compiler/index.ts';
import {
  type Call,
  catalog,
  type PlanMetric,
  type ScheduleEntry,
  type SettingValue,
  type TrainSettings,
} from '../../language/index.ts';
import { Failure } from '../failure.ts';

/** Rows that are trained on, or only looked at. */
export type MeasureMode = 'train' | 'evaluate';

/** What the catalogue knows of schedules and metrics. */
export interface Arithmetic {
  /** `step` counts from 0, `total` are the updates of the run; `falls`: how often the watched metric made the rate fall. */
  schedule(call: Call, step: number, total: number, falls: number): number;
  /** What a schedule listens to; undefined: nothing. */
  watches(call: Call): { readonly metric: string; readonly patience: number } | undefined;
  /** Whether a metric's numbers of batches are added up, or kept one behind the other. */
  keeps(metric: PlanMetric, mode: MeasureMode): 'sums' | 'rows';
  /** Rows of a metric in fewer numbers, where it can. */
  compact(metric: PlanMetric, rows: readonly number[]): readonly number[];
  /** The value of a metric's numbers over an epoch. */
  finish(metric: PlanMetric, numbers: readonly number[], mode: MeasureMode): number;
}

/** By the catalogue itself. */
export function catalogArithmetic(compiled: Compiled): Arithmetic {
  return {
    schedule: (call, step, total, falls) => scheduleOf(call).rate(step, total, call.settings, falls),
    watches: (call) => scheduleOf(call).watches?.(call.settings),
    keeps: (metric, mode) => compiled.keeps(compiled.plan.metrics.indexOf(metric), mode),
    compact: (metric, rows) => compiled.compact(compiled.plan.metrics.indexOf(metric), rows),
    finish: (metric, numbers, mode) => compiled.finish(compiled.plan.metrics.indexOf(metric), numbers, mode),
  };
}

function scheduleOf({ call }: Call): ScheduleEntry {
  const entry = catalog.get(call);
  if (entry?.kind !== 'schedule') throw new Failure('train/plan', `The catalogue has no schedule \`${call}\`.`);
  return entry;
}

/** The learning rate of an update. */
export function rateAt(
  train: TrainSettings,
  arithmetic: Arithmetic,
  at: { readonly step: number; readonly total: number; readonly falls: number },
): number {
  const { lr } = train.optimizer.settings;
  if (typeof lr === 'number') return lr;
  if (isCall(lr)) return arithmetic.schedule(lr, at.step, at.total, at.falls);
  throw new Failure(
    'train/plan',
    `The learning rate in the plan is neither a number nor a schedule: ${JSON.stringify(lr)}.`,
  );
}

/** What the rate of a run listens to. */
export function watchedByRate(
  train: TrainSettings,
  arithmetic: Arithmetic,
): { readonly metric: string; readonly patience: number } | undefined {
  const { lr } = train.optimizer.settings;
  return isCall(lr) ? arithmetic.watches(lr) : undefined;
}

function isCall(value: SettingValue | undefined): value is Call {
  return typeof value === 'object' && value !== null && 'call' in value;
}

/** Sums over the examples of an epoch, or of a validation. */
export interface Totals {
  examples: number;
  /** Loss times examples. */
  loss: number;
  readonly metrics: Record<string, number[]>;
}

export function noTotals(): Totals {
  return { examples: 0, loss: 0, metrics: {} };
}

/** How batches come together. */
export interface Measure {
  readonly metrics: readonly PlanMetric[];
  readonly arithmetic: Arithmetic;
  readonly mode: MeasureMode;
}

/** Numbers of one metric that are kept as they come: 32 MB. */
const MOST_ROWS = 4_000_000;

/** Adds a batch. */
export function addBatch(
  totals: Totals,
  size: number,
  result: { readonly loss: number; readonly metrics: Readonly<Record<string, readonly number[]>> },
  { metrics, arithmetic, mode }: Measure,
): void {
  totals.examples += size;
  totals.loss += result.loss * size;
  for (const metric of metrics) {
    const numbers = result.metrics[metric.name];
    if (numbers === undefined) continue;
    const known = totals.metrics[metric.name];
    if (known === undefined) totals.metrics[metric.name] = [...numbers];
    else if (arithmetic.keeps(metric, mode) === 'rows') {
      for (const one of numbers) known.push(one);
      if (known.length > MOST_ROWS) totals.metrics[metric.name] = [...arithmetic.compact(metric, known)];
    } else for (const [i, one] of numbers.entries()) known[i] = (known[i] ?? 0) + one;
  }
}

/** `loss` and each metric. */
export function valuesOfTotals(totals: Totals, { metrics, arithmetic, mode }: Measure): Record<string, number> {
  const values: Record<string, number> = { loss: totals.examples === 0 ? Number.NaN : totals.loss / totals.examples };
  for (const metric of metrics) {
    const numbers = totals.metrics[metric.name];
    if (numbers !== undefined) values[metric.name] = arithmetic.finish(metric, numbers, mode);
  }
  return values;
}
