/** Who answers a tab's questions, by topic. An answer that fails becomes a refusal in words; nothing is thrown at the panel. */
import { type Ask, PANEL_VERSION, type PanelTopic, type PanelTopics, type ToPanel } from '../../protocol/index.ts';
import type { LiveRun } from '../run/live-run.ts';
import type { Services } from '../services.ts';
import { answerCompare } from './answer-compare.ts';
import { answerEvaluation } from './answer-evaluation.ts';
import { answerGraph } from './answer-graph.ts';
import { answerLayers } from './answer-layers.ts';
import { answerLayout } from './answer-layout.ts';
import { answerRuns } from './answer-runs.ts';
import { answerTry } from './answer-try.ts';

/** What an answerer knows of the asking panel. */
export interface AskContext {
  readonly services: Services;
  readonly run: LiveRun;
}

type Answerers = {
  readonly [T in PanelTopic]: (ask: PanelTopics[T]['ask'], context: AskContext) => Promise<PanelTopics[T]['answer']>;
};

const ANSWERERS: Answerers = {
  compare: answerCompare,
  graph: answerGraph,
  evaluation: answerEvaluation,
  layers: answerLayers,
  layout: answerLayout,
  runs: answerRuns,
  try: answerTry,
};

/** The message that answers `ask`. */
export function answerAsk(ask: Ask, context: AskContext): Promise<ToPanel> {
  return answered(ask, context.services, () => bodyOf(ask.topic, ask.body, context));
}

/** The message with what `make` gives, or with why it fails. */
export async function answered(
  { request, topic }: Ask,
  services: Services,
  make: () => Promise<unknown>,
): Promise<ToPanel> {
  try {
    const body = await make();
    // The pair is of one topic by `Answerers`; a union can't say so.
    return { version: PANEL_VERSION, kind: 'answer', request, topic, body } as ToPanel;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    services.logs.main.error(`panel, ${topic}: ${error instanceof Error ? (error.stack ?? message) : message}`);
    return { version: PANEL_VERSION, kind: 'refused', request, message };
  }
}

function bodyOf<T extends PanelTopic>(
  topic: T,
  body: PanelTopics[T]['ask'],
  context: AskContext,
): Promise<PanelTopics[T]['answer']> {
  return ANSWERERS[topic](body, context);
}
