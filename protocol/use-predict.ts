/** Kind `predict` of a warm model: one example as a person gives it, and what the model makes of it. */
import { type DataCell, type DataStage, isDataCell, isDataStage } from './data-report.ts';
import { isEventNumber } from './event-line.ts';
import type { EventNumber } from './events.ts';
import {
  type Check,
  isCount,
  isNumber,
  isOneOf,
  isRecord,
  isText,
  listOf,
  optional,
  recordOf,
  shaped,
} from './guard.ts';

/** What is given under the name of a column, or of an input of the model. */
export type UseValue =
  /** A number, a text, or numbers in nested lists. */
  | { readonly kind: 'value'; readonly value: unknown }
  /** A file that somebody chose or drew: its bytes as base64. */
  | { readonly kind: 'file'; readonly name: string; readonly bytes: string }
  /** Drawn pixels 0–255, rows from the top, channels last, as base64. */
  | { readonly kind: 'pixels'; readonly shape: readonly number[]; readonly pixels: string };

export interface UsePredictAsk {
  readonly inputs: Readonly<Record<string, UseValue>>;
}

/** What the model gets for one of its inputs. */
export interface SeenInput {
  readonly name: string;
  /** `float32[28, 28, 1]`. */
  readonly type: string;
  /** As it goes in. */
  readonly cell: DataCell;
  /** What the numbers stand for, where they number words or signs; the filling at the end is left out. */
  readonly tokens: readonly string[] | undefined;
  /** From the raw columns to what goes in; empty where it was given as it is. */
  readonly stages: readonly DataStage[];
}

/** What an output of the model says, in the terms of its task. */
export type UseOutput =
  /** Chances of classes that exclude each other, all of them, in order of their numbers. */
  | {
      readonly kind: 'classes';
      readonly name: string;
      readonly chances: readonly EventNumber[];
      readonly classes: readonly string[];
    }
  /** The chance that something holds, of each of `labels`; one without a label: yes or no. */
  | {
      readonly kind: 'chances';
      readonly name: string;
      readonly chances: readonly EventNumber[];
      readonly classes: readonly string[];
    }
  /** Anything else: a number, a picture, a sound, numbers. `truth`: the field that it is compared with. */
  | { readonly kind: 'cell'; readonly name: string; readonly cell: DataCell; readonly like: string | undefined }
  /** The most likely class at each place of a sequence. */
  | {
      readonly kind: 'tokens';
      readonly name: string;
      readonly tokens: readonly string[];
      readonly chances: readonly EventNumber[];
    };

export interface UsePredictAnswer {
  readonly seen: readonly SeenInput[];
  readonly outputs: readonly UseOutput[];
  /** What is strange about what was given. */
  readonly notes: readonly string[];
  /** Milliseconds from what was given to what the model says; opening the data is not in it. */
  readonly ms: number;
}

const VALUES: Readonly<Record<UseValue['kind'], Check>> = {
  value: (value) => isRecord(value) && value.value !== undefined,
  file: shaped({ name: isText, bytes: isText }),
  pixels: shaped({ shape: listOf(isCount), pixels: isText }),
};

export const isUseValue: Check = (value) =>
  isRecord(value) &&
  typeof value.kind === 'string' &&
  Object.hasOwn(VALUES, value.kind) &&
  VALUES[value.kind as UseValue['kind']](value);

export const isUsePredictAsk: Check = shaped({ inputs: recordOf(isUseValue) });

const isSeen = shaped({
  name: isText,
  type: isText,
  cell: isDataCell,
  tokens: optional(listOf(isText)),
  stages: listOf(isDataStage),
});

const OUTPUTS: Readonly<Record<UseOutput['kind'], Check>> = {
  classes: shaped({ name: isText, chances: listOf(isEventNumber), classes: listOf(isText) }),
  chances: shaped({ name: isText, chances: listOf(isEventNumber), classes: listOf(isText) }),
  cell: shaped({ name: isText, cell: isDataCell, like: optional(isText) }),
  tokens: shaped({ name: isText, tokens: listOf(isText), chances: listOf(isEventNumber) }),
};

export const isUseOutput: Check = (value) =>
  isRecord(value) && isOneOf(...Object.keys(OUTPUTS))(value.kind) && OUTPUTS[value.kind as UseOutput['kind']](value);

export const isUsePredictAnswer: Check = shaped({
  seen: listOf(isSeen),
  outputs: listOf(isUseOutput),
  notes: listOf(isText),
  ms: isNumber,
});
