/** Where a run stands: what a checkpoint keeps besides the weights, and what decides about best and early stopping. */

import type { Plan, TrainSettings } from '../../language/index.ts';
import {
  type CheckpointState,
  eventNumber,
  numberOf,
  REASON_TEXTS,
  type RunRecord,
  told,
} from '../../protocol/index.ts';
import { noTotals, type Totals } from './arithmetic.ts';

export interface Progress {
  /** Optimizer updates done. */
  step: number;
  /** From 1. */
  epoch: number;
  /** Updates done within the epoch. */
  position: number;
  rateFactor: number;
  totals: Totals;
  stop: { best: number; waited: number } | undefined;
  /** Of a rate that listens to a metric: its best value, validations since then, and how often the rate has fallen. */
  plateau: { best: number; waited: number; falls: number } | undefined;
  best: RunRecord['best'];
  /** Last values, `validation.` ones included. */
  metrics: Record<string, number>;
}

export function startOfRun(): Progress {
  return {
    step: 0,
    epoch: 1,
    position: 0,
    rateFactor: 1,
    totals: noTotals(),
    stop: undefined,
    plateau: undefined,
    best: undefined,
    metrics: {},
  };
}

/** The progress that a checkpoint keeps. */
export function progressOf(state: CheckpointState): Progress {
  const metrics = Object.fromEntries(
    Object.entries(state.totals.metrics).map(([name, sums]) => [name, sums.map(numberOf)]),
  );
  return {
    step: state.step,
    epoch: state.epoch,
    position: state.position,
    rateFactor: state.rateFactor,
    totals: { examples: state.totals.examples, loss: numberOf(state.totals.loss), metrics },
    stop: state.stop && { ...state.stop, best: numberOf(state.stop.best) },
    plateau: state.plateau && { ...state.plateau, best: numberOf(state.plateau.best) },
    best: state.best,
    metrics: {},
  };
}

/** What a checkpoint keeps of it. Sums go on exactly and early stopping compares exactly: they are kept whole, not as float32. */
export function stateOf(
  progress: Progress,
): Pick<CheckpointState, 'step' | 'epoch' | 'position' | 'rateFactor' | 'totals' | 'stop' | 'plateau' | 'best'> {
  const { step, epoch, position, rateFactor, totals, stop, plateau, best } = progress;
  const exact = (value: number) => (Number.isFinite(value) ? value : eventNumber(value));
  return {
    step,
    epoch,
    position,
    rateFactor,
    totals: {
      examples: totals.examples,
      loss: exact(totals.loss),
      metrics: Object.fromEntries(Object.entries(totals.metrics).map(([name, sums]) => [name, sums.map(exact)])),
    },
    stop: stop && { ...stop, best: exact(stop.best) },
    plateau: plateau && { ...plateau, best: exact(plateau.best) },
    best,
  };
}

/** Updates in an epoch and in the whole run. */
export function stepsOf(train: TrainSettings, rows: number): { readonly perEpoch: number; readonly total: number } {
  const perEpoch = Math.ceil(Math.ceil(rows / train.batch) / (train.accumulate ?? 1));
  return { perEpoch, total: train.steps ?? (train.epochs ?? 1) * perEpoch };
}

/** With `steps:` a validation every twentieth of the run, else at each epoch's end. */
export function validateEvery(train: TrainSettings, total: number): number | undefined {
  if (train.validateEvery !== undefined) return train.validateEvery;
  return train.steps === undefined ? undefined : Math.ceil(total / 20);
}

/** The metric by which the best checkpoint is told: the one of `save: best(…)`, else the first that is there. */
export function bestMetric(plan: Plan, hasValidation: boolean): string {
  const rule = plan.train?.save.find((each) => each.kind === 'best');
  if (rule !== undefined) return rule.metric;
  const first = plan.metrics[0]?.name ?? 'loss';
  return hasValidation ? `validation.${first}` : first;
}

/** Which way a metric is better. */
export function directionOf(plan: Plan, name: string): 'max' | 'min' {
  const bare = name.replace(/^validation\./, '');
  return plan.metrics.find((metric) => metric.name === bare)?.direction ?? 'min';
}

/** True where `value` is better than `before` by more than `change`. */
export function isBetter(direction: 'max' | 'min', value: number, before: number, change: number): boolean {
  if (Number.isNaN(value)) return false;
  if (Number.isNaN(before)) return true;
  return direction === 'max' ? value > before + change : value < before - change;
}

/** Takes a new best value in; true where it is one. */
export function noteBest(
  progress: Progress,
  fresh: Readonly<Record<string, number>>,
  plan: Plan,
  metric: string,
): boolean {
  const value = fresh[metric];
  if (value === undefined || Number.isNaN(value)) return false;
  const before = progress.best === undefined ? Number.NaN : numberOf(progress.best.value);
  if (!isBetter(directionOf(plan, metric), Math.fround(value), before, 0)) return false;
  progress.best = { epoch: progress.epoch, step: progress.step, metric, value: eventNumber(value) };
  return true;
}

/** Early stopping after a validation: the reason to end, or undefined. */
export function noteEarlyStop(
  progress: Progress,
  fresh: Readonly<Record<string, number>>,
  plan: Plan,
): string | undefined {
  const rule = plan.train?.stop;
  const value = rule === undefined ? undefined : fresh[rule.watch];
  if (rule === undefined || value === undefined) return undefined;
  const direction = directionOf(plan, rule.watch);
  const before = progress.stop ?? { best: Number.NaN, waited: 0 };
  if (isBetter(direction, value, before.best, rule.change)) {
    progress.stop = { best: value, waited: 0 };
    return undefined;
  }
  progress.stop = { best: before.best, waited: before.waited + 1 };
  return stoppedEarly(progress, plan);
}

/** Why the run is at its end already: it may have been killed after its last checkpoint, before it could say so. */
export function stoppedEarly({ stop }: Pick<Progress, 'stop'>, plan: Plan): string | undefined {
  const rule = plan.train?.stop;
  if (rule === undefined || stop === undefined || stop.waited < rule.patience) return undefined;
  const rises = directionOf(plan, rule.watch) === 'max';
  const values = [rule.watch, String(eventNumber(stop.best))];
  const { notRisen, notRisenOnce, notFallen, notFallenOnce } = REASON_TEXTS;
  return rule.patience === 1
    ? told([rises ? notRisenOnce : notFallenOnce, ...values]).message
    : told([rises ? notRisen : notFallen, ...values, rule.patience]).message;
}

/** A rate that listens, after a validation: a sentence where it falls. */
export function notePlateau(
  progress: Progress,
  fresh: Readonly<Record<string, number>>,
  plan: Plan,
  watched: { readonly metric: string; readonly patience: number } | undefined,
): string | undefined {
  if (watched === undefined) return undefined;
  const value = fresh[watched.metric];
  if (value === undefined) return undefined;
  const { best, waited, falls } = progress.plateau ?? { best: Number.NaN, waited: 0, falls: 0 };
  if (isBetter(directionOf(plan, watched.metric), value, best, 0)) {
    progress.plateau = { best: value, waited: 0, falls };
    return undefined;
  }
  if (waited + 1 < watched.patience) {
    progress.plateau = { best, waited: waited + 1, falls };
    return undefined;
  }
  progress.plateau = { best, waited: 0, falls: falls + 1 };
  return `The learning rate falls: ${watched.metric} has got no better than ${String(eventNumber(best))} for ${watched.patience} validation${watched.patience === 1 ? '' : 's'}.`;
}
