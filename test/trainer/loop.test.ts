/** What the loop does between batches: several in one update, a part of the validation rows, an evaluation on request. */
import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Batch } from '../../trainer/engine.ts';
import { fakeEngine } from './fake-engine.ts';
import { countingPreparer, fakeResume, fakeRun, ofKind, tinyPlan } from './run-helper.ts';

/** An engine that notes which batches came together. */
function noting(groups: (readonly number[])[]) {
  const engine = fakeEngine();
  return {
    ...engine,
    open: async (...args: Parameters<typeof engine.open>) => {
      const session = await engine.open(...args);
      return {
        ...session,
        step(batches: readonly Batch[], options: Parameters<typeof session.step>[1]) {
          groups.push(batches.map(({ size }) => size));
          return session.step(batches, options);
        },
      };
    },
  };
}

test('several batches are one update; the last group and the last batch of an epoch may be smaller', async () => {
  const groups: (readonly number[])[] = [];
  const { events, code } = await fakeRun(tinyPlan({ accumulate: 2, epochs: 2 }), {
    rows: [18, 8],
    deps: { openEngine: () => Promise.resolve(noting(groups)) },
  });
  expect(code).toBe(0);
  // 18 rows in batches of 4: five batches, three updates an epoch.
  expect(groups).toEqual([[4, 4], [4, 4], [2], [4, 4], [4, 4], [2]]);
  expect(ofKind(events, 'started')[0]).toMatchObject({ steps: 6, stepsPerEpoch: 3, batch: 4, accumulate: 2 });
  expect(ofKind(events, 'step').map(({ step, epoch }) => [step, epoch])).toEqual([
    [1, 1],
    [2, 1],
    [3, 1],
    [4, 2],
    [5, 2],
    [6, 2],
  ]);
  const losses = ofKind(events, 'step').map(({ loss }) => Number(loss));
  const [first] = ofKind(events, 'epoch');
  expect(first!.train.loss).toBeCloseTo((8 * losses[0]! + 8 * losses[1]! + 2 * losses[2]!) / 18, 4);
});

test('a run over several batches goes on where it was', async () => {
  const plan = tinyPlan({ accumulate: 3, epochs: 3, save: [{ kind: 'every', steps: 1 }] });
  const whole = await fakeRun(plan, { rows: [30, 8] });
  let stop = (): void => undefined;
  const cut = await fakeRun(plan, {
    rows: [30, 8],
    onStep: (step) => {
      if (step === 5) stop();
    },
    deps: {
      onSignal: (ask) => {
        stop = ask;
      },
    },
  });
  expect(cut.code).toBe(130);
  const resumed = await fakeResume(cut.folder, { rows: [30, 8] });
  const values = (events: typeof whole.events) =>
    ofKind(events, 'step').map(({ step, epoch, loss }) => ({ step, epoch, loss }));
  expect(values(resumed.events)).toEqual(values(whole.events));
});

test('so many batches of the validation rows are enough', async () => {
  const seen: number[] = [];
  const rows = countingPreparer(8, 20);
  const { events } = await fakeRun(tinyPlan({ epochs: 2, validateBatches: 2 }), {
    deps: {
      prepare: () =>
        Promise.resolve({
          ...rows,
          async prepare(wish) {
            if (wish.part === 'validation') seen.push(wish.index);
            return rows.prepare(wish);
          },
        }),
    },
  });
  // The fake engine gives a quarter of the rows as right, and the loss tells how many rows were seen: 0 … 7.
  const validation = ofKind(events, 'epoch').map((epoch) => epoch.validation!);
  expect(validation).toHaveLength(2);
  expect(seen.filter((index) => index === 0)).toHaveLength(2);
  // Never more is asked for than what is prepared ahead.
  expect(Math.max(...seen)).toBeLessThanOrEqual(4);
});

