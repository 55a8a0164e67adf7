/** Which runs the tree shows and in which order. */
import { expect, test } from 'vitest';
import { NO_FILTER, type RunFilter, readFilter, shownEntries } from '../../client/views/run-filter.ts';
import type { RunNotes, RunRecord } from '../../protocol/index.ts';
import type { RunEntry } from '../../runs/index.ts';

function entry(number: number, record: Partial<RunRecord> = {}, notes: Partial<RunNotes> = {}): RunEntry {
  const whole: RunRecord = {
    version: 1,
    id: `000${number}-quiet-heron`,
    number,
    title: 'mnist Digits',
    state: 'finished',
    file: 'mnist.model',
    declaration: 'Digits',
    model: 'Digits',
    created: number,
    ended: undefined,
    pid: undefined,
    engine: 'onnx',
    device: 'cpu',
    threads: 1,
    seed: 0,
    parameters: 1,
    steps: 1,
    step: 1,
    best: undefined,
    metrics: {},
    planHash: '',
    dataHash: '',
    modelwright: '',
    reason: undefined,
    ...record,
  };
  const written: RunNotes = { version: 1, name: '', starred: false, tags: [], notes: '', ...notes };
  const run = { folder: `/runs/${number}`, record: whole, state: whole.state, notes: written };
  return { kind: 'run', folder: run.folder, run, damage: undefined };
}

const best = (metric: string, value: number) => ({ best: { epoch: 1, step: 1, metric, value } });
const all: RunEntry[] = [
  entry(1, best('validation.accuracy', 0.9), { tags: ['base'], name: 'Zebra' }),
  entry(2, { state: 'failed' }, { notes: 'lr too high' }),
  entry(3, best('validation.accuracy', 0.95), { starred: true, name: 'apple' }),
  entry(4, { title: 'vae Vae', ...best('validation.loss', 0.3) }),
  entry(5, { title: 'vae Vae', ...best('validation.loss', 0.1) }),
  { kind: 'unreadable', folder: '/runs/6', damage: { kind: 'missing' } },
];
const asked: string[] = [];
const shown = (change: Partial<RunFilter>) =>
  shownEntries(all, { ...NO_FILTER, ...change }, (_run, metric) => {
    asked.push(metric);
    return metric === 'validation.accuracy' ? 'max' : 'min';
  }).map(({ folder }) => Number(folder.slice(-1)));

test('everything, newest first, what cannot be read last', () => {
  expect(shown({})).toEqual([5, 4, 3, 2, 1, 6]);
});

test('by text, state, tag, program and star, all at once', () => {
  expect(shown({ text: 'HIGH lr' })).toEqual([2]);
  expect(shown({ text: 'vae' })).toEqual([5, 4]);
  expect(shown({ states: ['failed'] })).toEqual([2]);
  expect(shown({ tags: ['base', 'other'] })).toEqual([1]);
  expect(shown({ programs: ['mnist Digits'], states: ['finished'] })).toEqual([3, 1]);
  expect(shown({ starred: true })).toEqual([3]);
});

test('sorted by best value, each metric in its own direction; by name', () => {
  expect(shown({ sort: 'best' })).toEqual([3, 1, 5, 4, 2, 6]);
  // A plan is read once for each metric, and only for this order.
  expect(asked).toEqual(['validation.loss', 'validation.accuracy']);
  expect(shown({ sort: 'name' }).slice(0, 1)).toEqual([3]);
  expect(shown({ sort: 'name' }).slice(-2)).toEqual([1, 6]);
});

test('what was kept of a filter is read, and anything else falls back', () => {
  const filter: RunFilter = { ...NO_FILTER, text: 'a', states: ['failed'], tags: ['b'], starred: true, sort: 'best' };
  expect(readFilter(JSON.parse(JSON.stringify(filter)))).toEqual(filter);
  for (const wrong of [undefined, 3, [], { sort: 'x', states: ['nothing'], tags: 4, text: {} }]) {
    expect(readFilter(wrong)).toEqual(NO_FILTER);
  }
});
