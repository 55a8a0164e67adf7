/** Topic `compare`: runs side by side, by their settings, their curves, their programs and data; and what is done with them. */
import { type EvaluationDifference, isEvaluationDifference } from './evaluation-difference.ts';
import { isEventNumber } from './event-line.ts';
import type { EventNumber } from './events.ts';
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
  recordOf,
  shaped,
} from './guard.ts';
import { isBrief, type RunBrief } from './panel-runs.ts';
import type { RunFacts, SettingChange } from './run-facts.ts';
import type { View, ViewRequest } from './run-view.ts';
import { isView, isViewRequest } from './run-view-guard.ts';
import type { DiffLine, TextDiff } from './text-diff.ts';

/** Runs that can be put side by side at once. */
export const MOST_COMPARED = 8;

/** The curves of one run for the charts. */
export interface RunCurves {
  readonly view: View;
  /** Of the columns in `view.raw` and `view.smooth`. */
  readonly names: readonly string[];
  /** Validation: the step, seconds of running time, and the values by name. */
  readonly points: readonly CurvePoint[];
  readonly stepsPerEpoch: number;
}

export interface CurvePoint {
  readonly step: number;
  readonly elapsed: number;
  readonly values: Readonly<Record<string, EventNumber>>;
}

/** What is different between two runs. */
export interface RunDifference {
  readonly settings: readonly SettingChange[];
  readonly files: readonly { readonly name: string; readonly diff: TextDiff }[];
  /** In words: the same data, other rows, other files. */
  readonly data: DataDifference;
  /** Of the evaluations that both runs have of the same rows. */
  readonly evaluations: readonly EvaluationDifference[];
}

export interface DataDifference {
  readonly same: boolean;
  /** Rows of the parts, where they differ. */
  readonly rows: readonly { readonly part: string; readonly from: number; readonly to: number }[];
}

export type CompareAsk =
  /** The runs that were ticked last, for the page of several. */
  | { readonly kind: 'chosen' }
  | { readonly kind: 'facts'; readonly folders: readonly string[] }
  | { readonly kind: 'curves'; readonly folder: string; readonly view: ViewRequest }
  | { readonly kind: 'difference'; readonly from: string; readonly to: string }
  /** Opens the editor's own comparison of the two programs. */
  | { readonly kind: 'openDiff'; readonly from: string; readonly to: string }
  | { readonly kind: 'openRun'; readonly folder: string }
  | { readonly kind: 'copy'; readonly text: string };

export type CompareAnswer =
  | { readonly kind: 'chosen'; readonly folders: readonly string[] }
  /** Runs that are not there or cannot be read are left out and named. */
  | { readonly kind: 'facts'; readonly runs: readonly RunFacts[]; readonly missing: readonly string[] }
  | { readonly kind: 'curves'; readonly curves: RunCurves }
  | { readonly kind: 'difference'; readonly difference: RunDifference }
  | { readonly kind: 'done' };

/** The host says which runs are to be compared (`runs`), or that some of them have changed (`changed`). */
export type CompareTell = { readonly kind: 'runs'; readonly folders: readonly string[] } | { readonly kind: 'changed' };

const isSetting = shaped({ name: isText, value: isText });
const isRows = shaped({ train: isNumber, validation: isNumber, test: isNumber });
const factsOnly = shaped({
  settings: listOf(isSetting),
  engine: isText,
  seconds: optional(isNumber),
  rows: optional(isRows),
  directions: recordOf(isOneOf('min', 'max')),
  reason: optional(isText),
} satisfies Record<Exclude<keyof RunFacts, keyof RunBrief>, Check>);
const isFacts: Check = (value) => isBrief(value) && factsOnly(value);

const isCurves = shaped({
  view: isView,
  names: listOf(isText),
  points: listOf(shaped({ step: isCount, elapsed: isNumber, values: recordOf(isEventNumber) })),
  stepsPerEpoch: isNumber,
} satisfies Record<keyof RunCurves, Check>);

const isDiff = shaped({
  lines: listOf(
    shaped({ kind: isOneOf('same', 'removed', 'added', 'gap'), text: isText } satisfies Record<keyof DiffLine, Check>),
  ),
  removed: isCount,
  added: isCount,
  tooMuch: isFlag,
} satisfies Record<keyof TextDiff, Check>);

const isDifference = shaped({
  settings: listOf(shaped({ name: isText, from: optional(isText), to: optional(isText) })),
  files: listOf(shaped({ name: isText, diff: isDiff })),
  evaluations: listOf(isEvaluationDifference),
  data: shaped({ same: isFlag, rows: listOf(shaped({ part: isText, from: isNumber, to: isNumber })) }),
} satisfies Record<keyof RunDifference, Check>);

const pair = shaped({ from: isText, to: isText });

const ASKS: Readonly<Record<CompareAsk['kind'], Check>> = {
  chosen: isRecord,
  facts: shaped({ folders: listOf(isText) }),
  curves: shaped({ folder: isText, view: isViewRequest }),
  difference: pair,
  openDiff: pair,
  openRun: shaped({ folder: isText }),
  copy: shaped({ text: isText }),
};

const ANSWERS: Readonly<Record<CompareAnswer['kind'], Check>> = {
  chosen: shaped({ folders: listOf(isText) }),
  facts: shaped({ runs: listOf(isFacts), missing: listOf(isText) }),
  curves: shaped({ curves: isCurves }),
  difference: shaped({ difference: isDifference }),
  done: isRecord,
};

const TELLS: Readonly<Record<CompareTell['kind'], Check>> = {
  runs: shaped({ folders: listOf(isText) }),
  changed: isRecord,
};

export const isCompareAsk: Check = (value) => byKind(ASKS, value);
export const isCompareAnswer: Check = (value) => byKind(ANSWERS, value);
export const isCompareTell: Check = (value) => byKind(TELLS, value);

function byKind(checks: Readonly<Record<string, Check>>, value: unknown): boolean {
  if (!isRecord(value) || typeof value.kind !== 'string') return false;
  return Object.hasOwn(checks, value.kind) && checks[value.kind]?.(value) === true;
}
