/** Between two updates: what people asked for, a full disk, checkpoints that are due. */
import {
  type CheckpointEvent,
  eventNumber,
  FAILURE_TEXTS,
  FINDING_TEXTS,
  type Sentence,
  told,
} from '../../protocol/index.ts';
import { Failure } from '../failure.ts';
import { isDiskFull } from './disk.ts';
import { type LoopContext, type Outcome, type Spent, scheduledRate } from './loop-context.ts';
import { stepsOf } from './progress.ts';
import { evaluateNow } from './validate.ts';

/** `last` is kept at least this often. */
const SAVE_EVERY = 5 * 60 * 1000;
/** A full disk is tried again this often. */
const TRY_AGAIN = 5000;

/** What people asked for, and a full disk. Answers an outcome where the run shall end. */
export async function heed(c: LoopContext, spent: Spent, since: { saved: number }): Promise<Outcome | undefined> {
  const { control, progress, writer } = c;
  if (writer.full) await waitForSpace(c, () => Promise.resolve(true));
  const factor = control.takeRate();
  if (factor !== undefined) {
    progress.rateFactor = factor;
    const { total } = stepsOf(c.train, c.preparer.rows.train);
    const lr = eventNumber(scheduledRate(c, total) * factor);
    writer.say({ kind: 'changed', step: progress.step, lr, factor });
  }
  await heedOnce(c, spent, since);
  if (control.pauseAsked && !control.stopAsked) await pause(c, spent, since);
  if (!control.stopAsked) return undefined;
  if (!writer.full) await saveNow(c, 'stop', spent, since);
  return { state: 'stopped', reason: control.stopReason };
}

/** What is done at once, in a pause too. */
async function heedOnce(c: LoopContext, spent: Spent, since: { saved: number }): Promise<void> {
  if (c.control.takeEvaluation()) await evaluateNow(c, spent);
  if (c.control.takeSnapshot()) await saveNow(c, 'last', spent, since);
}

async function pause(c: LoopContext, spent: Spent, since: { saved: number }): Promise<void> {
  await saveNow(c, 'pause', spent, since);
  c.writer.say({ kind: 'paused', step: c.progress.step, reason: 'asked' });
  c.observe({ kind: 'state', state: 'paused' });
  while (c.control.pauseAsked && !c.control.stopAsked) {
    await c.control.wait();
    await heedOnce(c, spent, since);
  }
  if (c.control.stopAsked) return;
  c.writer.say({ kind: 'resumed', step: c.progress.step });
  c.observe({ kind: 'state', state: 'running' });
}

/** Waits until the lines that could not be written are, and `retry` too has what it needs, or until somebody stops the run. */
async function waitForSpace(c: LoopContext, retry: () => Promise<boolean>): Promise<void> {
  const { needed, free } = c.space();
  const have: readonly Sentence[] = free === undefined ? [] : [[FINDING_TEXTS.diskHas, inWords(free)]];
  c.writer.say({
    kind: 'problem',
    code: 'train/disk-full',
    severity: 'warning',
    ...told([FINDING_TEXTS.diskFull, inWords(needed)], ...have, [FINDING_TEXTS.freeSpace]),
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

// ---- checkpoints

export async function saveIfDue(c: LoopContext, spent: Spent, since: { saved: number }): Promise<void> {
  const due = c.train.save.some((rule) => rule.kind === 'every' && c.progress.step % rule.steps === 0);
  if (due) await saveNow(c, 'every', spent, since);
  else if (c.clock() - since.saved > SAVE_EVERY) await saveNow(c, 'last', spent, since);
}

/** Writes a checkpoint; a full disk pauses the run until there is space. */
export async function saveNow(
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
    throw new Failure('train/disk-full', told([FAILURE_TEXTS.diskFull], c.lastGood()));
  }
  spent.checkpoint += c.clock() - began;
  since.saved = c.clock();
}
