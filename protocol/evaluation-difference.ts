/** The same evaluation of two runs held against each other: metrics, classes, and the rows that one has right and the other has not. */
import { isEventNumber } from './event-line.ts';
import type { EventNumber } from './events.ts';
import { type Check, isCount, isText, listOf, optional, shaped } from './guard.ts';

export interface EvaluationDifference {
  readonly name: string;
  readonly data: string;
  readonly examples: number;
  readonly metrics: readonly FigureChange[];
  readonly answers: readonly AnswerDifference[];
}

/** From one run to the other. */
export interface FigureChange {
  readonly name: string;
  readonly from: EventNumber;
  readonly to: EventNumber;
}

export interface AnswerDifference {
  readonly name: string;
  /** F1 of each class, what changed most first. */
  readonly classes: readonly FigureChange[];
  /** Rows, by whether each run has them right; undefined where the rows of one are not kept. */
  readonly rows:
    | {
        readonly bothRight: number;
        readonly bothWrong: number;
        readonly mended: number;
        readonly broken: number;
        /** Some of those that changed. */
        readonly changed: readonly ChangedRow[];
      }
    | undefined;
}

export interface ChangedRow {
  /** Number within the part. */
  readonly row: number;
  readonly is: string;
  readonly from: string;
  readonly to: string;
}

const isChange = shaped({ name: isText, from: isEventNumber, to: isEventNumber } satisfies Record<
  keyof FigureChange,
  Check
>);
const isChangedRow = shaped({ row: isCount, is: isText, from: isText, to: isText } satisfies Record<
  keyof ChangedRow,
  Check
>);

export const isEvaluationDifference: Check = shaped({
  name: isText,
  data: isText,
  examples: isCount,
  metrics: listOf(isChange),
  answers: listOf(
    shaped({
      name: isText,
      classes: listOf(isChange),
      rows: optional(
        shaped({
          bothRight: isCount,
          bothWrong: isCount,
          mended: isCount,
          broken: isCount,
          changed: listOf(isChangedRow),
        }),
      ),
    } satisfies Record<keyof AnswerDifference, Check>),
  ),
} satisfies Record<keyof EvaluationDifference, Check>);
