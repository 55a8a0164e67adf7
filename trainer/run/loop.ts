/**
 * The training loop: batches in order, one update each (or one for several), validation and checkpoints at their times, and
 * between two updates whatever people have asked for.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { eventNumber, eventNumbers, FAILURE_TEXTS, REASON_TEXTS, told } from '../../protocol/index.ts';
import { batchesOf } from '../data/feed.ts';
import type { Batch, StepResult } from '../engine.ts';
import { eventPlace } from '../failure.ts';
import { addBatch, noTotals, watchedByRate } from './arithmetic.ts';
import { heed, saveIfDue, saveNow } from './heed.ts';
import { eventTime, type LoopContext, measureOf, type Outcome, type Spent, scheduledRate } from './loop-context.ts';
import { bestMetric, noteBest, noteEarlyStop, notePlateau, stepsOf, stoppedEarly, validateEvery } from './progress.ts';
import { measure } from './validate.ts';

/** Numbers of one metric that are looked at after each step. */
const MOST_OF_A_STEP = 100_000;

/** Trains from where the progress stands to the end of the run, a stop, or a failure. */
export async function trainLoop(c: LoopContext): Promise<Outcome> {
  const { total } = stepsOf(c.train, c.preparer.rows.train);
  const since = { saved: c.clock() };
  const early = stoppedEarly(c.progress, c.plan);
  if (early !== undefined) return { state: 'finished', reason: early };
  if (c.savesFirst) await saveNow(c, 'last', { data: 0, compute: 0, validation: 0, checkpoint: 0 }, since);
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
  const together = c.train.accumulate ?? 1;
  const batches = batchesOf(
    c.preparer,
    { part: 'train', epoch: progress.epoch, size: c.train.batch },
    progress.position * together,
  );
  try {
    for (;;) {
      const asked = await heed(c, spent, since);
      if (asked !== undefined) return asked;
      if (progress.step >= total || progress.position >= perEpoch) break;
      const began = c.clock();
      const group = await nextGroup(batches, together);
      if (group.length === 0) break;
      const failed = await update(c, group, total, c.clock() - began, spent);
      if (failed !== undefined) return failed;
      c.preparer.release?.(group);
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

/** The batches of one update; fewer at the end of an epoch. */
async function nextGroup(batches: AsyncGenerator<Batch, void, undefined>, size: number): Promise<readonly Batch[]> {
  const group: Batch[] = [];
  while (group.length < size) {
    const next = await batches.next();
    if (next.done === true) break;
    group.push(next.value);
  }
  return group;
}

/** One update. Answers an outcome where the run cannot go on. */
async function update(
  c: LoopContext,
  group: readonly Batch[],
  total: number,
  waited: number,
  spent: Spent,
): Promise<Outcome | undefined> {
  const { progress, writer } = c;
  const rate = scheduledRate(c, total) * progress.rateFactor;
  const began = c.clock();
  const result = await c.session.step(group, {
    rate,
    step: progress.step,
    metrics: true,
    gradientNorm: c.train.clip !== undefined,
    layers: c.health.wantsLayers,
  });
  const took = c.clock() - began;
  progress.step += 1;
  progress.position += 1;
  spent.data += waited;
  spent.compute += took;
  const examples = group.reduce((sum, { size }) => sum + size, 0);
  addBatch(progress.totals, examples, result, measureOf(c, 'train'));
  const metrics = ownValues(c, result);
  const machine = c.machine?.();
  const event = writer.say({
    kind: 'step',
    step: progress.step,
    epoch: progress.epoch,
    loss: eventNumber(result.loss),
    metrics: eventNumbers(metrics),
    lr: eventNumber(rate),
    ...(result.gradientNorm === undefined ? {} : { gradientNorm: eventNumber(result.gradientNorm) }),
    ms: { data: eventTime(waited), compute: eventTime(took) },
    ...(machine === undefined ? {} : { machine }),
  });
  c.observe({ kind: 'step', time: event.time, values: { loss: result.loss, ...metrics, lr: rate } });
  const { step, epoch } = progress;
  const seen = { step, epoch, loss: result.loss, rate, gradientNorm: result.gradientNorm, data: waited, compute: took };
  await c.health.step(seen, group, result.layers);
  return Number.isFinite(result.loss) ? undefined : notFinite(c, result.loss, rate, group);
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

/** Ends a run whose loss has left the finite numbers. */
function notFinite(c: LoopContext, loss: number, rate: number, group: readonly Batch[]): Outcome {
  const { progress, plan, train } = c;
  const { cause, cure, place } = c.health.explain(group);
  c.keepRing();
  c.writer.say({
    kind: 'problem',
    code: 'train/not-finite',
    severity: 'error',
    ...told(
      [
        Number.isNaN(loss) ? FAILURE_TEXTS.lossNaN : FAILURE_TEXTS.lossInfinite,
        progress.step,
        progress.epoch,
        String(eventNumber(rate)),
      ],
      cause,
      [FAILURE_TEXTS.hasStopped],
      c.lastGood(),
      cure,
    ),
    step: progress.step,
    place: eventPlace(plan, place ?? train.places.loss ?? train.places.optimizer ?? plan.place),
  });
  return {
    state: 'failed',
    reason: told([Number.isNaN(loss) ? REASON_TEXTS.lossNaN : REASON_TEXTS.lossInfinite, progress.step]).message,
  };
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
  // Only what was measured now decides about best and early stopping; older values are shown on.
  const { fresh, time } = await measure(c, spent, what);
  c.health.check({ step: progress.step, epoch, loss: fresh.loss, validation: fresh['validation.loss'] });
  const better = noteBest(progress, fresh, c.plan, bestMetric(c.plan, c.preparer.rows.validation > 0));
  const early = noteEarlyStop(progress, fresh, c.plan);
  const fell = notePlateau(progress, fresh, c.plan, watchedByRate(c.train, c.arithmetic));
  if (fell !== undefined) c.writer.say({ kind: 'log', level: 'info', text: fell });
  c.observe({ kind: 'epoch', time, values: fresh });
  if (whole) {
    progress.epoch += 1;
    progress.position = 0;
    progress.totals = noTotals();
  }
  const keepsBest = c.train.save.some((rule) => rule.kind === 'best');
  await saveNow(c, better && keepsBest ? 'best' : 'last', spent, since, epoch);
  return early === undefined ? undefined : { state: 'finished', reason: early };
}
