// @vitest-environment happy-dom
/**
 * Messages that nobody of ours would send: of wrong kinds and versions, with huge or broken numbers, names of prototypes, buffers of
 * another length. A guard answers yes or no and never throws; what it lets through, host and panel take without breaking.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PanelFeed } from '../../client/panel/panel-feed.ts';
import {
  createRunState,
  createViews,
  isRecord,
  isUseBody,
  isUseKind,
  listOf,
  PANEL_VERSION,
  PLAIN_LAYOUT,
  parseEvaluation,
  parseEventLine,
  parseUseLine,
  progressOf,
  readFromDataPanel,
  readFromPanel,
  readToDataPanel,
  readToPanel,
  reduce,
  type ToPanel,
} from '../../protocol/index.ts';
import { createQuestions } from '../../webview-ui/questions.ts';
import { createStore } from '../../webview-ui/store.ts';
import { goodRun } from './events.ts';
import { appendOf, headOf, snapshotOf } from './messages.ts';

const version = PANEL_VERSION;
const events = goodRun({ steps: 40, epochs: 2, until: 25 });
const view = { raw: ['train.loss'], smooth: [], weight: 0, axis: 'step', from: 0, to: 10, buckets: 100 };

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withTypedArray: true,
  withSparseArray: true,
});

/** What stands in for a part of a message. */
const wrong = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    '__proto__',
    'constructor',
    'hasOwnProperty',
    -1,
    0,
    0.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.MAX_SAFE_INTEGER,
    2 ** 53,
    1e308,
    true,
    [],
    {},
    'x'.repeat(10_000),
    [[]],
    new ArrayBuffer(8),
    new Float32Array(3),
    new Float64Array(1),
  ),
  fc.constantFrom('{"__proto__": 1}', '{"toString": null, "length": 4}').map((text): unknown => JSON.parse(text)),
  anything,
);

/** The message with one of its parts replaced, at any depth. */
function changed(message: unknown): fc.Arbitrary<unknown> {
  const places = placesOf(message);
  return fc
    .tuple(fc.nat({ max: places.length - 1 }), wrong)
    .map(([index, value]) => replaced(message, places[index] ?? [], value));
}

type Path = readonly (string | number)[];

