/**
 * The declarations that a check can see: those of its file and what that file imports. Every question is written down, so
 * that a declaration's result can be kept while all answers stay the same.
 */
import type { Catalog } from '../catalog/index.ts';
import type { DataHeader, FileResult, FileTrouble, HeaderWish } from '../files.ts';
import type { Chunk, Declaration } from '../syntax/tree.ts';
import type { CheckedDeclaration } from './checked.ts';

export interface Found {
  readonly chunk: Chunk;
  readonly declaration: Declaration;
}

/** What a name is looked up as: models and blocks, data sets, or train blocks. */
export type NameKind = 'unit' | 'data' | 'run';

export interface Program {
  readonly catalog: Catalog;
  /** The declaration of a name as seen from a file; imports are followed. Names are unique per kind. */
  find(file: string, name: string, kind: NameKind): Found | undefined;
  /** The first declaration or import of a name in the file itself. */
  declarer(file: string, name: string, kind: NameKind): Chunk | undefined;
  /** Whether a name stands in a line of the file that a syntax error spoils: it may be what that line was to declare. */
  spoilt(file: string, name: string): boolean;
  /** How often a file's text has a name. */
  mentions(file: string, name: string): number;
  /** All names of a kind that a file can see. */
  names(file: string, kind: NameKind): readonly string[];
  /** True where a unit uses `goal`, directly or through other units (itself: where it contains itself). */
  reaches(from: Chunk, goal: Chunk): boolean;
  /** The own check of a declaration. Undefined while it is under way (it contains itself). */
  check(chunk: Chunk): CheckedDeclaration | undefined;
  header(file: string, path: string, wish: HeaderWish): FileResult<DataHeader> | undefined;
  /** The text of an `extern block`'s module. Undefined: not known yet. */
  module(file: string, path: string): { readonly file: string; readonly text: string } | FileTrouble | undefined;
  /** Names that an imported file offers. */
  exported(file: string, path: string): readonly string[];
  /** Whether an imported file is there; undefined: not known yet. */
  importTrouble(file: string, path: string): FileTrouble | 'cycle' | 'fine' | undefined;
}
