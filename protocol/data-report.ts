/**
 * What people see of a data declaration: some of its rows as the model will get them, before and after each transform, with
 * statistics, class counts and what cleaning did. Asked of a trainer (`kind: 'data'`), answered as one JSON line.
 */
import type { PlanData } from '../language/index.ts';
import type { EventNumber, EventPlace } from './events.ts';
import { type Check, isCount, isOneOf, isRecord, isText, listOf, optional, recordOf, shaped } from './guard.ts';

export const DATA_REPORT_VERSION = 1;

/** A data declaration alone: what `PlanData` is within a plan, with the texts that its places belong to. */
export interface DataPlan {
  /** Path of the program. Data paths are relative to it. */
  readonly file: string;
  readonly sources: readonly { readonly path: string; readonly text: string }[];
  readonly data: PlanData;
}

export type DataPartName = 'train' | 'validation' | 'test';

/** Which rows are asked for. */
export interface DataWindow {
  readonly part: DataPartName;
  /** Number of the first row within the part, from 0. */
  readonly from: number;
  /** At most 100. */
  readonly count: number;
  /** The epoch whose augmentation is shown, from 1. */
  readonly epoch: number;
}

export interface DataReport {
  readonly version: typeof DATA_REPORT_VERSION;
  /** `Mnist("train")`. */
  readonly title: string;
  readonly rows: Readonly<Record<DataPartName, number>>;
  readonly window: DataWindow;
  /** What a person calls each row shown: "line 12 of houses.csv". */
  readonly names: readonly string[];
  readonly fields: readonly DataFieldReport[];
  readonly cleaning: readonly CleaningLine[];
}

export interface DataFieldReport {
  readonly name: string;
  /** `float32[28, 28, 1]`. */
  readonly type: string;
  readonly place: EventPlace | undefined;
  /** From the raw columns to the finished field; after it, for training rows, the augmented one. */
  readonly stages: readonly DataStage[];
  /** Of the finished field over the part, before augmentation; missing for texts. */
  readonly statistics: FieldStatistics | undefined;
  /** How often each value comes, the most frequent first; at most 50, of fields with few values. */
  readonly classes: readonly { readonly value: string; readonly count: number }[] | undefined;
}

export interface DataStage {
  /** `column image`, `scale(0..255, 0..1)`, `augmented`. */
  readonly title: string;
  readonly place: EventPlace | undefined;
  /** One for each row shown. */
  readonly cells: readonly DataCell[];
}

export type DataCell =
  | { readonly kind: 'empty' }
  | { readonly kind: 'number'; readonly value: EventNumber }
  | { readonly kind: 'text'; readonly text: string }
  /** A longer row of numbers: the first ones, the least and the greatest of all. */
  | {
      readonly kind: 'numbers';
      readonly shape: readonly number[];
      readonly first: readonly EventNumber[];
      readonly least: EventNumber;
      readonly greatest: EventNumber;
    }
  /** A list of texts: the first ones. */
  | { readonly kind: 'texts'; readonly count: number; readonly first: readonly string[] }
  /** Pixels from `low` (0) to `high` (255), rows from the top, channels last, as base64 bytes; at most 128 on each side. */
  | {
      readonly kind: 'picture';
      readonly shape: readonly number[];
      readonly width: number;
      readonly height: number;
      readonly channels: 1 | 3;
      readonly low: number;
      readonly high: number;
      readonly pixels: string;
    }
  /** A sound's outline: least and greatest of at most 200 stretches. */
  | {
      readonly kind: 'sound';
      readonly samples: number;
      readonly least: readonly number[];
      readonly greatest: readonly number[];
    };

export interface FieldStatistics {
  readonly count: number;
  readonly least: EventNumber;
  readonly greatest: EventNumber;
  readonly mean: EventNumber;
  readonly deviation: EventNumber;
  readonly zeros: number;
}

/** One thing that cleaning did, or one kind of row that it met. */
export interface CleaningLine {
  /** `drop`, `keep`, `deduplicate`, `fill`, `clip`, `unreadable` … */
  readonly rule: string;
  readonly column: string | undefined;
  readonly rows: number;
  /** In one sentence. */
  readonly text: string;
  /** What a person calls the first rows of it. */
  readonly examples: readonly string[];
}

const isEventNumber: Check = (value) =>
  typeof value === 'number' || value === 'NaN' || value === 'Infinity' || value === '-Infinity';

const cells: Readonly<Record<DataCell['kind'], Check>> = {
  empty: () => true,
  number: shaped({ value: isEventNumber }),
  text: shaped({ text: isText }),
  numbers: shaped({
    shape: listOf(isCount),
    first: listOf(isEventNumber),
    least: isEventNumber,
    greatest: isEventNumber,
  }),
  texts: shaped({ count: isCount, first: listOf(isText) }),
  picture: shaped({
    shape: listOf(isCount),
    width: isCount,
    height: isCount,
    channels: isOneOf(1, 3),
    low: isEventNumber,
    high: isEventNumber,
    pixels: isText,
  }),
  sound: shaped({ samples: isCount, least: listOf(isEventNumber), greatest: listOf(isEventNumber) }),
};

/** Whether a value is a cell. */
export const isDataCell: Check = (value) =>
  isRecord(value) &&
  typeof value.kind === 'string' &&
  Object.hasOwn(cells, value.kind) &&
  cells[value.kind as DataCell['kind']](value);

export const isDataStage: Check = shaped({ title: isText, cells: listOf(isDataCell) });

/** Whether a value says which rows are asked for. */
export const isDataWindow: Check = shaped({
  part: isOneOf('train', 'validation', 'test'),
  from: isCount,
  count: isCount,
  epoch: isCount,
});

const isReport = shaped({
  version: isOneOf(DATA_REPORT_VERSION),
  title: isText,
  rows: recordOf(isCount),
  window: isDataWindow,
  names: listOf(isText),
  fields: listOf(
    shaped({
      name: isText,
      type: isText,
      stages: listOf(shaped({ title: isText, cells: listOf(isDataCell) })),
      statistics: optional(shaped({ count: isCount, least: isEventNumber, greatest: isEventNumber })),
      classes: optional(listOf(shaped({ value: isText, count: isCount }))),
    }),
  ),
  cleaning: listOf(shaped({ rule: isText, rows: isCount, text: isText, examples: listOf(isText) })),
});

/** Whether a value from another process is a report. */
export function isDataReport(value: unknown): value is DataReport {
  return isReport(value);
}
