/**
 * What the language wants to know of the disk, asked through a port: the room itself touches nothing.
 * The room `files` implements it; tests implement it with a table of texts.
 */

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
   * What is known of a data file named in the program `from`: its header and a bounded sample, read as what its source
   * takes it for. The same file unchanged gives the same object.
   */
  header(from: string, path: string, as?: DataHeader['kind']): FileResult<DataHeader> | undefined;
}

/** A data file's header, parsed by `language/data` from its first bytes. */
export type DataHeader =
  | {
      readonly kind: 'idx';
      readonly dtype: 'uint8' | 'int32' | 'float32';
      readonly shape: readonly number[];
      readonly range?: readonly [number, number];
    }
  | { readonly kind: 'csv'; readonly columns: readonly ColumnSample[]; readonly rows?: number }
  | { readonly kind: 'text'; readonly characters?: number; readonly alphabet?: number };

export interface ColumnSample {
  readonly name: string;
  /** What the sample's cells all are; `string` where any of them is no number. */
  readonly type: 'int' | 'float' | 'string';
  readonly missing: number;
  readonly sampled: number;
  readonly distinct: number;
  readonly range?: readonly [number, number];
  /** Up to 20 of the distinct values, in the order of their first appearance. */
  readonly values: readonly string[];
}
