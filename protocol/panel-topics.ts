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
  type EvaluationAnswered,
  type EvaluationAsk,
  type EvaluationTell,
  isEvaluationAnswered,
  isEvaluationAsk,
  isEvaluationTell,
} from './panel-evaluation.ts';
import {
  type GraphAnswer,
  type GraphAsk,
  type GraphTell,
  isGraphAnswer,
  isGraphAsk,
  isGraphTell,
} from './panel-graph.ts';
import {
  isLayersAnswer,
  isLayersAsk,
  isLayersTell,
  type LayersAnswer,
  type LayersAsk,
  type LayersTell,
} from './panel-layers.ts';
import { isLayoutAnswer, isLayoutAsk, type LayoutAnswer, type LayoutAsk } from './panel-layout.ts';
import { isRunsAnswer, isRunsAsk, type RunsAnswer, type RunsAsk } from './panel-runs.ts';
import { isTryAnswer, isTryAsk, isTryTell, type TryAnswer, type TryAsk, type TryTell } from './panel-try.ts';

/** Message types by topic. `tell` is `never` where the host says nothing unasked. */
export interface PanelTopics {
  readonly graph: { readonly ask: GraphAsk; readonly answer: GraphAnswer; readonly tell: GraphTell };
  readonly evaluation: {
    readonly ask: EvaluationAsk;
    readonly answer: EvaluationAnswered;
    readonly tell: EvaluationTell;
  };
  readonly layout: { readonly ask: LayoutAsk; readonly answer: LayoutAnswer; readonly tell: never };
  readonly layers: { readonly ask: LayersAsk; readonly answer: LayersAnswer; readonly tell: LayersTell };
  readonly compare: { readonly ask: CompareAsk; readonly answer: CompareAnswer; readonly tell: CompareTell };
  readonly try: { readonly ask: TryAsk; readonly answer: TryAnswer; readonly tell: TryTell };
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
  graph: { ask: isGraphAsk, answer: isGraphAnswer, tell: isGraphTell },
  evaluation: { ask: isEvaluationAsk, answer: isEvaluationAnswered, tell: isEvaluationTell },
  layout: { ask: isLayoutAsk, answer: isLayoutAnswer, tell: never },
  layers: { ask: isLayersAsk, answer: isLayersAnswer, tell: isLayersTell },
  compare: { ask: isCompareAsk, answer: isCompareAnswer, tell: isCompareTell },
  try: { ask: isTryAsk, answer: isTryAnswer, tell: isTryTell },
  runs: { ask: isRunsAsk, answer: isRunsAnswer, tell: never },
};

/** A guard for messages that carry a topic and its body. */
export function topicBody(part: keyof TopicChecks): Check {
  return (value) => {
    if (!isRecord(value) || typeof value.topic !== 'string' || !Object.hasOwn(TOPICS, value.topic)) return false;
    return TOPICS[value.topic as PanelTopic][part](value.body);
  };
}
