/** Every tab and page of the webviews, with a host that answers whatever it asks; nothing is trained for it. */
import type { Browser } from 'playwright-core';
import { GraphSession } from '../../client/graph/graph-session.ts';
import {
  type CompareAsk,
  DATA_PANEL_VERSION,
  type DataCell,
  type EvaluationAsk,
  type GraphAsk,
  type LayersAsk,
  PANEL_VERSION,
  PLAIN_LAYOUT,
  type ProgramGraph,
  type RunEvent,
  type RunsAsk,
  type TryAnswer,
  type TryAsk,
} from '../../protocol/index.ts';
import { digitsPlayed, answerOf as evaluationAnswer } from './evaluations.ts';
import { T0 } from './events.ts';
import { snapshotOf } from './messages.ts';
import { openPanel, type PageOptions, type PanelPage } from './page.ts';
import { answerOf as compareAnswer } from './played-compare.ts';
import { report } from './played-data.ts';
import { mnist } from './played-graphs.ts';
import { insideOf, LIST } from './played-layers.ts';
import { RUNS, readAnswer, wholeRun } from './played-metrics.ts';

/** What is looked at, and when it is there: each selector has something. */
export const EVERY = {
  metrics: ['[data-chart="loss"] canvas', '.entry.ghost', '[data-card="layers"] tr'],
  layers: ['.heat canvas', '.looks canvas', '.explained canvas', '.histogram'],
  evaluate: ['.rows-shown figure', '[data-cell="0-0"]'],
  try: ['.draw canvas', '.verdict', '.chances tr'],
  graph: ['[role=treeitem]'],
  compare: ['[data-chart="validation.accuracy"] canvas', '.diff', '.parallel path.run'],
  log: ['.log-line'],
  'graph page': ['[role=treeitem]'],
  'compare page': ['[data-chart="validation.accuracy"] canvas', '.diff'],
  'data page': ['table caption'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Looked = keyof typeof EVERY;

export const LOOKED = Object.keys(EVERY) as readonly Looked[];

type Texts = Readonly<Record<string, string>>;

/** What the host says and hears, changed on its way. */
export interface Between {
  said(message: unknown): unknown;
  heard(body: unknown): unknown;
  /** The program's graph instead of that of digits. */
  readonly graph?: ProgramGraph;
}

const UNCHANGED: Between = { said: (message) => message, heard: (body) => body };

/** Opens it and waits until all of it is drawn. */
export async function openEvery(
  browser: Browser,
  looked: Looked,
  options: PageOptions,
  texts?: { readonly locale: string; readonly texts: Texts },
  between: Between = UNCHANGED,
): Promise<PanelPage> {
  const name = looked === 'graph page' ? 'graph' : looked === 'data page' ? 'data' : 'panel';
  const shows = looked === 'compare page' ? { shows: 'compare' as const } : {};
  const panel = await openPanel(browser, { height: 1400, ...options, name, ...shows });
  await answerAll(panel, looked, between);
  const version = name === 'data' ? DATA_PANEL_VERSION : PANEL_VERSION;
  if (texts !== undefined) await panel.send({ version, kind: 'texts', ...texts });
  if (name === 'data') await panel.send(between.said({ version, kind: 'view', view: report }));
  if (name === 'panel' && looked !== 'compare page') {
    await panel.send(between.said(snapshotOf(loggedRun(), { file: 'mnist.model' })));
    await panel.send({ version, kind: 'tab', tab: looked });
  }
  if (looked === 'layers') await panel.page.locator('[data-card="inside"] button').first().click();
  if (looked === 'try') await panel.page.locator('.examples button').first().click();
  for (const selector of EVERY[looked]) await panel.page.locator(selector).first().waitFor({ state: 'attached' });
  return panel;
}

/** A run with lines in its log. */
export function loggedRun(): RunEvent[] {
  const log = ['info', 'warning', 'error'].map(
    (level, at) => ({ kind: 'log', seq: 300_000 + at, time: T0 + at, level, text: `mnist ${at}` }) as RunEvent,
  );
  return [...wholeRun(2412), ...log];
}

/** Answers what the page has asked and will ask, as the extension does. */
export async function answerAll(panel: PanelPage, looked: Looked, between: Between = UNCHANGED): Promise<void> {
  const { page, send } = panel;
  const session = new GraphSession(
    {
      ask: async (known) =>
        known === 1
          ? { kind: 'unchanged', stale: false }
          : { kind: 'graph', graph: between.graph ?? mnist, revision: 1, stale: false },
      cursor: () => undefined,
    },
    { count: (value) => value.toLocaleString('en') },
  );
  const played = digitsPlayed();
  const bodyOf = (topic: string, ask: unknown): unknown => {
    switch (topic) {
      case 'layout':
        return { layout: PLAIN_LAYOUT };
      case 'runs':
        return looked.startsWith('compare') ? compareAnswer(topic, ask as RunsAsk) : runsAnswer(ask as RunsAsk);
      case 'compare':
        return compareAnswer(topic, ask as CompareAsk);
      case 'evaluation':
        return evaluationAnswer(ask as EvaluationAsk, played);
      case 'layers':
        return layersAnswer(ask as LayersAsk);
      case 'graph':
        return graphAnswer(session, ask as GraphAsk);
      default:
        return tryAnswer(ask as TryAsk);
    }
  };
  await page.exposeFunction(
    'hostHears',
    async (message: { kind: string; topic: string; request: number; body: unknown }) => {
      if (message.kind !== 'ask') return;
      const { request, topic } = message;
      const body = await bodyOf(topic, between.heard(message.body));
      await send(between.said({ version: PANEL_VERSION, kind: 'answer', request, topic, body }));
    },
  );
  await page.evaluate(() => {
    const played = window as unknown as { received: unknown[]; hostHears: (data: unknown) => void };
    for (const message of played.received) played.hostHears(message);
    const push = played.received.push.bind(played.received);
    played.received.push = (...messages: unknown[]) => {
      for (const message of messages) played.hostHears(message);
      return push(...messages);
    };
  });
}

function runsAnswer(ask: RunsAsk): unknown {
  return ask.kind === 'list' ? { kind: 'list', runs: RUNS } : readAnswer(ask.folder);
}

function layersAnswer(ask: LayersAsk): unknown {
  if (ask.kind === 'list') return { kind: 'list', layers: LIST, cursor: ['Digits/Dense.0'], attends: true };
  if (ask.kind === 'show') return { kind: 'show', opened: 'file' };
  return { kind: 'inside', answer: insideOf(ask.ask), step: 1876, ms: 40 };
}

async function graphAnswer(session: GraphSession, ask: GraphAsk): Promise<unknown> {
  if (ask.kind === 'graph') return session.answerGraph(ask.known);
  return ask.kind === 'layout' ? session.answerLayout(ask.revision, ask.open, ask.show) : { kind: 'done' };
}

function tryAnswer(ask: TryAsk): TryAnswer {
  const checkpoint = { path: 'checkpoints/1876', step: 1876, epoch: 2, best: true, skipped: [] };
  const model = { engine: 'ONNX Runtime 1.30.0, CPU, 2 threads', checkpoint, ms: 1.4 };
  const pixels = Buffer.from(
    Array.from({ length: 784 }, (_, at) => (Math.abs((at % 28) - 14) < 2 && at > 100 && at < 680 ? 255 : 0)),
  ).toString('base64');
  const shape = [28, 28, 1];
  const cell: DataCell = { kind: 'picture', shape, width: 28, height: 28, channels: 1, low: 0, high: 1, pixels };
  const place = { file: 'mnist.model', line: 4, column: 3, start: 60, end: 80 };
  const answer = {
    seen: [
      {
        name: 'image',
        type: 'float32[28, 28, 1]',
        cell,
        tokens: undefined,
        stages: [{ title: 'column images', place, cells: [cell] }],
      },
    ],
    outputs: [
      {
        kind: 'classes' as const,
        name: 'digit',
        chances: [0.001, 0.97, 0.004, 0.003, 0.002, 0.002, 0.003, 0.01, 0.004, 0.001],
        classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
      },
    ],
    notes: [],
    ms: 1.4,
  };
  if (ask.kind === 'form')
    return {
      kind: 'form',
      model,
      answer: {
        inputs: [{ kind: 'drawing', name: 'image', shape, digits: true }],
        generate: undefined,
        untrained: [],
        rows: { train: 54_000, validation: 6000, test: 10_000 },
      },
    };
  if (ask.kind === 'predict') return { kind: 'predict', model, answer };
  if (ask.kind !== 'example') return { kind: 'stopped' };
  const truth = [{ name: 'label', cell: { kind: 'number' as const, value: 1 }, text: '1' }];
  const given = { image: { kind: 'pixels' as const, shape, pixels } };
  const row = { part: 'test' as const, index: 4, rows: 10_000, where: 'example 5 of test-images.idx', given, truth };
  return { kind: 'example', model, answer: { ...answer, ...row } };
}
