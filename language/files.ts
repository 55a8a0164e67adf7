/**
 * What the language wants to know of the disk, asked through a port: the room itself touches nothing.
 * The room `files` implements it; tests implement it with a table of texts.
 */

import type { NetworkHeader } from './data/network.ts';
import type { Classes, FilesSample, MissingCells, OddCell } from './shapes/sample.ts';

/** Why a file cannot be read. */
export type FileTrouble =
  | 'missing'
  | 'folder'
  | 'device'
  | 'denied'
  | 'outside'
  | 'too-large'
  | 'changed'
  | 'unreadable';

export type FileResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly trouble: FileTrouble; readonly path: string };

/**
 * Reads are bounded and cached; none blocks the typing path. A read that is not in the cache answers `undefined`
 * ("not known yet"), and the port tells its owner when it becomes known, who then checks again.
 */
export interface Files {
  /** The text of another `.model` file, seen from `from` (open buffers win over the disk). */
  source(from: string, path: string): { readonly file: string; readonly text: string } | FileTrouble | undefined;
  /**
   * What is known of a data file (or folder) named in the program `from`: its header and a bounded sample, read as what its
   * source takes it for. The same file unchanged gives the same object.
   */
  header(from: string, path: string, wish?: HeaderWish): FileResult<DataHeader> | undefined;
}

/** As what a file is read. Plain data: equal wishes share their answer. */
export interface HeaderWish {
  /** Missing: what the file looks like. */
  readonly kind?: DataHeader['kind'];
  /** Of tables: what stands between cells; what stands for an empty cell; names of the columns where the file has none. */
  readonly separator?: string;
  readonly missing?: readonly string[];
  readonly columns?: readonly string[];
  /** Of folders: a pattern of file names (`*.png`). */
  readonly files?: string;
  /** Of folders: names for the parts of file names, and what stands between the parts. */
  readonly parts?: readonly string[];
}

/** What a data file tells, parsed by `language/data` from a bounded part of it. */
export type DataHeader =
  | ArrayHeader
  | { readonly kind: 'csv' | 'jsonl'; readonly columns: readonly ColumnSample[]; readonly rows?: number }
  /** `columns` undefined: a schema that is too large or unusual. */
  | { readonly kind: 'parquet'; readonly columns: readonly ColumnSample[] | undefined; readonly rows: number }
  | FolderHeader
  | NetworkHeader
  | { readonly kind: 'text'; readonly characters?: number; readonly alphabet?: number; readonly lines?: number };

/** Numbers in a regular arrangement: IDX and NPY. */
export interface ArrayHeader {
  readonly kind: 'idx' | 'npy';
  readonly dtype: 'uint8' | 'int32' | 'float32' | 'bool' | 'string';
  readonly shape: readonly number[];
  /** Lowest and highest number seen. */
  readonly range?: readonly [number, number];
  /** Of single whole numbers. */
  readonly classes?: Classes;
  /** Not-a-number among them. */
  readonly missing?: MissingCells;
  /** An array that no source can read: columns of a matrix one after the other, or elements that are no numbers. */
  readonly trouble?: 'fortran' | 'type';
}

export interface FolderHeader {
  readonly kind: 'folder';
  /** Files that fit the pattern; `whole`: all were counted. */
  readonly files: number;
  readonly whole: boolean;
  /** Files of any name, where none fits the pattern: the first of them. */
  readonly other?: string;
  /** By the first folder below the source. */
  readonly classes?: Classes;
  readonly sample: FilesSample;
  /** What the parts of the files' names are, one column for each. */
  readonly parts: readonly ColumnSample[];
  /** A file whose name has another number of parts than the source says. */
  readonly unlike?: { readonly file: string; readonly count: number };
}

export interface ColumnSample {
  readonly name: string;
  /** What the sample's cells all are; `string` where any of them is no number. */
  readonly type: 'int' | 'float' | 'string' | 'bool';
  readonly missing: number;
  readonly sampled: number;
  readonly distinct: number;
  readonly range?: readonly [number, number];
  /** Up to 20 of the distinct values, in the order of their first appearance. */
  readonly values: readonly string[];
  /** The first empty cell; rows count from 1. */
  readonly firstMissing?: number;
  /** The cells that are not empty all hold whole numbers; told of columns with empty ones. */
  readonly whole?: boolean;
  /** Whole numbers too long for int32: ids, times in milliseconds. */
  readonly long?: boolean;
  /** A text in a column that else holds numbers. */
  readonly odd?: OddCell;
  readonly classes?: Classes;
  /** Lengths of the lists in a column of lists; such a column holds numbers. */
  readonly list?: { readonly low: number; readonly high: number };
}
