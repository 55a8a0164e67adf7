/** Kind `rows` of a warm model: rows of an evaluation that was made before, for people to look at. */
import { type Example, isExample, MOST_EXAMPLES } from './evaluation-example.ts';
import { type Check, isCount, isText, listOf, shaped } from './guard.ts';

export interface UseRowsAsk {
  /** Of the evaluation. */
  readonly name: string;
  /** Numbers within the evaluated part; one that is not there is left out of the answer. */
  readonly rows: readonly number[];
}

export interface UseRowsAnswer {
  readonly examples: readonly Example[];
}

const isFew: Check = (value) => Array.isArray(value) && value.length <= MOST_EXAMPLES && value.every(isCount);

export const isUseRowsAsk: Check = shaped({ name: isText, rows: isFew });
export const isUseRowsAnswer: Check = shaped({ examples: listOf(isExample) });
