/**
 * The training loop: batches in order, one update each, validation and checkpoints at their times, and between two updates
 * whatever people have asked for. It knows neither files nor sockets; those are in what it is given.
 */
import { setImmediate as turn } from 'node:timers/promises';
import type { Plan, TrainSettings } from '../../language/index.ts';
import { type CheckpointEvent, eventNumber, eventNumbers } from '../../protocol/index.ts';
import { batchesOf, type Preparer } from '../data/feed.ts';
import type { Batch, Session, StepResult } from '../engine.ts';
import { Failure } from '../failure.ts';
import {
  type Arithmetic,
  addBatch,
  type Measure,
  type MeasureMode,
  noTotals,
  rateAt,
  valuesOfTotals,
  watchedByRate,
} from './arithmetic.ts';
import type { Control } from './control.ts';
import { isDiskFull } from './disk.ts';
import { bestMetric, noteBest, noteEarlyStop, notePlateau, type Progress, stepsOf, validateEvery } from './progress.ts';
import type { RunWriter } from './writer.ts';

export interface LoopContext {
  readonly plan: Plan;
  readonly train: TrainSettings;
  readonly session: Session;
  readonly preparer: Preparer;
  readonly arithmetic: Arithmetic;
  readonly writer: RunWriter;
  readonly control: Control;
  readonly progress: Progress;
  /** Milliseconds, for measuring only. */
  readonly clock: () => number;
  /** Writes a checkpoint of the progress; throws where the disk is full or a weight is no number any more. */
  readonly save: (reason: CheckpointEvent['reason'], epoch: number) => Promise<void>;
  /** A sentence about the last checkpoint that can be used. */
  readonly lastGood: () => string;
  /** Tells everybody else where the run stands: `run.json`, TensorBoard. */
  readonly observe: (what: Observation) => void;
  /** Bytes needed, and bytes free where the system tells. */
  readonly space: () => { readonly needed: number; readonly free: number | undefined };
}

export type Observation =
  | { readonly kind: 'step'; readonly time: number; readonly values: Readonly<Record<string, number>> }
  | { readonly kind: 'epoch'; readonly time: number; readonly values: Readonly<Record<string, number>> }
  | { readonly kind: 'state'; readonly state: 'running' | 'paused' };

export interface Outcome {
  readonly state: 'finished' | 'stopped' | 'failed';
  readonly reason: string | undefined;
}

/** Milliseconds of an epoch by part. */
interface Spent {
  data: number;
  compute: number;
  validation: number;
  checkpoint: number;
}

/** `last` is kept at least this often. */
const SAVE_EVERY = 5 * 60 * 1000;
/** Numbers of one metric that are looked at after each step. */
const MOST_OF_A_STEP = 100_000;
/** A full disk is tried again this often. */
const TRY_AGAIN = 5000;

/** Trains from where the progress stands to the end of the run, a stop, or a failure. */
export async function trainLoop(c: LoopContext): Promise<Outcome> {
  const { total } = stepsOf(c.train, c.preparer.rows.train);
  const since = { saved: c.clock() };
  while (c.progress.step < total) {
    const ended = await trainEpoch(c, total, since);
    if (ended !== undefined) return ended;
  }
  return { state: 'finished', reason: undefined };
}

async function trainEpoch(c: LoopContext, total: number, since: { saved: number }): Promise<Outcome | undefined> {
  const { progress } = c;
  const spent: Spent = { data: 0, compute: 0, validation: 0, checkpoint: 0 };
  const { perEpoch } = stepsOf(c.train, c.preparer.rows.train);
  const every = validateEvery(c.train, total);
  const batches = batchesOf(
    c.preparer,
    { part: 'train', epoch: progress.epoch, size: c.train.batch },
    progress.position,
  );
  try {
    for (;;) {
      const asked = await heed(c, spent, since);
      if (asked !== undefined) return asked;
      if (progress.step >= total || progress.position >= perEpoch) break;
      const began = c.clock();
      const next = await batches.next();
      if (next.done === true) break;
      const failed = await update(c, next.value, total, c.clock() - began, spent);
      if (failed !== undefined) return failed;
      const last = progress.position >= perEpoch || progress.step >= total;
      if (!last && every !== undefined && progress.step % every === 0) {
        const stopped = await checkUp(c, spent, since, { whole: false, validates: true });
        if (stopped !== undefined) return stopped;
      }
      if (!last) await saveIfDue(c, spent, since);
      // Sockets and timers get their turn: an engine may hold the thread for a whole step.
      await turn();
    }
  } finally {
    await batches.return(undefined);
  }
  const validates = every === undefined || progress.step % every === 0 || progress.step >= total;
  return checkUp(c, spent, since, { whole: progress.position >= perEpoch, validates });
}

/** What the schedule says, without a factor set by hand. */
function scheduledRate(c: LoopContext, total: number): number {
  return rateAt(c.train, c.arithmetic, { step: c.progress.step, total, falls: c.progress.plateau?.falls ?? 0 });
}

