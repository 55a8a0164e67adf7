/** Which run stands behind another, what it had at a step, and how cards are arranged: as values. */
import { expect, test } from 'vitest';
import {
  createRunState,
  PLAIN_LAYOUT,
  type RunBrief,
  type RunEvent,
  type RunState,
  reduce,
} from '../../protocol/index.ts';
import { bestRun, type Ghost, gapOf, ghostPoints, ghostValueAt } from '../../webview-ui/ghost.ts';
import { arranged, coloured, moved, placedAt, toggled } from '../../webview-ui/layout.ts';
import { runningEpoch } from '../../webview-ui/parts/epochs.tsx';
import { hasFix, proposedRate } from '../../webview-ui/parts/health-line.tsx';
import { stripOf } from '../../webview-ui/parts/layer-strip.tsx';
import { goodRun, T0 } from './events.ts';

const fold = (events: readonly RunEvent[]): RunState => events.reduce(reduce, createRunState());

function brief(number: number, change: Partial<RunBrief> = {}): RunBrief {
  return {
    folder: `/runs/${number}`,
    id: `00${number}-elm`,
    number,
    title: 'mnist Digits',
    file: '/mnist.model',
    state: 'finished',
    created: T0,
    ended: T0,
    parameters: 1,
    steps: 100,
    step: 100,
    best: { epoch: 5, step: 100, metric: 'validation.accuracy', value: 0.9 },
    metrics: {},
    planHash: 'p',
    dataHash: 'd',
    starred: false,
    tags: [],
    name: '',
    ...change,
  };
}

const accuracy = (value: number) => ({ epoch: 5, step: 100, metric: 'validation.accuracy', value });

test('the best finished run of the same program and data, by the direction of its metric', () => {
  const run = fold(goodRun({ steps: 100, epochs: 5, until: 60 }));
  const own = brief(14, { state: 'running', best: undefined });
  const runs = [
    own,
    brief(13, { best: accuracy(0.95) }),
    brief(12, { best: accuracy(0.97) }),
    brief(11, { best: accuracy(0.99), dataHash: 'other' }),
    brief(10, { best: accuracy(0.99), file: '/other.model' }),
    brief(9, { best: accuracy(0.99), state: 'stopped' }),
    brief(8, { best: { ...accuracy(0.99), value: 'NaN' } }),
  ];
  expect(bestRun(runs, own.folder, run)?.number).toBe(12);
  const lost = runs.map((each) => (each.best ? { ...each, best: { ...each.best, metric: 'validation.loss' } } : each));
  expect(bestRun(lost, own.folder, run)?.number).toBe(13);
  expect(bestRun(runs, '/elsewhere', run)).toBeUndefined();
  expect(bestRun([own], own.folder, run)).toBeUndefined();
});

test('the value at a step is the last one that was measured up to it', () => {
  const behind = fold(goodRun({ steps: 100, epochs: 5, until: 100 }));
  const none = new Float64Array(0);
  const ghost: Ghost = {
    run: brief(11),
    name: '#11 best',
    epochs: behind.epochs,
    stepsPerEpoch: 20,
    step: none,
    elapsed: none,
    wall: none,
  };
  expect(ghostPoints(ghost, 'loss').map((point) => point.step)).toEqual([20, 40, 60, 80, 100]);
  expect(ghostValueAt(ghost, 'loss', 59)).toEqual({ step: 40, value: behind.epochs[1]?.validation?.loss });
  expect(ghostValueAt(ghost, 'loss', 19)).toBeUndefined();
  const run = fold(goodRun({ steps: 100, epochs: 5, until: 60 }));
  expect(gapOf(run, 'accuracy', ghost)).toBe(0);
  expect(gapOf(fold([]), 'accuracy', ghost)).toBeUndefined();
});

