/**
 * What a tab of the panel asks the host beyond the run's own events, by topic: one question, one answer (or a refusal in
 * words), and `tell` for what the host says unasked. A topic's messages and their guards stand in a file of its own; here is
 * only the list.
 */
import { type Check, isRecord } from './guard.ts';
import {
  type CompareAnswer,
  type CompareAsk,
  type CompareTell,
  isCompareAnswer,
  isCompareAsk,
  isCompareTell,
} from './panel-compare.ts';
import {
  isLayersAnswer,
  isLayersAsk,
  isLayersTell,
  type LayersAnswer,
  type LayersAsk,
  type LayersTell,
} from './panel-layers.ts';
import { isRunsAnswer, isRunsAsk, type RunsAnswer, type RunsAsk } from './panel-runs.ts';

/** Message types by topic. `tell` is `never` where the host says nothing unasked. */
export interface PanelTopics {
  readonly layers: { readonly ask: LayersAsk; readonly answer: LayersAnswer; readonly tell: LayersTell };
  readonly compare: { readonly ask: CompareAsk; readonly answer: CompareAnswer; readonly tell: CompareTell };
  readonly runs: { readonly ask: RunsAsk; readonly answer: RunsAnswer; readonly tell: never };
}

export type PanelTopic = keyof PanelTopics;

interface TopicChecks {
  readonly ask: Check;
  readonly answer: Check;
  readonly tell: Check;
}

const never: Check = () => false;

const TOPICS: Readonly<Record<PanelTopic, TopicChecks>> = {
  layers: { ask: isLayersAsk, answer: isLayersAnswer, tell: isLayersTell },
  compare: { ask: isCompareAsk, answer: isCompareAnswer, tell: isCompareTell },
  runs: { ask: isRunsAsk, answer: isRunsAnswer, tell: never },
};

/** A guard for messages that carry a topic and its body. */
export function topicBody(part: keyof TopicChecks): Check {
  return (value) => {
    if (!isRecord(value) || typeof value.topic !== 'string' || !Object.hasOwn(TOPICS, value.topic)) return false;
    return TOPICS[value.topic as PanelTopic][part](value.body);
  };
}
