/** What a transform knows besides its inputs, and the two readings of a value that all of them share. */
import type { DataNode } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import type { PartName } from './feed.ts';
import type { Fitted } from './fit.ts';
import { capital, isNumbers, type Numbers, sizeOf, type Values } from './values.ts';

/** For what rows are made; `part` is undefined while rows are chosen and values learned. */
export interface Visit {
  readonly part: PartName | undefined;
  /** From 1; 0 where no epoch runs. */
  readonly epoch: number;
}

export interface TransformContext {
  readonly node: DataNode;
  /** What was learned for this node; undefined for those that learn nothing. */
  readonly fitted: Fitted | undefined;
  /** The numbers of the start and the end that `Words` or `BytePairs` puts around the rows that come in. */
  readonly ends?: readonly number[];
  /** Empty cells are no mistake here: a condition is false of them. */
  readonly gaps?: boolean;
  /** What chance depends on: the data's seed, the part, the epoch, and the rows at hand. */
  readonly draw: Visit & { readonly seed: number; readonly rows: Uint32Array };
  /** How a person calls the i-th of the rows at hand, seen from the node or from one of its inputs. */
  readonly where: (index: number, input?: number) => string;
}

/** `operator//` → `/`; `data/scale` → `scale`; `index` → `index`. */
export function nameOf(op: string): string {
  return op.slice(op.indexOf('/') + 1);
}

/** The numbers of a value; a text or an empty cell is an error that names the first. */
export function numeric(x: Values, context: TransformContext, input?: number): Numbers {
  const size = sizeOf(x.shape);
  const { data } = x;
  if (!isNumbers(data)) {
    const { at: odd, cure } = oddText(data);
    throw new Failure(
      'data/not-a-number',
      `${capital(context.where(Math.floor(odd / size), input))} holds the text ${quoted(data[odd] ?? '')}, but \`${nameOf(context.node.op)}\` needs numbers. ${cure}`,
      context.node.place,
    );
  }
  if (!context.gaps && (data instanceof Float64Array || data instanceof Float32Array)) {
    for (let i = 0; i < data.length; i++) {
      if (Number.isNaN(data[i])) throw emptyCell(context, Math.floor(i / size), input);
    }
  }
  return data;
}

/** The first of some texts that is no number, and what to do about it: one text makes a whole column one of texts. */
export function oddText(texts: readonly string[]): { readonly at: number; readonly cure: string } {
  const isNumber = (text: string) => text.trim() !== '' && !Number.isNaN(Number(text));
  const found = texts.findIndex((text) => text !== '' && !isNumber(text));
  const at = Math.max(0, found);
  const text = quoted(texts[at] ?? '');
  const cure = texts.some(isNumber)
    ? `It stands among numbers: mend that cell, or name what stands for an empty one, \`missing: [${text}]\`.`
    : 'Turn texts into numbers by `Index` (class numbers) or `OneHot`, or name a column of numbers.';
  return { at, cure };
}

/** The error of an empty cell. */
export function emptyCell(context: TransformContext, row: number, input?: number): Failure {
  return new Failure(
    'data/empty-cell',
    `${capital(context.where(row, input))} is empty. Fill the cell or take the row out of the file.`,
    context.node.place,
  );
}

/** A value in a message: texts in quotes, long ones cut. */
export function quoted(value: string | number): string {
  return typeof value === 'number'
    ? String(value)
    : JSON.stringify(value.length > 40 ? `${value.slice(0, 37)}…` : value);
}
