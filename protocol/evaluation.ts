/**
 * An evaluation as data: what the trainer writes to a run's `eval/<name>/evaluation.json`, and every reader (panel, command
 * line, model card) shows. Figures carry an interval of 95 % and say how it was found. Predictions row by row stand beside it
 * in `rows.jsonl` (`evaluation-rows.ts`), so that another threshold or the rows of a cell need no new pass.
 */
import type { EventNumber, EventPlace } from './events.ts';
import type { EvaluateMatrix } from './trainer.ts';

export const EVALUATION_VERSION = 1;

/**
 * How an interval was found: Wilson's for a share, the normal one for a mean (and what is made of one), DeLong's for the area
 * under the ROC curve, and repeated counting with drawn counts (Poisson, seeded) for what has no formula.
 */
export type IntervalMethod = 'wilson' | 'normal' | 'delong' | 'bootstrap';

/** A number, with the interval that holds the true one in 95 of 100 such evaluations, where one is known. */
export interface Figure {
  readonly value: EventNumber;
  readonly low?: number;
  readonly high?: number;
  readonly method?: IntervalMethod;
}

export interface Evaluation {
  readonly version: typeof EVALUATION_VERSION;
  /** Name of its folder: the `evaluate` declaration's. */
  readonly name: string;
  /** Folder name of the run. */
  readonly run: string;
  readonly unit: string;
  /** `Mnist("t10k")`. */
  readonly data: string;
  readonly part: 'validation' | 'test';
  readonly checkpoint: string;
  readonly step: number;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly examples: number;
  /** SHA-256 over the data files. */
  readonly dataHash: string;
  readonly metrics: Readonly<Record<string, Figure>>;
  readonly matrices?: Readonly<Record<string, EvaluateMatrix>>;
  readonly expect: readonly EvaluatedExpectation[];
  readonly answers: readonly EvaluationAnswer[];
  readonly slices: readonly EvaluationSlice[];
  /** What could not be looked at, in sentences. */
  readonly notes: readonly string[];
}

export interface EvaluatedExpectation {
  readonly text: string;
  readonly value: EventNumber;
  readonly held: boolean;
  readonly place: EventPlace;
}

/** One output held against one truth. */
export type EvaluationAnswer =
  | ClassesAnswer
  | YesNoAnswer
  | LabelsAnswer
  | NumbersAnswer
  | PlacesAnswer
  | SequencesAnswer
  | RankedAnswer;

interface AnswerBase {
  /** Of the output, as the program names it. */
  readonly name: string;
  /** Of the field with the truth. */
  readonly truth: string;
  /** Rows that count. */
  readonly examples: number;
}

/** One class of several for each example. */
export interface ClassesAnswer extends AnswerBase {
  readonly kind: 'classes';
  readonly classes: readonly string[];
  /** Counts other than 0, by what is so and what is said; the largest first where there are more than are kept. */
  readonly cells: readonly ConfusionCell[];
  readonly cellsLeft: number;
  readonly accuracy: Figure;
  readonly macro: { readonly precision: Figure; readonly recall: Figure; readonly f1: Figure };
  readonly perClass: readonly ClassFigures[];
  /** Each class against all others; empty where there are too many. */
  readonly curves: readonly Curve[];
  readonly calibration: Calibration;
  readonly mistakes: number;
}

export interface ConfusionCell {
  readonly is: number;
  readonly said: number;
  readonly count: number;
}

export interface ClassFigures {
  readonly precision: Figure;
  readonly recall: Figure;
  readonly f1: Figure;
  /** How often it is so, and how often it is said. */
  readonly support: number;
  readonly said: number;
}

/** Yes or no for each example. */
export interface YesNoAnswer extends AnswerBase {
  readonly kind: 'yes-no';
  readonly positives: number;
  readonly accuracy: Figure;
  /** At the threshold of one half. */
  readonly precision: Figure;
  readonly recall: Figure;
  readonly f1: Figure;
  readonly curve: Curve;
  readonly thresholds: Thresholds;
  readonly calibration: Calibration;
  readonly mistakes: number;
}

