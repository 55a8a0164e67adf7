/** What a panel is told and when: never more than it can draw, nothing while it is hidden, right after a resume. */
import { expect, test } from 'vitest';
import { PanelFeed } from '../../client/panel/panel-feed.ts';
import {
  applyBlock,
  createColumns,
  createRunState,
  createViews,
  PANEL_VERSION,
  progressOf,
  type RunEvent,
  type RunState,
  readToPanel,
  reduce,
  type ToPanel,
  truncateViews,
} from '../../protocol/index.ts';
import { goodRun, started, T0 } from '../webview-ui/events.ts';
import { headOf } from '../webview-ui/messages.ts';

type Update = Extract<ToPanel, { kind: 'snapshot' | 'append' }>;

/** A run that is fed by hand, and the panel at the other end. */
function setUp(copiedRows?: number) {
  let run: RunState = createRunState();
  const views = createViews(run.columns);
  const events: RunEvent[] = [];
  const posted: ToPanel[] = [];
  const timers: (() => void)[] = [];
  const rests: number[] = [];
  const clock = { now: 0 };
  const source = {
    get head() {
      return headOf({ state: run.state });
    },
    get run() {
      return run;
    },
    views,
    get progress() {
      return progressOf(run, views);
    },
    events,
  };
  const feed = new PanelFeed(source, {
    post: (message) => posted.push(message),
    now: () => clock.now,
    later: (milliseconds, then) => {
      rests.push(milliseconds);
      timers.push(then);
      return () => timers.splice(timers.indexOf(then), 1);
    },
    ...(copiedRows === undefined ? {} : { copiedRows }),
  });
  return {
    feed,
    posted,
    timers,
    rests,
    clock,
    say(...said: RunEvent[]) {
      for (const event of said) {
        run = reduce(run, event);
        truncateViews(views, run.columns.length);
        if (event.kind !== 'step') events.push(event);
        feed.changed();
      }
    },
    run: () => run,
    tick() {
      for (const timer of timers.splice(0)) timer();
    },
    ack: () => feed.receive({ version: PANEL_VERSION, kind: 'ack', upTo: updates(posted).at(-1)!.id }),
    ready: () => feed.receive({ version: PANEL_VERSION, kind: 'ready' }),
  };
}

function updates(posted: readonly ToPanel[]): Update[] {
  return posted.filter((message): message is Update => message.kind === 'snapshot' || message.kind === 'append');
}

const events = goodRun({ steps: 200, epochs: 2, until: 150 });

test('nothing before `ready`; then one snapshot with everything', () => {
  const { say, posted, ready, tick } = setUp();
  say(...events);
  tick();
  expect(posted).toEqual([]);
  ready();
  expect(posted).toHaveLength(1);
  expect(readToPanel(posted[0])).toBeDefined();
  expect(updates(posted)[0]).toMatchObject({ kind: 'snapshot', columns: { from: 0, count: 150 }, remote: false });
});

test('appends are gathered, and wait for the acknowledgement', () => {
  const { say, posted, ready, tick, ack, timers } = setUp();
  say(...events.slice(0, 20));
  ready();
  ack();
  say(...events.slice(20, 60));
  expect(timers).toHaveLength(1);
  expect(posted).toHaveLength(1);
  tick();
  expect(updates(posted)).toHaveLength(2);
  expect(updates(posted)[1]).toMatchObject({ kind: 'append', columns: { from: 19, count: 40 } });
  say(...events.slice(60, 90));
  tick();
  expect(updates(posted)).toHaveLength(2);
  ack();
  tick();
  expect(updates(posted)[2]?.columns).toMatchObject({ from: 59, count: 30 });
});

test('a hidden panel gets nothing and catches up when it is seen', () => {
  const { feed, say, posted, ready, tick, ack } = setUp();
  ready();
  ack();
  feed.setVisible(false);
  say(...events);
  tick();
  expect(updates(posted)).toHaveLength(1);
  feed.setVisible(true);
  tick();
  expect(updates(posted)[1]?.columns).toMatchObject({ from: 0, count: 150 });
  expect(updates(posted)[1]?.events.map((event) => event.kind)).toEqual(['started', 'epoch', 'checkpoint']);
});

test('after a continued run the copy is the same as the original', () => {
  const { say, posted, ready, tick, ack, run } = setUp();
  say(...events);
  ready();
  ack();
  say({ ...started({ steps: 200, epochs: 2, until: 0 }), seq: 800, time: T0 + 1e6, resumedFrom: 100 });
  const again = goodRun({ steps: 200, epochs: 2, until: 180 }).filter(
    (event) => event.kind === 'step' && event.step > 100,
  );
  say(...again.map((event, index) => ({ ...event, seq: 801 + index })));
  tick();
  const copy = createColumns();
  for (const update of updates(posted)) applyBlock(copy, update.columns);
  expect(updates(posted).at(-1)?.columns.from).toBe(100);
  expect(copy.length).toBe(180);
  expect(copy.step.subarray(0, 180)).toEqual(run().columns.step.subarray(0, 180));
  expect(copy.values.get('train.loss')?.subarray(0, 180)).toEqual(
    run().columns.values.get('train.loss')?.subarray(0, 180),
  );
});

test('a run too long to copy is answered by views', () => {
  const { feed, say, posted, ready } = setUp(100);
  say(...events);
  ready();
  expect(updates(posted)[0]).toMatchObject({ remote: true, columns: { count: 0 }, progress: { rows: 150 } });
  feed.receive({
    version: PANEL_VERSION,
    kind: 'range',
    request: 4,
    view: { raw: ['train.loss'], smooth: ['train.loss'], weight: 0.6, axis: 'step', from: 0, to: 1000, buckets: 500 },
  });
  const answer = readToPanel(posted.at(-1));
  expect(answer).toMatchObject({ kind: 'range', request: 4 });
  if (answer?.kind === 'range') expect(answer.view.raw[0]).toHaveLength(150);
});

test('after it was disposed of, nothing is sent', () => {
  const { feed, say, posted, ready, tick, ack } = setUp();
  ready();
  ack();
  say(...events);
  feed.dispose();
  tick();
  expect(posted).toHaveLength(1);
});

test('a panel that takes long to draw is told less often, up to a bound', () => {
  const { say, ready, ack, tick, rests, clock } = setUp();
  say(...events.slice(0, 5));
  ready();
  ack();
  for (const took of [20, 60, 5000, 10]) {
    say(events[5 + rests.length]!);
    tick();
    clock.now += took;
    say(events[15 + rests.length]!);
    ack();
  }
  expect(rests).toEqual([100, 100, 180, 500, 100]);
});