/** One update. Answers an outcome where the run cannot go on. */
async function update(
  c: LoopContext,
  batch: Batch,
  total: number,
  waited: number,
  spent: Spent,
): Promise<Outcome | undefined> {
  const { progress, writer } = c;
  const rate = scheduledRate(c, total) * progress.rateFactor;
  const began = c.clock();
  const result = await c.session.step([batch], {
    rate,
    step: progress.step,
    metrics: true,
    gradientNorm: c.train.clip !== undefined,
  });
  const took = c.clock() - began;
  progress.step += 1;
  progress.position += 1;
  spent.data += waited;
  spent.compute += took;
  addBatch(progress.totals, batch.size, result, measureOf(c, 'train'));
  const metrics = ownValues(c, result);
  const event = writer.say({
    kind: 'step',
    step: progress.step,
    epoch: progress.epoch,
    loss: eventNumber(result.loss),
    metrics: eventNumbers(metrics),
    lr: eventNumber(rate),
    ...(result.gradientNorm === undefined ? {} : { gradientNorm: eventNumber(result.gradientNorm) }),
    ms: { data: eventTime(waited), compute: eventTime(took) },
  });
  c.observe({ kind: 'step', time: event.time, values: { loss: result.loss, ...metrics, lr: rate } });
  if (Number.isFinite(result.loss)) return undefined;
  return notFinite(c, `The loss became ${nameOf(result.loss)}`, rate);
}

function ownValues(c: LoopContext, result: StepResult): Record<string, number> {
  return Object.fromEntries(
    c.plan.metrics.flatMap((metric): [string, number][] => {
      const sums = result.metrics[metric.name];
      // Of a step with very many rows only the epoch is told: putting them in order would take longer than the step.
      return sums === undefined || sums.length > MOST_OF_A_STEP
        ? []
        : [[metric.name, c.arithmetic.finish(metric, sums, 'train')]];
    }),
  );
}

/** Milliseconds to a thousandth: more is noise, and lines are long enough. */
function eventTime(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

function nameOf(value: number): string {
  return Number.isNaN(value) ? 'not-a-number (NaN)' : 'infinite';
}

/** Ends a run whose numbers have left the finite ones. */
export function notFinite(
  c: Pick<LoopContext, 'progress' | 'writer' | 'lastGood' | 'train' | 'plan'>,
  what: string,
  rate: number | undefined,
): Outcome {
  const { progress } = c;
  const with_ = rate === undefined ? '' : ` with the learning rate ${String(eventNumber(rate))}`;
  const message =
    `${what} at step ${progress.step} (epoch ${progress.epoch})${with_}. Training has stopped, since nothing good can come after it. ` +
    `${c.lastGood()} Try a smaller learning rate, or limit the gradients (\`clip: 1.0\`); also look for empty or huge numbers in the data.`;
  const place = c.train.places.loss ?? c.train.places.optimizer ?? c.plan.place;
  const source = c.plan.sources[place.source];
  c.writer.say({
    kind: 'problem',
    code: 'train/not-finite',
    severity: 'error',
    message,
    step: progress.step,
    place:
      source === undefined
        ? undefined
        : { file: source.path, line: place.line, column: place.column, start: place.start, end: place.end },
  });
  return { state: 'failed', reason: `${what} at step ${progress.step}.` };
}

// ---- between two updates

/** What people asked for, and a full disk. Answers an outcome where the run shall end. */
async function heed(c: LoopContext, spent: Spent, since: { saved: number }): Promise<Outcome | undefined> {
  const { control, progress, writer } = c;
  if (writer.full) await waitForSpace(c, () => Promise.resolve(true));
  const factor = control.takeRate();
  if (factor !== undefined) {
    progress.rateFactor = factor;
    const { total } = stepsOf(c.train, c.preparer.rows.train);
    const lr = eventNumber(scheduledRate(c, total) * factor);
    writer.say({ kind: 'changed', step: progress.step, lr, factor });
  }
  if (control.takeSnapshot()) await saveNow(c, 'last', spent, since);
  if (control.pauseAsked && !control.stopAsked) await pause(c, spent, since);
  if (!control.stopAsked) return undefined;
  if (!writer.full) await saveNow(c, 'stop', spent, since);
  return { state: 'stopped', reason: control.stopReason };
}

async function pause(c: LoopContext, spent: Spent, since: { saved: number }): Promise<void> {
  await saveNow(c, 'pause', spent, since);
  c.writer.say({ kind: 'paused', step: c.progress.step, reason: 'asked' });
  c.observe({ kind: 'state', state: 'paused' });
  while (c.control.pauseAsked && !c.control.stopAsked) {
    await c.control.wait();
    if (c.control.takeSnapshot()) await saveNow(c, 'last', spent, since);
  }
  if (c.control.stopAsked) return;
  c.writer.say({ kind: 'resumed', step: c.progress.step });
  c.observe({ kind: 'state', state: 'running' });
}

/** Waits until the lines that could not be written are, and `retry` too has what it needs, or until somebody stops the run. */
async function waitForSpace(c: LoopContext, retry: () => Promise<boolean>): Promise<void> {
  const { needed, free } = c.space();
  const have = free === undefined ? '' : ` ${inWords(free)} are free.`;
  c.writer.say({
    kind: 'problem',
    code: 'train/disk-full',
    severity: 'warning',
    message: `The disk is full, so the run has paused: it needs about ${inWords(needed)} for its next checkpoint.${have} Free some space; the run then goes on by itself.`,
    step: c.progress.step,
    place: undefined,
  });
  c.writer.say({ kind: 'paused', step: c.progress.step, reason: 'disk-full' });
  c.observe({ kind: 'state', state: 'paused' });
  while (!(c.writer.flush() && (await retry())) && !c.control.stopAsked) await c.control.wait(TRY_AGAIN);
  if (c.control.stopAsked) return;
  c.writer.say({ kind: 'resumed', step: c.progress.step });
  c.observe({ kind: 'state', state: 'running' });
}

function inWords(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

// ---- validation and checkpoints

/** Validation where it is due, the epoch's event, the checkpoint; `whole` at the end of an epoch. */
async function checkUp(
  c: LoopContext,
  spent: Spent,
  since: { saved: number },
  what: { readonly whole: boolean; readonly validates: boolean },
): Promise<Outcome | undefined> {
  const { progress } = c;
  const { epoch } = progress;
  const { whole } = what;
  const began = c.clock();
  const validation = what.validates ? await validate(c) : undefined;
  spent.validation += c.clock() - began;
  const train = valuesOfTotals(progress.totals, measureOf(c, 'train'));
  // Only what was measured now decides about best and early stopping; older values are shown on.
  const fresh = { ...train, ...prefixed(validation) };
  progress.metrics = { ...progress.metrics, ...fresh };
  const event = c.writer.say({
    kind: 'epoch',
    epoch,
    whole,
    step: progress.step,
    train: eventNumbers(train),
    validation: validation === undefined ? undefined : eventNumbers(validation),
    ms: {
      data: eventTime(spent.data),
      compute: eventTime(spent.compute),
      validation: eventTime(spent.validation),
      checkpoint: eventTime(spent.checkpoint),
    },
  });
  const better = noteBest(progress, fresh, c.plan, bestMetric(c.plan, c.preparer.rows.validation > 0));
  const early = noteEarlyStop(progress, fresh, c.plan);
  const fell = notePlateau(progress, fresh, c.plan, watchedByRate(c.train, c.arithmetic));
  if (fell !== undefined) c.writer.say({ kind: 'log', level: 'info', text: fell });
  c.observe({ kind: 'epoch', time: event.time, values: fresh });
  if (whole) {
    progress.epoch += 1;
    progress.position = 0;
    progress.totals = noTotals();
  }
  const keepsBest = c.train.save.some((rule) => rule.kind === 'best');
  await saveNow(c, better && keepsBest ? 'best' : 'last', spent, since, epoch);
  return early === undefined ? undefined : { state: 'finished', reason: early };
}

function measureOf({ plan, arithmetic }: LoopContext, mode: MeasureMode): Measure {
  return { metrics: plan.metrics, arithmetic, mode };
}

function prefixed(values: Readonly<Record<string, number>> | undefined): Record<string, number> {
  return Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [`validation.${name}`, value]));
}

