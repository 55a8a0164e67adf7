/**
 * Kind `layers` of a warm model: what is inside of it. How the numbers of a layer are distributed, its filters, where attention
 * looks, and what of an example a score depends on. Many numbers travel as the base64 of their float32 bytes.
 */
import type { DataPartName } from './data-report.ts';
import { isEventNumber } from './event-line.ts';
import type { EventNumber } from './events.ts';
import { type Check, isCount, isNumber, isOneOf, isRecord, isText, listOf, optional, shaped } from './guard.ts';

/** A row of a part of the run's data; one that is not there is the last one. */
export interface ExampleWish {
  readonly part: DataPartName;
  readonly index: number;
}

export type UseLayersAsk =
  /** `only`: what takes no look at rows of the data. */
  | { readonly kind: 'distribution'; readonly path: string; readonly only?: 'weights' }
  | { readonly kind: 'filters'; readonly path: string }
  /** `look`: number of the attention; the first one has 0. */
  | { readonly kind: 'attention'; readonly example: ExampleWish; readonly look: number }
  /** `target`: number of the score that is explained; left out: the highest. */
  | {
      readonly kind: 'saliency';
      readonly example: ExampleWish;
      readonly method: 'gradient' | 'integrated';
      readonly target?: number;
    };

/** Numbers in bins of equal width between two ends. */
export interface LayerHistogram {
  /** Step of the weights that it belongs to. */
  readonly step: number;
  readonly low: number;
  readonly high: number;
  readonly counts: readonly number[];
  readonly mean: EventNumber;
  readonly deviation: EventNumber;
  readonly zeros: number;
  readonly notFinite: number;
}

export interface LayerSeries {
  readonly of: 'weights' | 'gradients' | 'results';
  /** The weight's own name (`kernel`); '' of results. */
  readonly name: string;
  readonly shape: readonly number[];
  /** With the same ends, in the order of their steps. */
  readonly times: readonly LayerHistogram[];
}

/** Units (places of the last axis) that give nothing, or stand at an end. At most 500 of each are named. */
export interface LayerUnits {
  readonly count: number;
  readonly dead: readonly number[];
  readonly deadCount: number;
  readonly saturated: readonly number[];
  readonly saturatedCount: number;
}

/** The example that was looked at. */
export interface ShownExample extends ExampleWish {
  /** Rows of that part. */
  readonly rows: number;
}

/** Numbers of an example with what each contributes. */
export interface SaliencyInput {
  readonly field: string;
  /** A picture `[height, width, channels]`, places of a sequence, or plain numbers. */
  readonly form: 'picture' | 'places' | 'numbers';
  /** Of `values` and `parts`; of places their number alone. */
  readonly shape: readonly number[];
  /** The numbers that go in; left out where a place holds many. */
  readonly values: string | undefined;
  /** What each contributes to the score. */
  readonly parts: string;
  /** Words or signs at the places, names of the numbers. */
  readonly labels: readonly string[] | undefined;
}

export type UseLayersAnswer =
  | {
      readonly kind: 'distribution';
      readonly path: string;
      /** Examples whose gradients and results were looked at, and of which part; 0 where none were. */
      readonly examples: number;
      readonly part: DataPartName;
      readonly series: readonly LayerSeries[];
      readonly units: LayerUnits | undefined;
      /** Why there are weights only: the data of the run cannot be read any more. */
      readonly trouble: string | undefined;
    }
  | {
      readonly kind: 'filters';
      readonly path: string;
      /** `[height, width, channels, filters]`, or as the weight has them. */
      readonly shape: readonly number[];
      /** The whole kernel, where its filters are pictures of 1 or 3 channels. */
      readonly values: string | undefined;
      /** Euclidean norm of each unit's weights. */
      readonly norms: readonly EventNumber[];
    }
  | {
      readonly kind: 'attention';
      readonly example: ShownExample;
      /** All attentions of the model, in its order. */
      readonly looks: readonly { readonly path: string; readonly title: string }[];
      readonly look: number;
      readonly heads: number;
      readonly queries: number;
      readonly keys: number;
      /** Heads, then who looks, then what is looked at. */
      readonly values: string;
      readonly queryLabels: readonly string[] | undefined;
      readonly keyLabels: readonly string[] | undefined;
    }
  | {
      readonly kind: 'saliency';
      readonly example: ShownExample;
      readonly method: 'gradient' | 'integrated';
      readonly output: string;
      readonly scores: readonly EventNumber[];
      /** Names of the scores, where they are classes with names. */
      readonly names: readonly string[] | undefined;
      /** Where the output has a class at each of its places: so many; scores stand place by place. */
      readonly classes: number | undefined;
      readonly target: number;
      readonly truth: string | undefined;
      /** The score of the example, and of nothing (all inputs 0). */
      readonly score: EventNumber;
      readonly nothing: EventNumber;
      /** Sum of all parts; integrated gradients add up to the difference of the two. */
      readonly sum: EventNumber;
      readonly inputs: readonly SaliencyInput[];
    };

