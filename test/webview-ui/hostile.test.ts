/**
 * Every tab (Compare and whole pages in `hostile-pages.test.ts`), with hostile texts wherever a text can come from a file: markup stays text, no script runs, the content policy has
 * nothing to refuse, every card is drawn, and names of a usual length stay within the panel.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GraphSession } from '../../client/graph/graph-session.ts';
import {
  type Ask,
  DATA_PANEL_VERSION,
  PANEL_VERSION,
  PLAIN_LAYOUT,
  type RunEvent,
  readFromPanel,
  readToDataPanel,
  readToPanel,
  type TryAnswer,
} from '../../protocol/index.ts';
import { answerOf as answerEvaluation, digitsPlayed } from './evaluations.ts';
import { goodRun, T0 } from './events.ts';
import { snapshotOf } from './messages.ts';
import { findBrowser, launch, openPanel, type PanelPage } from './page.ts';
import { answerOf as answerCompare, own } from './played-compare.ts';
import { report } from './played-data.ts';
import { mnist } from './played-graphs.ts';
import { insideOf, LIST, runWithLayers } from './played-layers.ts';
import { POISONS, type Poison, poisoned } from './poison.ts';

const found = await findBrowser();
const isMessage = (value: unknown) => readToPanel(value) !== undefined;
const version = PANEL_VERSION;

const place = { file: 'mnist.model', line: 14, column: 3, start: 200, end: 207 };
const failed: RunEvent[] = [
  ...goodRun({ steps: 400, epochs: 4, until: 250 }),
  { kind: 'log', seq: 9000, time: T0 + 46_000, level: 'warning', text: 'a library says' },
  {
    kind: 'problem',
    seq: 9001,
    time: T0 + 46_000,
    code: 'train/not-finite',
    severity: 'error',
    message: 'no',
    step: 250,
    place,
  },
  { kind: 'ended', seq: 9002, time: T0 + 46_001, state: 'failed', step: 250, epoch: 3, best: undefined, reason: 'why' },
];

const model = { engine: 'onnx', checkpoint: { path: 'c', step: 1, epoch: 1, best: true, skipped: ['no'] }, ms: 3 };
const said = {
  seen: [
    { name: 'note', type: 'text', cell: { kind: 'text', text: 'words' } as const, tokens: ['a', 'b'], stages: [] },
  ],
  outputs: [
    { kind: 'classes', name: 'kind', chances: [0.9, 0.1], classes: ['cat', 'dog'] },
    { kind: 'tokens', name: 'tags', tokens: ['x', 'y'], chances: [0.4, 0.6] },
  ] as const,
  notes: ['strange'],
  ms: 3,
};

/** A model of a row of a table. */
function answerTry(ask: Extract<Ask, { topic: 'try' }>['body']): TryAnswer {
  switch (ask.kind) {
    case 'form':
      return {
        kind: 'form',
        model,
        answer: {
          inputs: [
            { kind: 'text', name: 'note', long: false },
            { kind: 'choice', name: 'town', values: ['York', 'Hull'], more: 2, open: true, optional: true },
            { kind: 'number', name: 'size', mean: 2, deviation: 1, optional: true },
          ],
          generate: undefined,
          untrained: [],
          rows: { train: 4, validation: 2, test: 1 },
        },
      };
    case 'predict':
      return { kind: 'predict', model, answer: said };
    case 'example': {
      const given = { note: { kind: 'value', value: 'words' }, town: { kind: 'value', value: 'York' } } as const;
      const truth = [{ name: 'kind', cell: { kind: 'text', text: 'cat' } as const, text: 'cat' }];
      return {
        kind: 'example',
        model,
        answer: { ...said, part: 'test', index: 0, rows: 1, where: 'line 2 of a.csv', given, truth },
      };
    }
    case 'generate':
    case 'stop':
      return { kind: 'stopped' };
  }
}

const digits = digitsPlayed();
const session = new GraphSession(
  { ask: async () => ({ kind: 'graph', graph: mnist, revision: 1, stale: false }), cursor: () => undefined },
  { count: String },
);

async function bodyOf(ask: Ask): Promise<unknown> {
  switch (ask.topic) {
    case 'layout':
      return { layout: PLAIN_LAYOUT };
    case 'runs':
    case 'compare':
      return answerCompare(ask.topic, ask.body as Parameters<typeof answerCompare>[1]);
    case 'evaluation':
      return answerEvaluation(ask.body, digits);
    case 'try':
      return answerTry(ask.body);
    case 'layers':
      if (ask.body.kind === 'inside') return { kind: 'inside', answer: insideOf(ask.body.ask), step: 1876, ms: 40 };
      if (ask.body.kind === 'show') return { kind: 'show', opened: 'file' };
      return { kind: 'list', layers: LIST, cursor: [], attends: true };
    case 'graph':
      if (ask.body.kind === 'graph') return session.answerGraph(ask.body.known);
      if (ask.body.kind === 'layout') return session.answerLayout(ask.body.revision, ask.body.open, ask.body.show);
      return { kind: 'done' };
  }
}

