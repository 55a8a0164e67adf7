/** The rules of the health line, one by one. */
import { expect, test } from 'vitest';
import {
  createRunState,
  createViews,
  type EpochEvent,
  type PanelHead,
  progressOf,
  type RunEvent,
  reduce,
} from '../../protocol/index.ts';
import { type Health, healthOf } from '../../webview-ui/health.ts';
import { goodRun, started, T0 } from './events.ts';
import { headOf } from './messages.ts';

function health(events: readonly RunEvent[], head: Partial<PanelHead> = {}): Health {
  const run = events.reduce(reduce, createRunState());
  return healthOf(headOf({ state: run.state, ...head }), run, progressOf(run, createViews(run.columns)));
}

/** Epochs with these losses: training, validation. */
function epochs(losses: readonly (readonly [number, number])[]): RunEvent[] {
  const each = losses.map(
    ([train, validation], index): EpochEvent => ({
      kind: 'epoch',
      seq: 2 + index,
      time: T0 + index,
      epoch: index + 1,
      whole: true,
      step: (index + 1) * 10,
      train: { loss: train },
      validation: { loss: validation },
      ms: { data: 1, compute: 10, validation: 1, checkpoint: 1 },
    }),
  );
  const metrics = [{ name: 'loss', direction: 'min' }] as const;
  return [started({ steps: 100, epochs: 10, until: 0, metrics }), ...each];
}

test('improving: the last check is better than the one before', () => {
  expect(health(goodRun({ steps: 100, epochs: 5, until: 60 }))).toMatchObject({
    tone: 'good',
    title: 'Improving.',
    text: expect.stringMatching(/^Validation accuracy is 9\d\.\d\d%, better than one check before/),
  });
});

test('a plateau: nothing better for three epochs', () => {
  const found = health(
    epochs([
      [1, 0.5],
      [0.9, 0.6],
      [0.9, 0.55],
      [0.9, 0.58],
    ]),
  );
  expect(found).toMatchObject({ tone: 'calm', title: 'No better for 3 epochs.' });
});

const problem: RunEvent = {
  kind: 'problem',
  seq: 900,
  time: T0 + 5000,
  code: 'train/not-finite',
  severity: 'error',
  message: 'Loss became NaN at step 60. The learning rate is 0.1; try 3e-4.',
  step: 60,
  place: { file: 'mnist.model', line: 14, column: 3, start: 200, end: 207 },
};

test('failed: the message and its place', () => {
  const ended: RunEvent = {
    kind: 'ended',
    seq: 901,
    time: T0 + 5001,
    state: 'failed',
    step: 60,
    epoch: 3,
    best: undefined,
    reason: undefined,
  };
  const found = health([...goodRun({ steps: 100, epochs: 5, until: 60 }), problem, ended]);
  expect(found).toMatchObject({
    tone: 'bad',
    title: 'Loss became NaN at step 60.',
    text: 'The learning rate is 0.1; try 3e-4. Everything up to step 60 is saved.',
  });
  expect(found.problem?.place?.line).toBe(14);
  const unsaid = { ...problem, message: 'The disk is full. 2 GiB are needed.' };
  expect(health([...goodRun({ steps: 100, epochs: 5, until: 60 }), unsaid, ended])).toMatchObject({
    title: 'Failed at step 60.',
    text: `${unsaid.message} Everything up to step 60 is saved.`,
  });
  // A finding that names the last checkpoint itself needs no more; before the first step there was nothing to save.
  const named = { ...problem, message: 'Broken. The last good checkpoint is of step 40.' };
  expect(health([...goodRun({ steps: 100, epochs: 5, until: 60 }), named, ended]).text).toBe(named.message);
  const early = health([started({ steps: 100, epochs: 5, until: 0 }), unsaid, { ...ended, step: 0, epoch: 0 }]);
  expect(early.text).toBe(unsaid.message);
  const before = health([...goodRun({ steps: 100, epochs: 5, until: 10 }), unsaid, { ...ended, step: 10, epoch: 1 }]);
  expect(before.text).toBe(`${unsaid.message} Nothing is saved: there was no checkpoint yet.`);
});

test('a warning while it runs is shown before the good news', () => {
  const found = health([...goodRun({ steps: 100, epochs: 5, until: 60 }), { ...problem, severity: 'warning' }]);
  expect(found).toMatchObject({ tone: 'warn', title: 'Step 60.' });
});

test('a finding of the trainer has a name, its place, and goes when it is over', () => {
  const events = goodRun({ steps: 100, epochs: 5, until: 60 });
  const finding: RunEvent = { ...problem, severity: 'warning', code: 'train/over-fitting' };
  expect(health([...events, finding])).toMatchObject({
    tone: 'warn',
    title: 'Over-fitting.',
    problem: { place: { line: 14 } },
  });
  const settled: RunEvent = { kind: 'settled', seq: 950, time: T0 + 6000, step: 70, problem: 900 };
  expect(health([...events, finding, settled]).title).toBe('Improving.');
});

test('interrupted, paused, stopping, preparing', () => {
  const events = goodRun({ steps: 100, epochs: 5, until: 60 });
  expect(health(events, { state: 'interrupted', resumable: true })).toMatchObject({
    tone: 'bad',
    title: 'Interrupted at step 60.',
    text: 'The training process ended without a word. Everything up to step 60 is saved. Continue goes on from there.',
  });
  const early = goodRun({ steps: 100, epochs: 5, until: 10 });
  expect(health(early, { state: 'interrupted' }).text).toBe(
    'The training process ended without a word. Nothing is saved: there was no checkpoint yet. Train the program anew.',
  );
  const full = events.map(
    (event): RunEvent =>
      event.kind === 'step' ? { ...event, machine: { memory: 9.7e9, memoryTotal: 1e10 } as never } : event,
  );
  expect(health(full, { state: 'interrupted', resumable: true }).text).toContain(
    'The memory was at 97%, so the system may have killed it: try a smaller batch.',
  );
  expect(health([...events, { kind: 'paused', seq: 900, time: T0 + 9e5, step: 60, reason: 'asked' }]).title).toBe(
    'Paused at step 60.',
  );
  expect(health(events, { stopping: true }).title).toBe('Stopping.');
  expect(health([], { state: 'preparing' }).title).toBe('Preparing.');
});

test('finished: how long and how good', () => {
  const events = goodRun({ steps: 100, epochs: 5, until: 100 });
  const ended: RunEvent = {
    kind: 'ended',
    seq: 901,
    time: T0 + 9000,
    state: 'finished',
    step: 100,
    epoch: 5,
    best: undefined,
    reason: undefined,
  };
  expect(health([...events, ended])).toMatchObject({
    tone: 'good',
    title: 'Finished in 5.4 s.',
    text: expect.stringMatching(/^Best validation accuracy: 9\d\.\d\d% at epoch 5\.$/),
  });
});
