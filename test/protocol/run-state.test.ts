/** The fold of a run's events and its columns. */
import { expect, test } from 'vitest';
import {
  createRunState,
  createViews,
  elapsedAt,
  eventLine,
  parseEventLine,
  progressOf,
  type RunEvent,
  type RunState,
  reduce,
  truncateViews,
  viewOf,
} from '../../protocol/index.ts';
import { goodRun, started, T0 } from '../webview-ui/events.ts';

const fold = (events: readonly RunEvent[], from = createRunState()): RunState => events.reduce(reduce, from);

test('a run has its steps as columns and its epochs, checkpoints and state', () => {
  const run = fold(goodRun({ steps: 100, epochs: 5, until: 60 }));
  expect(run.state).toBe('running');
  expect(run.step).toBe(60);
  expect(run.columns.length).toBe(60);
  expect([...run.columns.values.keys()]).toEqual(['train.loss', 'train.accuracy', 'lr', 'ms.data', 'ms.compute']);
  expect(run.epochs.map((epoch) => epoch.step)).toEqual([20, 40, 60]);
  expect(run.checkpoints).toHaveLength(3);
});

test('an event that was seen changes nothing', () => {
  const events = goodRun({ steps: 40, epochs: 2, until: 30 });
  const once = fold(events);
  const twice = fold(events, once);
  expect(twice).toBe(once);
  expect(twice.columns.length).toBe(30);
});

test('a value that is not a number arrives as one', () => {
  const events = goodRun({ steps: 10, epochs: 1, until: 3 });
  const last = events.at(-1) as Extract<RunEvent, { kind: 'step' }>;
  const run = fold([...events.slice(0, -1), { ...last, loss: 'NaN' }]);
  expect(run.columns.values.get('train.loss')?.[2]).toBeNaN();
});

test('a continued run forgets what came after its checkpoint', () => {
  const events = goodRun({ steps: 100, epochs: 5, until: 57 });
  const run = fold([
    ...events,
    { ...started({ steps: 100, epochs: 5, until: 0 }), seq: 500, time: T0 + 1e6, resumedFrom: 40 },
  ]);
  expect(run.step).toBe(40);
  expect(run.columns.length).toBe(40);
  expect(run.epochs.at(-1)?.step).toBe(40);
  expect(run.marks.at(-1)).toMatchObject({ kind: 'continued', step: 40 });
  expect(run.state).toBe('running');
});

test('running time stands still between a stop and its continuation', () => {
  const events = goodRun({ steps: 100, epochs: 1, until: 50 });
  let run = fold(events);
  const views = createViews(run.columns);
  const before = elapsedAt(views, run.marks);
  const hour = T0 + 3_600_000;
  run = fold([{ ...started({ steps: 100, epochs: 1, until: 0 }), seq: 900, time: hour, resumedFrom: 50 }], run);
  const step = events.at(-1) as Extract<RunEvent, { kind: 'step' }>;
  run = fold([{ ...step, seq: 901, time: hour + 2000, step: 51, ms: { data: 1, compute: 20 } }], run);
  expect(elapsedAt(views, run.marks)).toBeCloseTo(before + 0.021, 3);
});

test('views are right after a cut: smoothing begins anew, no old row is drawn', () => {
  let run = fold(goodRun({ steps: 400, epochs: 1, until: 300 }));
  const views = createViews(run.columns);
  const request = {
    raw: ['train.loss'],
    smooth: ['train.loss'],
    weight: 0.8,
    axis: 'step',
    from: 0,
    to: 1e9,
    buckets: 900,
  } as const;
  const whole = viewOf(views, request, run.marks);
  run = fold([{ ...started({ steps: 400, epochs: 1, until: 0 }), seq: 9000, time: T0 + 1e6, resumedFrom: 100 }], run);
  truncateViews(views, run.columns.length);
  const cut = viewOf(views, request, run.marks);
  expect(cut.step.length).toBe(100);
  expect(cut.raw[0]).toEqual(whole.raw[0]?.subarray(0, 100));
  expect(cut.smooth[0]).toEqual(whole.smooth[0]?.subarray(0, 100));
});

test('progress: pace, time left with the validations to come, where the time went', () => {
  const run = fold(goodRun({ steps: 500, epochs: 5, until: 250 }));
  const progress = progressOf(run, createViews(run.columns));
  expect(progress.step).toBe(250);
  expect(progress.stepMs).toBeGreaterThan(15);
  const steps = (250 * progress.stepMs!) / 1000;
  expect(progress.left).toBeCloseTo(steps + 2 * 0.9, 3);
  expect(progress.spent.validation).toBe(1800);
  expect(progress.spent.compute).toBeGreaterThan(28000);
  expect(progress.latest['train.loss']).toBeTypeOf('number');
});

test('before twenty steps nothing is said of the time left', () => {
  const run = fold(goodRun({ steps: 500, epochs: 5, until: 19 }));
  expect(progressOf(run, createViews(run.columns)).left).toBeUndefined();
});

test('a finding holds until it is settled; sizes of layers come and are cut like steps', () => {
  const events = goodRun({ steps: 100, epochs: 5, until: 57 });
  const base = { time: T0 + 1e6 };
  const problem: RunEvent = {
    ...base,
    seq: 400,
    kind: 'problem',
    code: 'train/over-fitting',
    severity: 'warning',
    message: 'It over-fits.',
    step: 50,
    place: undefined,
  };
  const layers: RunEvent = {
    ...base,
    seq: 401,
    kind: 'layers',
    step: 50,
    epoch: 3,
    weights: { 'M/Dense.0/kernel': { gradient: 0.5, weight: 3, update: 'NaN' } },
    results: { 'M/Dense.0': { mean: 0.1, deviation: 1, zeros: 0.5, silent: 0 } },
  };
  for (const event of [problem, layers]) expect(parseEventLine(eventLine(event).trimEnd())).toEqual(event);
  const run = fold([...events, problem, layers]);
  expect(run.problems).toHaveLength(1);
  expect(run.layers).toEqual([layers]);
  const settled = fold([{ ...base, seq: 402, kind: 'settled', step: 55, problem: 400 }], run);
  expect(settled.problems).toEqual([]);
  const cut = fold([{ ...started({ steps: 100, epochs: 5, until: 0 }), seq: 500, time: T0, resumedFrom: 40 }], run);
  expect(cut.layers).toEqual([]);
});
