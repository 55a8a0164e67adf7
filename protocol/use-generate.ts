/** Kind `generate` of a warm model: text that it writes token by token, or examples that it makes up. */
import { type DataCell, isDataCell } from './data-report.ts';
import { type Check, isCount, isNumber, isOneOf, isRecord, isText, listOf, optional, shaped } from './guard.ts';

export type UseGenerateAsk =
  | {
      readonly kind: 'text';
      readonly prompt: string;
      /** At most so many tokens are written. */
      readonly length: number;
      /** 0: always the likeliest token; 1: as the model says. */
      readonly temperature: number;
      /** Only the so many likeliest are drawn from; left out: all. */
      readonly top?: number | undefined;
      readonly seed: number;
    }
  /** Numbers by chance are drawn with this deviation. */
  | {
      readonly kind: 'samples';
      readonly output: string;
      readonly count: number;
      readonly temperature: number;
      readonly seed: number;
    };

/** The text so far; tokens may not end where characters end, so it is not only added to. */
export interface UseGeneratePart {
  readonly text: string;
  readonly tokens: number;
}

export type UseGenerateAnswer =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly tokens: number;
      /** Why it stopped: by itself, at the wished length, or where the model can see no further. */
      readonly ended: 'itself' | 'length' | 'full';
      readonly notes: readonly string[];
    }
  | { readonly kind: 'samples'; readonly cells: readonly DataCell[] };

/** Of one question. */
export const MOST_TOKENS = 10_000;
export const MOST_SAMPLES = 64;

const limited =
  (least: number, most: number): Check =>
  (value) =>
    typeof value === 'number' && value >= least && value <= most;

const ASKS: Readonly<Record<UseGenerateAsk['kind'], Check>> = {
  text: shaped({
    prompt: isText,
    length: (value) => isCount(value) && limited(1, MOST_TOKENS)(value),
    temperature: limited(0, 10),
    top: optional((value) => isCount(value) && limited(1, 1e6)(value)),
    seed: isCount,
  }),
  samples: shaped({
    output: isText,
    count: (value) => isCount(value) && limited(1, MOST_SAMPLES)(value),
    temperature: limited(0, 10),
    seed: isCount,
  }),
};

export const isUseGenerateAsk: Check = (value) =>
  isRecord(value) && isOneOf('text', 'samples')(value.kind) && ASKS[value.kind as UseGenerateAsk['kind']](value);

export const isUseGeneratePart: Check = shaped({ text: isText, tokens: isCount });

const ANSWERS: Readonly<Record<UseGenerateAnswer['kind'], Check>> = {
  text: shaped({
    text: isText,
    tokens: isNumber,
    ended: isOneOf('itself', 'length', 'full'),
    notes: listOf(isText),
  }),
  samples: shaped({ cells: listOf(isDataCell) }),
};

export const isUseGenerateAnswer: Check = (value) =>
  isRecord(value) && isOneOf('text', 'samples')(value.kind) && ANSWERS[value.kind as UseGenerateAnswer['kind']](value);