/** Counts of yes said with a probability above 0, 0.001, … 1: so many were right, so many wrong. */
export interface Thresholds {
  readonly right: readonly number[];
  readonly wrong: readonly number[];
}

export const THRESHOLD_STEPS = 1000;

/** Several labels, each yes or no by itself. */
export interface LabelsAnswer extends AnswerBase {
  readonly kind: 'labels';
  readonly labels: readonly string[];
  /** Of all labels of all examples. */
  readonly accuracy: Figure;
  /** Share of examples of which every label is right. */
  readonly exact: Figure;
  readonly perLabel: readonly (ClassFigures & { readonly auc: Figure })[];
}

/** Numbers. */
export interface NumbersAnswer extends AnswerBase {
  readonly kind: 'numbers';
  /** One for each number of the output; empty where there are more than are looked at one by one. */
  readonly targets: readonly NumberTarget[];
  readonly numbers: number;
  /** Of all numbers together. */
  readonly mae: Figure;
  readonly rmse: Figure;
  /** Mean error of a row. */
  readonly errors: Histogram;
}

export interface NumberTarget {
  readonly mae: Figure;
  readonly rmse: Figure;
  readonly r2: Figure;
  /** Mean of what is said less what is so. */
  readonly bias: Figure;
  readonly residuals: Histogram;
  /** What is so, what is said, number of the row: at most 500, evenly spread. */
  readonly sample: readonly (readonly [number, number, number])[];
}

export interface Histogram {
  readonly low: number;
  readonly high: number;
  readonly counts: readonly number[];
}

/** A class at each of many places: tokens of a text, pixels of a picture. */
export interface PlacesAnswer extends AnswerBase {
  readonly kind: 'places';
  readonly places: number;
  readonly accuracy: Figure;
  readonly perplexity: Figure;
  readonly classes: readonly string[];
  /** Empty where there are more classes than are looked at one by one. */
  readonly cells: readonly ConfusionCell[];
  readonly perClass: readonly ClassFigures[];
}

/** Sequences that are spelt, of another length than what is so: speech by `ctc`, texts by whole numbers. */
export interface SequencesAnswer extends AnswerBase {
  readonly kind: 'sequences';
  /** What the numbers are called. */
  readonly classes: readonly string[];
  /** Signs of all that is so. */
  readonly signs: number;
  /** Edits by signs that are so. */
  readonly errorRate: Figure;
  /** Share of rows without a mistake. */
  readonly exact: Figure;
  /** Signs said in addition, not said, and said in place of others. */
  readonly edits: { readonly putIn: number; readonly leftOut: number; readonly exchanged: number };
}

/** Something looked up by likeness: each row's own key among the distinct keys of all rows. */
export interface RankedAnswer extends AnswerBase {
  readonly kind: 'ranked';
  /** Distinct keys. */
  readonly keys: number;
  /** Rows whose own key is among the first so many. */
  readonly found: readonly { readonly at: number; readonly share: Figure }[];
  /** Mean of 1 / rank. */
  readonly reciprocal: Figure;
  readonly medianRank: number;
  /** Columns of the data that tell what looks, and what is looked for. */
  readonly columns: { readonly query: readonly string[]; readonly key: readonly string[] };
}

/** Points of both curves, at most 200 each. */
export interface Curve {
  /** Share of no taken for yes, share of yes found. */
  readonly roc: readonly (readonly [number, number])[];
  /** Share found, share of what is said that is right. */
  readonly precision: readonly (readonly [number, number])[];
  readonly auc: Figure;
  /** Average precision. */
  readonly average: Figure;
}

/** Of 15 equal bins of confidence those that are not empty. */
export interface Calibration {
  readonly bins: readonly {
    readonly count: number;
    readonly confidence: number;
    readonly right: Figure;
  }[];
  /** Expected calibration error: mean distance between both, by counts. */
  readonly error: Figure;
}

/** The metrics for each value of a field or a condition. */
export interface EvaluationSlice {
  readonly text: string;
  readonly values: readonly {
    readonly value: string;
    readonly examples: number;
    readonly metrics: Readonly<Record<string, Figure>>;
  }[];
  /** Values beyond those that are kept, the most frequent. */
  readonly left: number;
}
