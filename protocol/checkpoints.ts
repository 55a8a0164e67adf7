/** Which checkpoints of a run are still there, which of them it is used by, and how one is called. Pure. */
import type { CheckpointEvent } from './events.ts';

/** The newest ones are kept: should the last one be damaged, there is one before it. */
export const NEWEST_CHECKPOINTS = 2;

/** Of all that were saved those that are kept: the newest, the best one where the program keeps it, and each so many steps. */
export function keptCheckpoints(saved: readonly CheckpointEvent[]): readonly CheckpointEvent[] {
  const best = lastBest(saved);
  return saved.filter(
    (each, index) => index >= saved.length - NEWEST_CHECKPOINTS || each === best || each.reason === 'every',
  );
}

/** The one that a run is evaluated, tried and exported by: the best one where the program keeps it, else the newest. */
export function usedCheckpoint(saved: readonly CheckpointEvent[]): CheckpointEvent | undefined {
  return lastBest(saved) ?? saved.at(-1);
}

/** `checkpoints/200` as a person is told of it: `checkpoint of step 200`. */
export function checkpointTitle(path: string): string {
  const step = /(\d+)$/u.exec(path)?.[1];
  return step === undefined ? path : `checkpoint of step ${Number(step).toLocaleString('en-US')}`;
}

function lastBest(saved: readonly CheckpointEvent[]): CheckpointEvent | undefined {
  return saved.filter(({ reason }) => reason === 'best').at(-1);
}
