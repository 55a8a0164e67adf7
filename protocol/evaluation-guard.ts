/** Whether what stands in a run's folder, or comes from another process, is an evaluation. */
import {
  EVALUATION_VERSION,
  type Evaluation,
  type EvaluationAnswer,
  type Figure,
  type IntervalMethod,
} from './evaluation.ts';
import { isEventNumber, isEventPlace } from './event-line.ts';
import {
  type Check,
  isCount,
  isFlag,
  isNumber,
  isOneOf,
  isRecord,
  isText,
  listOf,
  optional,
  parseJson,
  recordOf,
  shaped,
} from './guard.ts';

const METHODS: Readonly<Record<IntervalMethod, true>> = { wilson: true, normal: true, delong: true, bootstrap: true };

export const isFigure: Check = shaped({
  value: isEventNumber,
  low: optional(isNumber),
  high: optional(isNumber),
  method: optional(isOneOf(...Object.keys(METHODS))),
} satisfies Record<keyof Figure, Check>);

const isPoint: Check = (value) => Array.isArray(value) && value.length === 2 && value.every(isNumber);
const isCell = shaped({ is: isCount, said: isCount, count: isNumber });
const classFigures = { precision: isFigure, recall: isFigure, f1: isFigure, support: isNumber, said: isNumber };
const isCurve = shaped({ roc: listOf(isPoint), precision: listOf(isPoint), auc: isFigure, average: isFigure });
const isCalibration = shaped({
  bins: listOf(shaped({ count: isCount, confidence: isNumber, right: isFigure })),
  error: isFigure,
});
const isHistogram = shaped({ low: isNumber, high: isNumber, counts: listOf(isNumber) });

const base = { name: isText, truth: isText, examples: isCount };

const ANSWERS: Readonly<Record<EvaluationAnswer['kind'], Check>> = {
  classes: shaped({
    ...base,
    classes: listOf(isText),
    cells: listOf(isCell),
    cellsLeft: isCount,
    accuracy: isFigure,
    macro: shaped({ precision: isFigure, recall: isFigure, f1: isFigure }),
    perClass: listOf(shaped(classFigures)),
    curves: listOf(isCurve),
    calibration: isCalibration,
    mistakes: isCount,
  }),
  'yes-no': shaped({
    ...base,
    positives: isCount,
    accuracy: isFigure,
    precision: isFigure,
    recall: isFigure,
    f1: isFigure,
    curve: isCurve,
    thresholds: shaped({ right: listOf(isCount), wrong: listOf(isCount) }),
    calibration: isCalibration,
    mistakes: isCount,
  }),
  labels: shaped({
    ...base,
    labels: listOf(isText),
    accuracy: isFigure,
    exact: isFigure,
    perLabel: listOf(shaped({ ...classFigures, auc: isFigure })),
  }),
  numbers: shaped({
    ...base,
    targets: listOf(
      shaped({
        mae: isFigure,
        rmse: isFigure,
        r2: isFigure,
        bias: isFigure,
        residuals: isHistogram,
        sample: listOf((value) => Array.isArray(value) && value.length === 3 && value.every(isNumber)),
      }),
    ),
    numbers: isCount,
    mae: isFigure,
    rmse: isFigure,
    errors: isHistogram,
  }),
  places: shaped({
    ...base,
    places: isNumber,
    accuracy: isFigure,
    perplexity: isFigure,
    classes: listOf(isText),
    cells: listOf(isCell),
    perClass: listOf(shaped(classFigures)),
  }),
  sequences: shaped({
    ...base,
    classes: listOf(isText),
    signs: isCount,
    errorRate: isFigure,
    exact: isFigure,
    edits: shaped({ putIn: isCount, leftOut: isCount, exchanged: isCount }),
  }),
  ranked: shaped({
    ...base,
    keys: isCount,
    found: listOf(shaped({ at: isCount, share: isFigure })),
    reciprocal: isFigure,
    medianRank: isNumber,
    columns: shaped({ query: listOf(isText), key: listOf(isText) }),
  }),
};

const isAnswer: Check = (value) =>
  isRecord(value) &&
  typeof value.kind === 'string' &&
  Object.hasOwn(ANSWERS, value.kind) &&
  ANSWERS[value.kind as EvaluationAnswer['kind']](value);

const isShaped = shaped({
  version: isOneOf(EVALUATION_VERSION),
  name: isText,
  run: isText,
  unit: isText,
  data: isText,
  part: isOneOf('validation', 'test'),
  checkpoint: isText,
  step: isCount,
  created: isNumber,
  examples: isCount,
  dataHash: isText,
  metrics: recordOf(isFigure),
  matrices: optional(recordOf(shaped({ classes: listOf(isText), rows: listOf(listOf(isNumber)) }))),
  expect: listOf(shaped({ text: isText, value: isEventNumber, held: isFlag, place: isEventPlace })),
  answers: listOf(isAnswer),
  slices: listOf(
    shaped({
      text: isText,
      values: listOf(shaped({ value: isText, examples: isCount, metrics: recordOf(isFigure) })),
      left: isCount,
    }),
  ),
  notes: listOf(isText),
} satisfies Record<keyof Evaluation, Check>);

export function isEvaluation(value: unknown): value is Evaluation {
  return isShaped(value);
}

/** The contents of `evaluation.json`; undefined where the text is none. */
export function parseEvaluation(text: string): Evaluation | undefined {
  const value = parseJson(text);
  return isEvaluation(value) ? value : undefined;
}
