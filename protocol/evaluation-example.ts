/** Rows of an evaluation as people look at them: the columns of the source, and each input as it was and as the model sees it. */
import { type DataCell, isDataCell } from './data-report.ts';
import { type Check, isCount, isNumber, isText, listOf, optional, shaped } from './guard.ts';

export interface Example {
  /** Number within the part, from 0. */
  readonly row: number;
  /** "line 12 of houses.csv". */
  readonly where: string;
  readonly columns: readonly { readonly name: string; readonly cell: DataCell }[];
  readonly inputs: readonly ExampleInput[];
}

/** A field that the model or a metric reads. */
export interface ExampleInput {
  readonly name: string;
  readonly cell: DataCell;
  /** A picture before what changes its numbers (`scale`, `Normalize`). */
  readonly raw?: DataCell;
  /** Tokens by their texts, where they are learned words, signs or pieces; '' for what stands for none. */
  readonly tokens?: readonly string[];
  /** Of each token: the probability of what was said, less that without it. */
  readonly parts?: readonly number[];
  readonly sound?: ExampleSound;
}

/** Samples of a sound as it was decoded: 16 bits each, little endian, as base64. */
export interface ExampleSound {
  readonly rate: number;
  readonly samples: string;
}

const isInput = shaped({
  name: isText,
  cell: isDataCell,
  raw: optional(isDataCell),
  tokens: optional(listOf(isText)),
  parts: optional(listOf(isNumber)),
  sound: optional(shaped({ rate: isNumber, samples: isText })),
});

export const isExample: Check = shaped({
  row: isCount,
  where: isText,
  columns: listOf(shaped({ name: isText, cell: isDataCell })),
  inputs: listOf(isInput),
});

/** Examples in an answer, at most. */
export const MOST_EXAMPLES = 24;