test('cards: pinned ones first, moved ones where they were put, new ones behind the one that they follow', () => {
  const ids = ['loss', 'accuracy', 'rate', 'time', 'epochs'];
  expect(arranged(ids, PLAIN_LAYOUT)).toEqual(ids);
  const pinned = toggled(PLAIN_LAYOUT, 'pinned', 'time');
  expect(arranged(ids, pinned)).toEqual(['time', 'loss', 'accuracy', 'rate', 'epochs']);
  expect(moved(pinned, ids, 'time', -1)).toBe(pinned);
  const later = moved(PLAIN_LAYOUT, ids, 'loss', 1);
  expect(arranged(ids, later)).toEqual(['accuracy', 'loss', 'rate', 'time', 'epochs']);
  expect(arranged(['loss', 'accuracy', 'f1', 'rate', 'time', 'epochs'], later)).toEqual([
    'accuracy',
    'f1',
    'loss',
    'rate',
    'time',
    'epochs',
  ]);
  const dropped = placedAt(PLAIN_LAYOUT, ids, 'epochs', 'accuracy');
  expect(arranged(ids, dropped)).toEqual(['loss', 'epochs', 'accuracy', 'rate', 'time']);
  const hidden = toggled(dropped, 'hidden', 'rate');
  expect(arranged(ids, hidden)).toEqual(['loss', 'epochs', 'accuracy', 'time']);
  expect(arranged(ids, toggled(hidden, 'hidden', 'rate'))).toEqual(['loss', 'epochs', 'accuracy', 'rate', 'time']);
  const red = coloured(PLAIN_LAYOUT, 'train', 'red');
  expect(red.colours).toEqual({ train: 'red' });
  expect(coloured(red, 'train', undefined).colours).toEqual({});
});

test('a card that is moved keeps the places of cards that only other runs have', () => {
  const layout = { ...PLAIN_LAYOUT, order: ['bleu', 'loss', 'rate'] };
  expect(moved(layout, ['loss', 'rate'], 'loss', 1).order).toEqual(['rate', 'loss', 'bleu']);
});

test('the epoch that runs: its share, and none once it is over', () => {
  const run = fold(goodRun({ steps: 100, epochs: 5, until: 57 }));
  expect(runningEpoch(run, 'running').tail).toEqual({ epoch: 3, done: 85 });
  expect(runningEpoch(run, 'finished').tail).toBeUndefined();
  expect(runningEpoch(fold(goodRun({ steps: 100, epochs: 5, until: 60 })), 'running').tail).toBeUndefined();
});

test('what a finding proposes', () => {
  const place = { file: 'a.model', line: 1, column: 1, start: 0, end: 1 };
  const problem = { kind: 'problem', seq: 1, time: 0, code: 'c', severity: 'error', step: 1, place } as const;
  expect(proposedRate('The learning rate is 0.1; try 3e-4.')).toBe('3e-4');
  expect(hasFix({ ...problem, message: 'Set `clip: 1.0`.' })).toBe(true);
  expect(hasFix({ ...problem, message: 'Nothing to be done.' })).toBe(false);
  expect(hasFix({ ...problem, message: 'Try 3e-4.', place: undefined })).toBe(false);
});

test('layers in short: at most six rows and sixty columns, the largest gradient the strongest', () => {
  const names = Array.from({ length: 40 }, (_, index) => `M/Dense.${index}`);
  const events = Array.from({ length: 500 }, (_, at) => ({
    kind: 'layers' as const,
    seq: at,
    time: at,
    step: at,
    epoch: 1,
    weights: Object.fromEntries(
      names.map((name, row) => [`${name}/kernel`, { gradient: 10 ** -(row / 10), weight: 1 }]),
    ),
    results: {},
  }));
  const rows = stripOf(events);
  expect(rows.length).toBeLessThanOrEqual(6);
  expect(rows[0]?.name).toBe('Dense.0');
  expect(rows[0]?.shades.length).toBeLessThanOrEqual(60);
  expect(rows[0]?.shades[0]).toBe(1);
  expect(rows.at(-1)?.shades[0]).toBeLessThan(0.2);
  expect(stripOf([])).toEqual([]);
});
