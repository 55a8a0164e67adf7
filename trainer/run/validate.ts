/** Validation: loss and metrics of the validation rows, and the event that tells of them. */
import { setImmediate as turn } from 'node:timers/promises';
import { type EpochEvent, eventNumbers } from '../../protocol/index.ts';
import { batchCount, batchesOf } from '../data/feed.ts';
import { addBatch, noTotals, valuesOfTotals } from './arithmetic.ts';
import { eventTime, type LoopContext, measureOf, type Spent } from './loop-context.ts';

/** The values of the epoch so far and, where it is asked for, of the validation rows; told as an event. */
export async function measure(
  c: LoopContext,
  spent: Spent,
  what: { readonly whole: boolean; readonly validates: boolean },
): Promise<{ readonly fresh: Readonly<Record<string, number>>; readonly time: EpochEvent['time'] }> {
  const { progress } = c;
  const began = c.clock();
  const validation = what.validates ? await validate(c) : undefined;
  spent.validation += c.clock() - began;
  const train = valuesOfTotals(progress.totals, measureOf(c, 'train'));
  const fresh = { ...train, ...prefixed(validation) };
  progress.metrics = { ...progress.metrics, ...fresh };
  const { time } = c.writer.say({
    kind: 'epoch',
    epoch: progress.epoch,
    whole: what.whole,
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
  return { fresh, time };
}

/** A validation that somebody asked for: it is told, and decides nothing. */
export async function evaluateNow(c: LoopContext, spent: Spent): Promise<void> {
  if (c.preparer.rows.validation === 0) {
    const text = 'There is nothing to evaluate on: the data has no validation rows (`validation: 10%`).';
    c.writer.say({ kind: 'log', level: 'warning', text });
    return;
  }
  const { fresh, time } = await measure(c, spent, { whole: false, validates: true });
  c.observe({ kind: 'epoch', time, values: fresh });
}

function prefixed(values: Readonly<Record<string, number>> | undefined): Record<string, number> {
  return Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [`validation.${name}`, value]));
}

async function validate(c: LoopContext): Promise<Record<string, number> | undefined> {
  if (c.preparer.rows.validation === 0) return undefined;
  // Averaged weights are what the run is for: they are measured, not those that the next update moves.
  const averages = c.train.average !== undefined && c.progress.step > 0;
  if (averages) await c.session.swapAverages();
  try {
    return await measureRows(c);
  } finally {
    if (averages) await c.session.swapAverages();
  }
}

async function measureRows(c: LoopContext): Promise<Record<string, number>> {
  const totals = noTotals();
  const over = measureOf(c, 'evaluate');
  const { batch, validateBatches } = c.train;
  // The same rows each time, so that the values can be compared.
  let left = validateBatches ?? batchCount(c.preparer.rows.validation, batch);
  for await (const one of batchesOf(c.preparer, { part: 'validation', epoch: 0, size: batch }, 0)) {
    addBatch(totals, one.size, await c.session.evaluate(one), over);
    c.preparer.release?.([one]);
    left -= 1;
    if (left <= 0) break;
    await turn();
  }
  return valuesOfTotals(totals, over);
}