const isPart = isOneOf('train', 'validation', 'test');
const isWish = shaped({ part: isPart, index: isCount });
const isMethod = isOneOf('gradient', 'integrated');
const sizes = listOf(isNumber);

const ASKS: Readonly<Record<UseLayersAsk['kind'], Check>> = {
  distribution: shaped({ path: isText, only: optional(isOneOf('weights')) }),
  filters: shaped({ path: isText }),
  attention: shaped({ example: isWish, look: isCount }),
  saliency: shaped({ example: isWish, method: isMethod, target: optional(isCount) }),
};

const isHistogram = shaped({
  step: isCount,
  low: isNumber,
  high: isNumber,
  counts: listOf(isCount),
  mean: isEventNumber,
  deviation: isEventNumber,
  zeros: isNumber,
  notFinite: isCount,
} satisfies Record<keyof LayerHistogram, Check>);
const isSeries = shaped({
  of: isOneOf('weights', 'gradients', 'results'),
  name: isText,
  shape: sizes,
  times: listOf(isHistogram),
} satisfies Record<keyof LayerSeries, Check>);
const isUnits = shaped({
  count: isCount,
  dead: listOf(isCount),
  deadCount: isCount,
  saturated: listOf(isCount),
  saturatedCount: isCount,
} satisfies Record<keyof LayerUnits, Check>);
const isExample = shaped({ part: isPart, index: isCount, rows: isCount });
const isInput = shaped({
  field: isText,
  form: isOneOf('picture', 'places', 'numbers'),
  shape: sizes,
  values: optional(isText),
  parts: isText,
  labels: optional(listOf(isText)),
} satisfies Record<keyof SaliencyInput, Check>);

const ANSWERS: Readonly<Record<UseLayersAnswer['kind'], Check>> = {
  distribution: shaped({
    path: isText,
    examples: isCount,
    part: isPart,
    series: listOf(isSeries),
    units: optional(isUnits),
    trouble: optional(isText),
  }),
  filters: shaped({ path: isText, shape: sizes, values: optional(isText), norms: listOf(isEventNumber) }),
  attention: shaped({
    example: isExample,
    looks: listOf(shaped({ path: isText, title: isText })),
    look: isCount,
    heads: isCount,
    queries: isCount,
    keys: isCount,
    values: isText,
    queryLabels: optional(listOf(isText)),
    keyLabels: optional(listOf(isText)),
  }),
  saliency: shaped({
    example: isExample,
    method: isMethod,
    output: isText,
    scores: listOf(isEventNumber),
    names: optional(listOf(isText)),
    classes: optional(isCount),
    target: isCount,
    truth: optional(isText),
    score: isEventNumber,
    nothing: isEventNumber,
    sum: isEventNumber,
    inputs: listOf(isInput),
  }),
};

export const isUseLayersAsk: Check = (value) => byKind(ASKS, value);
export const isUseLayersAnswer: Check = (value) => byKind(ANSWERS, value);

function byKind(checks: Readonly<Record<string, Check>>, value: unknown): boolean {
  if (!isRecord(value) || typeof value.kind !== 'string') return false;
  return Object.hasOwn(checks, value.kind) && checks[value.kind]?.(value) === true;
}