function placesOf(value: unknown, path: Path = []): Path[] {
  if (path.length > 6 || typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [path];
  const names = Array.isArray(value) ? [...value.keys()].slice(0, 4) : Object.keys(value);
  return [path, ...names.flatMap((name) => placesOf((value as Record<string, unknown>)[name], [...path, name]))];
}

function replaced(value: unknown, [name, ...rest]: Path, by: unknown): unknown {
  if (name === undefined) return by;
  const copy: Record<string | number, unknown> = Array.isArray(value)
    ? (Object.assign([], value) as unknown as Record<number, unknown>)
    : { ...(value as object) };
  copy[name] = replaced(copy[name], rest, by);
  return copy;
}

const GUARDS = [
  readToPanel,
  readFromPanel,
  readToDataPanel,
  readFromDataPanel,
  (value: unknown) => isUseKind(value) || isUseBody('ask', value, value),
  (value: unknown) => parseUseLine(String(JSON.stringify(value))),
  (value: unknown) => parseEventLine(String(JSON.stringify(value))),
  (value: unknown) => parseEvaluation(String(JSON.stringify(value))),
];

test('guards answer, whatever they are given', () => {
  const plain = fc.anything({ withSparseArray: true, withObjectString: true });
  for (const guard of GUARDS) {
    fc.assert(
      fc.property(plain, (value) => {
        guard(value);
        guard({ version, kind: value, topic: value, body: value });
      }),
    );
  }
  for (const kind of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    expect(readToPanel({ version, kind })).toBeUndefined();
    expect(readFromPanel({ version, kind, request: 1, topic: kind, body: { kind } })).toBeUndefined();
    expect(readFromPanel({ version, kind: 'ask', request: 1, topic: kind, body: { kind } })).toBeUndefined();
    expect(readToPanel({ version, kind: 'answer', request: 1, topic: kind, body: { kind } })).toBeUndefined();
    expect(isUseKind(kind)).toBe(false);
  }
});

test('a list with holes is none, however long it says that it is', () => {
  const holes: unknown[] = [];
  holes.length = 4_000_000_000;
  expect(listOf(() => true)(holes)).toBe(false);
});

const FROM: readonly unknown[] = [
  { version, kind: 'ready' },
  { version, kind: 'ack', upTo: 1 },
  { version, kind: 'range', request: 1, view },
  { version, kind: 'range', request: 1, view: { ...view, smooth: ['train.loss'], axis: 'wall' } },
  { version, kind: 'command', id: 'rate', argument: 1 },
  { version, kind: 'ask', request: 1, topic: 'layout', body: { kind: 'write', layout: PLAIN_LAYOUT } },
];

test('the host takes what its guard lets through', () => {
  const run = events.reduce(reduce, createRunState());
  const views = createViews(run.columns);
  const source = { head: headOf(), run, views, progress: progressOf(run, views), events };
  for (const message of FROM) {
    expect(readFromPanel(message)).toBeDefined();
    fc.assert(
      fc.property(changed(message), (value) => {
        const posted: ToPanel[] = [];
        const feed = new PanelFeed(source, {
          post: (each) => posted.push(each),
          later: () => () => undefined,
          now: () => 0,
        });
        const read = readFromPanel(value);
        if (read !== undefined) feed.receive(read);
        // What it answers, the panel takes.
        for (const each of posted) expect(readToPanel(each)).toBeDefined();
        feed.dispose();
      }),
      { numRuns: 300 },
    );
  }
});

test('a panel takes what its guard lets through, in any order', () => {
  const snapshot = snapshotOf(events);
  const append = appendOf(goodRun({ steps: 40, epochs: 2, until: 35 }), 25, 2);
  const message = fc.oneof(changed(snapshot), changed(append), fc.constant(snapshot), fc.constant(append));
  fc.assert(
    fc.property(fc.array(message, { maxLength: 4 }), (values) => {
      const store = createStore(() => undefined);
      for (const value of values) {
        const read = readToPanel(value);
        if (read?.kind === 'snapshot') store.snapshot(read);
        if (read?.kind === 'append') store.append(read);
        for (const name of store.run.value.columns.values.keys()) {
          store.points(name, { raw: [name], smooth: [name], weight: 0.6, axis: 'time', from: 0, to: 1e9, buckets: 10 });
        }
        expect(store.run.value.columns.length).toBeLessThan(1_000);
      }
    }),
    { numRuns: 400 },
  );
});

test('rows after a gap are not taken: the panel asks for all of them', () => {
  const store = createStore(() => undefined);
  store.snapshot(snapshotOf(goodRun({ steps: 40, epochs: 2, until: 10 })));
  expect(store.append(appendOf(events, 20, 2))).toBe(false);
  expect(store.run.value.columns.length).toBe(10);
  expect(store.append(appendOf(events, 10, 3))).toBe(true);
  expect(store.run.value.columns.length).toBe(25);
});

test('a view whose arrays have not one length is none', () => {
  const whole = {
    size: 1,
    step: new Float64Array(3),
    elapsed: new Float64Array(3),
    wall: new Float64Array(3),
    raw: [new Float32Array(3)],
    smooth: [],
  };
  const said = (change: object) =>
    readToPanel({ version, kind: 'range', request: 1, view: { ...whole, ...change } }) !== undefined;
  expect(said({})).toBe(true);
  expect(said({ raw: [new Float32Array(2)] })).toBe(false);
  expect(said({ wall: new Float64Array(4) })).toBe(false);
});

test('answers that come late, twice, of another topic or to no question change nothing', async () => {
  const sent: { request: number; body: unknown }[] = [];
  const questions = createQuestions((request, _topic, body) => sent.push({ request, body }));
  const answered = questions.ask('layout', { kind: 'read' });
  const refused = questions.ask('runs', { kind: 'list' });
  const layout = { ...PLAIN_LAYOUT, order: ['a'] };
  questions.receive({ version, kind: 'refused', request: 99, message: 'nobody asked' });
  questions.receive({ version, kind: 'answer', request: 1, topic: 'runs', body: { kind: 'list', runs: [] } });
  questions.receive({ version, kind: 'answer', request: 1, topic: 'layout', body: { layout } });
  questions.receive({ version, kind: 'answer', request: 1, topic: 'layout', body: { layout: PLAIN_LAYOUT } });
  questions.receive({ version, kind: 'refused', request: 2, message: 'no' });
  questions.receive({ version, kind: 'answer', request: 2, topic: 'runs', body: { kind: 'list', runs: [] } });
  expect(await answered).toEqual({ layout });
  await expect(refused).rejects.toThrow('no');
  expect(sent.every(isRecord)).toBe(true);
});

test('a view state that is none of ours is passed over', async () => {
  const { readViewState, DEFAULT_VIEW } = await import('../../webview-ui/view-state.ts');
  fc.assert(
    fc.property(fc.oneof(anything, changed(DEFAULT_VIEW)), (value) => {
      const read = readViewState(value);
      expect(typeof read.tab).toBe('string');
      expect(Number.isFinite(read.smoothing)).toBe(true);
    }),
  );
});
