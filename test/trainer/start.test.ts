/** `start:`: a run begins with the weights of another one, says what differs, and goes on bit for bit if it is killed at once. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Plan, TrainSettings } from '../../language/index.ts';
import { Failure } from '../../trainer/failure.ts';
import { readCheckpoint } from '../../trainer/run/checkpoint.ts';
import { realDisk } from '../../trainer/run/disk.ts';
import { planMaker } from '../compiler/plans.ts';
import { fakeResume, fakeRun, ofKind, tinyPlan } from './run-helper.ts';

const place = { source: 0, start: 7, end: 11, line: 1, column: 8 };
const from = (name: string, train: Partial<TrainSettings> = {}): Plan => ({
  ...tinyPlan({ start: name, places: { start: place }, ...train }),
  declaration: 'second',
});
const head = (train: Partial<TrainSettings> = {}): Plan => ({ ...tinyPlan(train), declaration: 'head' });
const weightOf = (folder: string, step: number, path = 'Tiny/w'): number => {
  const read = readCheckpoint(realDisk, folder, step);
  if ('train' in read) return read.train.weights.get(path)!.data[0]!;
  throw new Error(read.why);
};

test('without a finished run of that block nothing is made, and the error stands at the line', async () => {
  const runs = mkdtempSync(join(tmpdir(), 'mw-start-'));
  const error = await fakeRun(from('head'), { runs }).catch((one: unknown) => one);
  expect(error).toBeInstanceOf(Failure);
  expect(error).toMatchObject({ code: 'train/no-start', place });
  expect((error as Failure).message).toContain('Train head first.');
  expect(readdirSync(runs)).toEqual([]);
});

test('the weights are taken by name, the optimizer and the steps begin afresh', async () => {
  const first = await fakeRun(head());
  const runs = dirname(first.folder);
  const second = await fakeRun(from('head'), { runs });
  expect(second.code).toBe(0);
  expect(second.record.start).toEqual({ run: first.record.id, checkpoint: 'checkpoints/15' });
  const begun = weightOf(first.folder, 15);
  // Batch 0, 1, 2, 3: the first loss is the squared distance from 1.5.
  expect(ofKind(second.events, 'step')[0]!.loss).toBeCloseTo((begun - 1.5) ** 2, 5);
  expect(ofKind(second.events, 'checkpoint')[0]).toMatchObject({ step: 0, reason: 'last' });
  expect(ofKind(second.events, 'log').map(({ text }) => text)).toContain(
    `Started from ${first.record.id} (checkpoints/15): one weight taken.`,
  );
});

test('its best checkpoint counts where it keeps one, and its averages where it has some', async () => {
  const first = await fakeRun(head({ average: 0.9, save: [{ kind: 'best', metric: 'validation.loss' }] }));
  const best = first.record.best!.step;
  const read = readCheckpoint(realDisk, first.folder, best);
  const average = 'train' in read ? read.train.averages!.get('Tiny/w')!.data[0]! : Number.NaN;
  const second = await fakeRun(from('head', { epochs: 1 }), { runs: dirname(first.folder) });
  expect(second.record.start!.checkpoint).toBe(`checkpoints/${best}`);
  expect(weightOf(second.folder, 0)).toBe(average);
});

test('it is resumed from what it started with, though the other run is gone', async () => {
  const first = await fakeRun(head());
  const runs = dirname(first.folder);
  const whole = await fakeRun(from('head'), { runs });
  let stop = (): void => undefined;
  const cut = await fakeRun(from('head'), {
    runs,
    onStep: () => stop(),
    deps: {
      onSignal: (ask) => {
        stop = ask;
      },
    },
  });
  expect(cut.record.state).toBe('stopped');
  rmSync(first.folder, { recursive: true });
  const resumed = await fakeResume(cut.folder);
  const losses = (events: typeof whole.events) => ofKind(events, 'step').map(({ step, loss }) => [step, loss]);
  expect(losses(resumed.events)).toEqual(losses(whole.events));
});

test('what differs between the two models is said, and begins anew', async () => {
  const first = await fakeRun(head());
  const p = planMaker('Tiny');
  const x = p.input('x', []);
  p.weight('Tiny/w', [1], { call: 'initialiser/zeros', settings: {} });
  p.weight('Tiny/more', [2], { call: 'initialiser/zeros', settings: {} });
  const plan: Plan = { ...from('head'), graph: p.finish(x).graph };
  const second = await fakeRun(plan, { runs: dirname(first.folder) });
  expect(ofKind(second.events, 'log')).toContainEqual(
    expect.objectContaining({
      level: 'warning',
      text: `Started from ${first.record.id} (checkpoints/15): one weight taken. Not in that run: Tiny/more. Those begin anew.`,
    }),
  );
  const q = planMaker('Tiny');
  const y = q.input('x', []);
  q.weight('Tiny/w', [3], { call: 'initialiser/zeros', settings: {} });
  const other: Plan = { ...from('head'), graph: q.finish(y).graph };
  const third = await fakeRun(other, { runs: dirname(first.folder) });
  expect(third.record).toMatchObject({ state: 'failed' });
  expect(third.record.reason).toContain('None of the weights');
  expect(third.record.reason).toContain('Tiny/w is [3] here and [1] there');
});

test('a run that is named by hand counts, by any of its checkpoints and from any folder', async () => {
  const first = await fakeRun(head());
  const plan = tinyPlan({ epochs: 1 });
  const near = await fakeRun(plan, { runs: dirname(first.folder), start: { folder: first.folder, step: 10 } });
  expect(near.record.start).toEqual({ run: first.record.id, checkpoint: 'checkpoints/10' });
  expect(weightOf(near.folder, 0)).toBe(weightOf(first.folder, 10));
  const far = await fakeRun(plan, { start: { folder: first.folder } });
  expect(far.record.start).toEqual({ run: first.folder, checkpoint: 'checkpoints/15' });
  await expect(fakeRun(plan, { start: { folder: first.folder, step: 3 } })).rejects.toThrow(
    'has no checkpoint of step 3 that can be used: state.json is missing, damaged or from another version. It has those of the steps 15, 10.',
  );
});