async function validate(c: LoopContext): Promise<Record<string, number> | undefined> {
  if (c.preparer.rows.validation === 0) return undefined;
  const totals = noTotals();
  const measure = measureOf(c, 'evaluate');
  for await (const batch of batchesOf(c.preparer, { part: 'validation', epoch: 0, size: c.train.batch }, 0)) {
    addBatch(totals, batch.size, await c.session.evaluate(batch), measure);
    await turn();
  }
  return valuesOfTotals(totals, measure);
}

async function saveIfDue(c: LoopContext, spent: Spent, since: { saved: number }): Promise<void> {
  const due = c.train.save.some((rule) => rule.kind === 'every' && c.progress.step % rule.steps === 0);
  if (due) await saveNow(c, 'every', spent, since);
  else if (c.clock() - since.saved > SAVE_EVERY) await saveNow(c, 'last', spent, since);
}

/** Writes a checkpoint; a full disk pauses the run until there is space. */
async function saveNow(
  c: LoopContext,
  reason: CheckpointEvent['reason'],
  spent: Spent,
  since: { saved: number },
  epoch = c.progress.epoch,
): Promise<void> {
  const began = c.clock();
  let saved = false;
  const trySave = async (): Promise<boolean> => {
    try {
      await c.save(reason, epoch);
      saved = true;
    } catch (error) {
      if (!isDiskFull(error)) throw error;
    }
    return saved;
  };
  // It goes on only when the checkpoint itself is written: the lines may find space that a checkpoint does not.
  if (!(await trySave()) && !c.control.stopAsked) await waitForSpace(c, trySave);
  if (!saved && !(await trySave())) {
    throw new Failure(
      'train/disk-full',
      `The disk is full, so the last checkpoint could not be written. ${c.lastGood()}`,
    );
  }
  spent.checkpoint += c.clock() - began;
  since.saved = c.clock();
}