const TABS = {
  metrics: { events: failed, shown: '[data-chart] canvas' },
  layers: { events: runWithLayers(20), shown: '.heat canvas' },
  evaluate: { events: failed, shown: '.matrix, [data-cell]' },
  try: { events: failed, shown: 'input' },
  graph: { events: failed, shown: '[role=treeitem]' },
  log: { events: failed, shown: '[role=tabpanel] *' },
} as const;

describe.skipIf('reason' in found)('hostile texts in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    if ('path' in found) browser = await launch(found);
  });
  afterAll(() => browser?.close());

  /** Answers until two turns of the page bring no further question. */
  const serve = async (panel: PanelPage, poison: Poison) => {
    const answered = new Set<number>();
    for (let quiet = 0; quiet < 3; quiet++) {
      for (const message of await panel.received()) {
        const ask = readFromPanel(message);
        if (ask?.kind !== 'ask' || answered.has(ask.request)) continue;
        answered.add(ask.request);
        quiet = 0;
        const { request, topic } = ask;
        const body = await bodyOf(ask);
        // The page finds runs by their folders, and boxes by their names, in what it was told before.
        const answer = { version, kind: 'answer', request, topic, body };
        // An evaluation is named by its folder: that is no path, and not long.
        const kept = topic === 'evaluation' ? ['name'] : [];
        await panel.send(topic === 'compare' || topic === 'graph' ? answer : poisoned(answer, poison, isMessage, kept));
      }
      await panel.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    }
  };

  const harmless = async (panel: PanelPage) => {
    expect(await panel.violations()).toEqual([]);
    expect(panel.errors).toEqual([]);
    expect((await panel.received()).filter((message) => message.kind === 'failed')).toEqual([]);
    expect(await panel.page.title()).not.toContain('owned');
    expect(
      await panel.page.locator('img[src="x"], [onerror], [onload], script:not([src]), a[href^="javascript"]').count(),
    ).toBe(0);
  };
  const fits = async (panel: PanelPage, width: number) =>
    expect(await panel.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);

  const cases = Object.keys(TABS).flatMap((tab) =>
    Object.keys(POISONS).map((poison) => [tab as keyof typeof TABS, poison as Poison] as const),
  );

  test.each(cases)('%s: %s', async (tab, poison) => {
    const { events, shown } = TABS[tab];
    const panel = await openPanel(browser, { theme: 'dark', width: 720 });
    const snapshot = snapshotOf(events, { folder: own, damage: 'torn' });
    const { head, ...rest } = poisoned(snapshot, poison, isMessage);
    await panel.send({ ...rest, head: { ...head, folder: own } });
    await panel.send({ version, kind: 'tab', tab });
    await serve(panel, poison);
    await panel.page.locator(shown).first().waitFor({ state: 'attached' });
    await serve(panel, poison);
    await harmless(panel);
    if (poison !== 'long' && tab !== 'evaluate') await fits(panel, 720);
    await panel.page.context().close();
  });

  test.each(Object.keys(POISONS) as Poison[])('the page of data: %s', async (poison) => {
    const panel = await openPanel(browser, { name: 'data', theme: 'dark', width: 720 });
    const message = { version: DATA_PANEL_VERSION, kind: 'view', view: report };
    await panel.send(poisoned(message, poison, (value) => readToDataPanel(value) !== undefined));
    await panel.page.locator('table caption').first().waitFor({ state: 'attached' });
    await harmless(panel);
    if (poison !== 'long') await fits(panel, 720);
    await panel.page.context().close();
  });

  test('messages that are none, late and strange ones change nothing', async () => {
    const panel = await openPanel(browser, { theme: 'dark', width: 720 });
    await panel.send(snapshotOf(failed));
    await panel.page.locator('[data-chart="loss"] canvas').waitFor();
    const before = await panel.page.locator('main').textContent();
    const strange: unknown[] = [
      null,
      3,
      'snapshot',
      [],
      { version },
      { version, kind: '__proto__' },
      { version: 2, kind: 'gone', message: 'x' },
    ];
    strange.push({ version, kind: 'answer', request: 1, topic: 'runs', body: { kind: 'list', runs: [{}] } });
    strange.push({ version, kind: 'refused', request: 4711, message: POISONS.markup });
    strange.push({ version, kind: 'answer', request: 4711, topic: 'layout', body: { layout: PLAIN_LAYOUT } });
    strange.push(
      { version, kind: 'tab', tab: '__proto__' },
      { version, kind: 'tell', topic: 'layers', body: { kind: 'cursor', paths: [3] } },
    );
    for (const message of strange) await panel.send(message);
    await serve(panel, 'unseen').catch(() => undefined);
    expect(await panel.page.locator('main').textContent()).toBe(before);
    await harmless(panel);
    await panel.page.context().close();
  });
});

if ('reason' in found) {
  test('a browser for hostile texts', (context) => context.skip(found.reason));
}
