/** Which checkpoints are still there, and which is used. */
import { expect, test } from 'vitest';
import { type CheckpointEvent, checkpointTitle, keptCheckpoints, usedCheckpoint } from '../../protocol/index.ts';

const saved = (step: number, reason: CheckpointEvent['reason']): CheckpointEvent => ({
  kind: 'checkpoint',
  seq: step,
  time: step,
  step,
  epoch: step / 10,
  reason,
  path: `checkpoints/${step}`,
  bytes: 1,
});

test('the newest two, the latest best one and those of every so many steps are kept', () => {
  const all = [
    saved(10, 'best'),
    saved(20, 'every'),
    saved(30, 'best'),
    saved(40, 'last'),
    saved(50, 'last'),
    saved(60, 'last'),
  ];
  expect(keptCheckpoints(all).map(({ step }) => step)).toEqual([20, 30, 50, 60]);
  expect(usedCheckpoint(all)?.step).toBe(30);
  expect(usedCheckpoint(all.slice(3))?.step).toBe(60);
  expect(usedCheckpoint([])).toBeUndefined();
});

test('a checkpoint is called by its step', () => {
  expect(checkpointTitle('checkpoints/1876')).toBe('checkpoint of step 1,876');
  expect(checkpointTitle('elsewhere')).toBe('elsewhere');
});
