/** Messages between host and panel: what is right passes, everything else is dropped, at both ends. */
import { expect, test } from 'vitest';
import {
  applyBlock,
  blockOf,
  createColumns,
  createRunState,
  PANEL_VERSION,
  PLAIN_LAYOUT,
  readFromPanel,
  readToPanel,
  reduce,
} from '../../protocol/index.ts';
import { goodRun } from '../webview-ui/events.ts';
import { headOf, snapshotOf } from '../webview-ui/messages.ts';

const snapshot = snapshotOf(goodRun({ steps: 40, epochs: 2, until: 25 }));
const version = PANEL_VERSION;

test('a snapshot passes, as it is after the messages of VS Code (JSON beside buffers)', () => {
  expect(readToPanel(snapshot)).toBe(snapshot);
  const { columns, ...rest } = snapshot;
  const carried = { ...JSON.parse(JSON.stringify(rest)), columns };
  expect(readToPanel(carried)).toEqual(snapshot);
});

test.each([
  ['nothing', undefined],
  ['a text', 'snapshot'],
  ['another version', { ...snapshot, version: 2 }],
  ['a kind that is not known', { version, kind: 'constructor' }],
  ['a head without a state', { ...snapshot, head: { ...headOf(), state: 'happy' } }],
  ['events that are none', { ...snapshot, events: [{ kind: 'epoch' }] }],
  ['a buffer that is too short', { ...snapshot, columns: { ...snapshot.columns, step: new ArrayBuffer(8) } }],
  ['columns without their values', { ...snapshot, columns: { ...snapshot.columns, values: [] } }],
  ['a negative row', { ...snapshot, columns: { ...snapshot.columns, from: -1 } }],
  ['no progress', { ...snapshot, progress: undefined }],
])('to the panel, %s is dropped', (_name, message) => {
  expect(readToPanel(message)).toBeUndefined();
});

test.each([
  [{ version, kind: 'ready' }],
  [{ version, kind: 'ack', upTo: 3 }],
  [{ version, kind: 'command', id: 'pause' }],
  [{ version, kind: 'command', id: 'showPlace', argument: 7 }],
  [
    {
      version,
      kind: 'range',
      request: 1,
      view: { raw: ['lr'], smooth: [], weight: 0, axis: 'step', from: 0, to: 10, buckets: 100 },
    },
  ],
  [{ version, kind: 'failed', where: 'chart', message: 'no' }],
])('from the panel, %j passes', (message) => {
  expect(readFromPanel(message)).toEqual(message);
});

test.each([
  [{ version, kind: 'command', id: 'eval' }],
  [{ version, kind: 'command', id: 'pause', argument: 'now' }],
  [{ version, kind: 'command', id: '__proto__' }],
  [{ version, kind: 'ack', upTo: '3' }],
  [{ version, kind: 'range', request: 1, view: { raw: 'lr' } }],
  [{ version: 9, kind: 'ready' }],
  [[]],
])('from the panel, %j is dropped', (message) => {
  expect(readFromPanel(message)).toBeUndefined();
});

test('arrangements of cards: what names no colour of ours, or no list, is dropped', () => {
  const ask = (layout: unknown) =>
    readFromPanel({ version, kind: 'ask', request: 1, topic: 'layout', body: { kind: 'write', layout } });
  expect(ask(PLAIN_LAYOUT)).toBeDefined();
  expect(ask({ ...PLAIN_LAYOUT, colours: { train: 'url(x)' } })).toBeUndefined();
  expect(ask({ ...PLAIN_LAYOUT, hidden: 'loss' })).toBeUndefined();
  expect(readFromPanel({ version, kind: 'ask', request: 1, topic: 'layout', body: { kind: 'read' } })).toBeDefined();
});

test('blocks put together are the columns that they were taken of', () => {
  const run = goodRun({ steps: 3000, epochs: 3, until: 2500 }).reduce(reduce, createRunState());
  const copy = createColumns();
  for (const [from, to] of [
    [0, 1000],
    [1000, 1001],
    [1001, 2500],
  ] as const) {
    applyBlock(copy, blockOf(run.columns, from, to));
  }
  expect(copy.length).toBe(2500);
  for (const [name, values] of run.columns.values) {
    expect(copy.values.get(name)?.subarray(0, 2500)).toEqual(values.subarray(0, 2500));
  }
  applyBlock(copy, blockOf(run.columns, 700, 900));
  expect(copy.length).toBe(900);
});
