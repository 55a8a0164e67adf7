/** Topic `layers`: which layers the program has and where each stands, so that a row leads to its line and the cursor to its row. */

import { type Check, isCount, isFlag, isNumber, isOneOf, isRecord, isText, listOf, shaped } from './guard.ts';
import { isUseLayersAnswer, isUseLayersAsk, type UseLayersAnswer, type UseLayersAsk } from './use-layers.ts';

/** A layer of the run's program. */
export interface LayerBrief {
  /** As events name it: `Digits/Conv2D.0`. */
  readonly path: string;
  /** Without the model's own name, the middle of a long one left out: `Conv2D.0`, `…/Decoder.0/Dense.1`. */
  readonly name: string;
  /** The class of the layer: `Conv2D`. */
  readonly kind: string;
  /** What it gives for one example. */
  readonly shape: readonly number[];
  readonly parameters: number;
  /** Some of them are trained, so that the run tells of it: moving statistics and frozen weights are not. */
  readonly trained: boolean;
  /** File and line in the copy of the program that the run keeps. */
  readonly file: string;
  readonly line: number;
}

export type LayersAsk =
  /** All layers, in the order of the program. */
  | { readonly kind: 'list' }
  /** Opens the program at the layer; the run's own copy where the file has changed there. */
  | { readonly kind: 'show'; readonly path: string }
  /** What only the weights tell: asked of the process that holds the model warm. */
  | { readonly kind: 'inside'; readonly ask: UseLayersAsk };

export type LayersAnswer =
  /** `cursor`: as in `LayersTell`. */
  | {
      readonly kind: 'list';
      readonly layers: readonly LayerBrief[];
      readonly cursor: readonly string[];
      /** The model has attention to look at. */
      readonly attends: boolean;
    }
  /** `copy`: the file has changed since, so the run's copy was opened. */
  | { readonly kind: 'show'; readonly opened: 'file' | 'copy' }
  /** `step`: of the weights that were looked at; `ms`: what it took the process that holds the model. */
  | { readonly kind: 'inside'; readonly answer: UseLayersAnswer; readonly step: number; readonly ms: number }
  /** Another question of the same kind came meanwhile: only that one is answered. */
  | { readonly kind: 'over' };

/** The cursor of the editor stands in these layers now: several where one line was unrolled or used more than once. */
export interface LayersTell {
  readonly kind: 'cursor';
  readonly paths: readonly string[];
}

const isBrief = shaped({
  path: isText,
  name: isText,
  kind: isText,
  shape: listOf((size) => typeof size === 'number'),
  parameters: isCount,
  trained: isFlag,
  file: isText,
  line: isCount,
} satisfies Record<keyof LayerBrief, Check>);

const ASKS: Readonly<Record<LayersAsk['kind'], Check>> = {
  list: isRecord,
  show: shaped({ path: isText }),
  inside: shaped({ ask: isUseLayersAsk }),
};

const ANSWERS: Readonly<Record<LayersAnswer['kind'], Check>> = {
  list: shaped({ layers: listOf(isBrief), cursor: listOf(isText), attends: isFlag }),
  show: shaped({ opened: isOneOf('file', 'copy') }),
  inside: shaped({ answer: isUseLayersAnswer, step: isCount, ms: isNumber }),
  over: isRecord,
};

export const isLayersAsk: Check = (value) => byKind(ASKS, value);
export const isLayersAnswer: Check = (value) => byKind(ANSWERS, value);
export const isLayersTell: Check = shaped({ kind: isOneOf('cursor'), paths: listOf(isText) });

function byKind(checks: Readonly<Record<string, Check>>, value: unknown): boolean {
  if (!isRecord(value) || typeof value.kind !== 'string') return false;
  return Object.hasOwn(checks, value.kind) && checks[value.kind]?.(value) === true;
}
