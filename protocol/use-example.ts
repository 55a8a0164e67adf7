/** Kind `example` of a warm model: a row of the run's own data, what it is, and what the model says of it. */
import { type DataCell, type DataPartName, isDataCell } from './data-report.ts';
import { type Check, isCount, isOneOf, isText, listOf, recordOf, shaped } from './guard.ts';
import { isUsePredictAnswer, isUseValue, type UsePredictAnswer, type UseValue } from './use-predict.ts';

export interface UseExampleAsk {
  /** Left out: held-out rows, those of the test first. */
  readonly part?: DataPartName;
  /** From 0; beyond the last one it is counted on from the first. */
  readonly index: number;
}

export interface UseExampleAnswer extends UsePredictAnswer {
  readonly part: DataPartName;
  readonly index: number;
  /** Rows of the part. */
  readonly rows: number;
  /** "line 12 of houses.csv". */
  readonly where: string;
  /** What the row holds in the columns that the model is given, to be changed and asked again. */
  readonly given: Readonly<Record<string, UseValue>>;
  /** What it is: fields that the model's answers are compared with. */
  readonly truth: readonly { readonly name: string; readonly cell: DataCell; readonly text: string }[];
}

export const isUseExampleAsk: Check = shaped({
  part: (value) => value === undefined || isOneOf('train', 'validation', 'test')(value),
  index: isCount,
});

const own = shaped({
  part: isOneOf('train', 'validation', 'test'),
  index: isCount,
  rows: isCount,
  where: isText,
  given: recordOf(isUseValue),
  truth: listOf(shaped({ name: isText, cell: isDataCell, text: isText })),
});

export const isUseExampleAnswer: Check = (value) => isUsePredictAnswer(value) && own(value);
