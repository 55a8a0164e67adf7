/** Topic `evaluation`: the run's evaluations, their rows, and making one. */
import type { Evaluation } from './evaluation.ts';
import { type Example, isExample, MOST_EXAMPLES } from './evaluation-example.ts';
import { isEvaluation } from './evaluation-guard.ts';
import type { FoundRow, RowFilter } from './evaluation-rows.ts';
import { type Check, isCount, isNumber, isOneOf, isRecord, isText, listOf, optional, shaped } from './guard.ts';

/** What is known of an evaluation without reading it whole. */
export interface EvaluationBrief {
  readonly name: string;
  readonly data: string;
  readonly part: 'validation' | 'test';
  readonly examples: number;
  readonly step: number;
  readonly created: number;
  /** Expectations that do not hold. */
  readonly failed: number;
}

/** An `evaluate` block of the program as it is now, for the model of the run. */
export interface EvaluationOffer {
  readonly name: string;
  /** From 1. */
  readonly line: number;
}

export const EXPORT_FORMATS = ['csv', 'rows', 'markdown', 'card'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export type EvaluationAsk =
  | { readonly kind: 'list' }
  | { readonly kind: 'read'; readonly name: string }
  /** Rows by what was said of them. */
  | {
      readonly kind: 'find';
      readonly name: string;
      /** Number of the answer. */
      readonly answer: number;
      readonly filter: RowFilter;
      readonly from: number;
      readonly count: number;
    }
  /** How rows look. */
  | { readonly kind: 'examples'; readonly name: string; readonly rows: readonly number[] }
  /** Evaluates the run by a block of the program; '' on the rows of its own that it did not train on. Answered at once. */
  | { readonly kind: 'start'; readonly declaration: string }
  | { readonly kind: 'cancel' }
  /** Opens the evaluation as a text; a card as Markdown beside it. */
  | { readonly kind: 'export'; readonly name: string; readonly format: ExportFormat }
  | { readonly kind: 'line'; readonly name: string; readonly expectation: number };

export type EvaluationAnswered =
  | {
      readonly kind: 'list';
      readonly evaluations: readonly EvaluationBrief[];
      readonly offers: readonly EvaluationOffer[];
      readonly running: EvaluationRunning | undefined;
    }
  | { readonly kind: 'read'; readonly evaluation: Evaluation }
  | { readonly kind: 'find'; readonly total: number; readonly rows: readonly FoundRow[] }
  | { readonly kind: 'examples'; readonly examples: readonly Example[] }
  | { readonly kind: 'done' };

/** How far the evaluation is that is being made; `all` 0: the data is being loaded. */
export interface EvaluationRunning {
  readonly declaration: string;
  readonly done: number;
  readonly all: number;
}

export type EvaluationTell =
  | ({ readonly kind: 'progress' } & EvaluationRunning)
  /** `name` of what was made; '' with `message` where nothing was, and both '' where it was cancelled. */
  | { readonly kind: 'ended'; readonly name: string; readonly message: string };

const threshold = { threshold: isNumber };
const FILTERS: Readonly<Record<RowFilter['kind'], Check>> = {
  all: isRecord,
  cell: shaped({ is: isCount, said: isCount, ...threshold }),
  mistakes: shaped(threshold),
  worst: isRecord,
  best: isRecord,
  label: shaped({ label: isCount }),
};
export function isRowFilter(value: unknown): value is RowFilter {
  return byKind(FILTERS, value);
}
const isName: Check = (value) => typeof value === 'string' && value.length <= 100 && !/[\\/]/.test(value);
/** Rows of a page, at most. */
const MOST_FOUND = 1000;

const ASKS: Readonly<Record<EvaluationAsk['kind'], Check>> = {
  list: isRecord,
  read: shaped({ name: isName }),
  find: (value) =>
    shaped({ name: isName, answer: isCount, filter: isRowFilter, from: isCount, count: isCount })(value) &&
    isRecord(value) &&
    Number(value.count) <= MOST_FOUND,
  examples: (value) =>
    shaped({ name: isName, rows: listOf(isCount) })(value) &&
    isRecord(value) &&
    Array.isArray(value.rows) &&
    value.rows.length <= MOST_EXAMPLES,
  start: shaped({ declaration: isText }),
  cancel: isRecord,
  export: shaped({ name: isName, format: isOneOf(...EXPORT_FORMATS) }),
  line: shaped({ name: isName, expectation: isCount }),
};

const running = { declaration: isText, done: isCount, all: isCount };
const isEntry: Check = (value) =>
  Array.isArray(value) && value.every((each) => isNumber(each) || (Array.isArray(each) && each.every(isNumber)));

const ANSWERS: Readonly<Record<EvaluationAnswered['kind'], Check>> = {
  list: shaped({
    evaluations: listOf(
      shaped({
        name: isText,
        data: isText,
        part: isOneOf('validation', 'test'),
        examples: isCount,
        step: isCount,
        created: isNumber,
        failed: isCount,
      }),
    ),
    offers: listOf(shaped({ name: isText, line: isCount })),
    running: optional(shaped(running)),
  }),
  read: shaped({ evaluation: isEvaluation }),
  find: shaped({ total: isCount, rows: listOf(shaped({ row: isCount, entry: isEntry })) }),
  examples: shaped({ examples: listOf(isExample) }),
  done: isRecord,
};

const TELLS: Readonly<Record<EvaluationTell['kind'], Check>> = {
  progress: shaped(running),
  ended: shaped({ name: isText, message: isText }),
};

export const isEvaluationAsk: Check = (value) => byKind(ASKS, value);
export const isEvaluationAnswered: Check = (value) => byKind(ANSWERS, value);
export const isEvaluationTell: Check = (value) => byKind(TELLS, value);

function byKind(checks: Readonly<Record<string, Check>>, value: unknown): boolean {
  if (!isRecord(value) || typeof value.kind !== 'string') return false;
  return Object.hasOwn(checks, value.kind) && checks[value.kind]?.(value) === true;
}