test('an evaluation on request is told, and decides nothing', async () => {
  const { RunConnection } = await import('../../runs/index.ts');
  let tell = (): void => undefined;
  const { events, record } = await fakeRun(
    tinyPlan({ epochs: 2, stop: { watch: 'validation.loss', patience: 1, change: 100 } }),
    {
      onFolder: (folder) => {
        const connection = new RunConnection({ onEvent: () => undefined, onClose: () => undefined });
        const opened = connection.open(folder, 0);
        tell = () => void opened.then(() => connection.send({ kind: 'evaluate' }));
      },
      onStep: async (step) => {
        if (step === 2) tell();
        // The command comes over a socket.
        if (step === 2) for (let i = 0; i < 20; i++) await new Promise((done) => setImmediate(done));
      },
    },
  );
  const epochs = ofKind(events, 'epoch').map(({ step, whole }) => [step, whole]);
  expect(epochs).toContainEqual([expect.any(Number), false]);
  expect(epochs.filter(([, whole]) => whole)).toEqual([
    [5, true],
    [10, true],
  ]);
  // With a patience of one the second epoch ends it, not the one that was asked for.
  expect(record.reason).toContain('Stopped early');
  expect(record.step).toBe(10);
});

test('a run that was killed between its last checkpoint and its last word ends where it would have', async () => {
  const plan = tinyPlan({ epochs: 9, stop: { watch: 'validation.loss', patience: 2, change: 100 } });
  const whole = await fakeRun(plan);
  expect(whole.record).toMatchObject({ state: 'finished', step: 15 });
  // As `kill -9` leaves it: the checkpoint is there, the end was never told.
  const path = join(whole.folder, 'run.json');
  writeFileSync(path, JSON.stringify({ ...whole.record, state: 'running', reason: undefined }));
  const resumed = await fakeResume(whole.folder);
  expect(resumed.record).toMatchObject({ state: 'finished', step: 15, reason: whole.record.reason });
});

test('what a killed run did not come to remove is removed when it goes on', async () => {
  const whole = await fakeRun(tinyPlan());
  expect(readdirSync(join(whole.folder, 'checkpoints')).sort()).toEqual(['10', '15']);
  cpSync(join(whole.folder, 'checkpoints', '10'), join(whole.folder, 'checkpoints', '5'), { recursive: true });
  writeFileSync(join(whole.folder, 'run.json'), JSON.stringify({ ...whole.record, state: 'running' }));
  await fakeResume(whole.folder);
  expect(readdirSync(join(whole.folder, 'checkpoints')).sort()).toEqual(['10', '15']);
});

test('a run that is stopped while it prepares ends at once', async () => {
  let stop = (): void => undefined;
  const run = await fakeRun(tinyPlan(), {
    onFolder: () => setImmediate(() => stop()),
    deps: {
      onSignal: (ask) => {
        stop = ask;
      },
      // Data that never comes.
      prepare: () => new Promise(() => undefined),
    },
  });
  expect(run.code).toBe(130);
  expect(run.record).toMatchObject({ state: 'stopped', step: 0 });
  expect(ofKind(run.events, 'step')).toEqual([]);
  expect((await fakeResume(run.folder)).record.state).toBe('finished');
});

test('averages are measured, saved, and taken up again', async () => {
  const plan = tinyPlan({ epochs: 3, average: 0.5, save: [{ kind: 'every', steps: 1 }] });
  const whole = await fakeRun(plan);
  const plain = await fakeRun(tinyPlan({ epochs: 3 }));
  const losses = (events: typeof whole.events) => ofKind(events, 'epoch').map((epoch) => epoch.validation!.loss);
  expect(losses(whole.events)).not.toEqual(losses(plain.events));
  expect(ofKind(whole.events, 'step').map(({ loss }) => loss)).toEqual(
    ofKind(plain.events, 'step').map(({ loss }) => loss),
  );
  let stop = (): void => undefined;
  const cut = await fakeRun(plan, {
    onStep: (step) => {
      if (step === 7) stop();
    },
    deps: {
      onSignal: (ask) => {
        stop = ask;
      },
    },
  });
  const resumed = await fakeResume(cut.folder);
  expect(losses(resumed.events)).toEqual(losses(whole.events));
});
