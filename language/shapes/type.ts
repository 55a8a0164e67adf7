/** The type of a value: what the checker knows of it. Shapes are those of one example. */
import type { DTypeName } from '../syntax/tree.ts';
import { type Dim, printDim, writeDim } from './dim.ts';
import type { Classes, FilesSample, MissingCells, OddCell } from './sample.ts';

/** Undefined: even the number of axes is unknown; such a value agrees with everything. */
export type Shape = readonly Dim[] | undefined;

export interface TensorType {
  /** Undefined: any (a block's input without a dtype), or unknown. */
  readonly dtype: DTypeName | undefined;
  readonly shape: Shape;
  /** False for what does not depend on the example: it has no batch axis. */
  readonly perExample: boolean;
  readonly facts: Facts;
}

/** What is known of a value besides its shape. Facts only ever help: a missing one is never an error. */
export interface Facts {
  /** The value is a probability by `softmax` or `sigmoid` (contracts: what is a probability). */
  readonly mark?: 'softmax' | 'sigmoid';
  /** Whole numbers in this range, ends included: from `Index`, `characters`, a header, a sample. */
  readonly range?: readonly [number, number];
  /** The numbers lie in this range, ends included: pixels (0..255, 0..1), what `sigmoid` and `tanh` give. */
  readonly values?: readonly [number, number];
  /** The activation that gave the numbers, which have only moved since: `relu`, `tanh`. */
  readonly activation?: string;
  /** The field of the data that the value is, unchanged but for its place. */
  readonly field?: string;
  /** Brought to mean 0 and deviation 1 by `Normalize` or `standardize`. */
  readonly normalised?: true;
  /** Made by this index: fields that share an `Embedding` must share it. */
  readonly indexedBy?: string;
  /** Strengths of frequencies, which are 0 where there is silence: their `log` needs something added. */
  readonly spectrum?: true;
  /** Rows are padded to a length, so a mask is due. */
  readonly padded?: boolean;
  /** A number or size known when the program is checked (`2`, `T`): a whole one (int32) fits decimal numbers. */
  readonly literal?: true;
  /** The raw column of the data that the value comes from, unchanged. */
  readonly column?: string;
  /** A raw column of whole numbers too long for int32, exact as long as nothing calculates with them: they can be numbered. */
  readonly long?: true;
  /** Empty cells that a sample of the column shows: they need `fill` or `drop`. */
  readonly missing?: MissingCells;
  /** A text that a sample of the column shows among its numbers. */
  readonly odd?: OddCell;
  /** A sample of the column shows at least so many distinct values. */
  readonly distinct?: number;
  /** The classes that a sample of the column shows. */
  readonly classes?: Classes;
  /** Rows are of different lengths or sizes, which this transform leaves as they are. */
  readonly unsized?: string;
  /** The value is the name of a file; a few of these files are like this. */
  readonly files?: FilesSample;
}

export const noFacts: Facts = {};

/** A value of which nothing is known. It agrees with everything, so that one mistake gives one message. */
export const unknownType: TensorType = { dtype: undefined, shape: undefined, perExample: true, facts: noFacts };

/** A type by its parts; most values depend on the example and carry no facts. */
export function tensor(
  dtype: DTypeName | undefined,
  shape: Shape,
  more: { readonly perExample?: boolean; readonly facts?: Facts } = {},
): TensorType {
  return { dtype, shape, perExample: more.perExample ?? true, facts: more.facts ?? noFacts };
}

/** `[28, 28, 1]`, or `[...]` where the number of axes is unknown. */
export function printShape(shape: Shape): string {
  return shape ? `[${shape.map(printDim).join(', ')}]` : '[...]';
}

/** The shape as legal text of the language. */
export function writeShape(shape: Shape): string {
  return shape ? `[${shape.map(writeDim).join(', ')}]` : '[...]';
}

/** `float32[28, 28, 1]` as messages print it: `int32[]` for a single number, the bare shape where the dtype is unknown. */
export function printType(type: TensorType): string {
  return `${type.dtype ?? ''}${printShape(type.shape)}`;
}
