/** What is said of files that a source cannot read, and the type of columns of which nothing is known. */
import type { DataHeader, FileResult } from '../../files.ts';
import { type TensorType, unknownType } from '../../shapes/type.ts';
import type { Refusal } from '../entry.ts';
import { atSetting, refuse } from '../refuse.ts';

/** A raw column whose file could not be read. */
export function unknownColumn(name: string): TensorType {
  return { ...unknownType, facts: { column: name } };
}

/**
 * A file that cannot be read. One that is missing, or that an untrusted workspace may not see, is information while editing
 * (`data/missing-file`) and an error at the start of a run; a broken one is an error at once (`data/unreadable-file`).
 */
export function unreadable(setting: string, found: Extract<FileResult<DataHeader>, { ok: false }>): Refusal {
  const { trouble, path } = found;
  const at = atSetting(setting);
  if (trouble === 'missing') return refuse('data/missing-file', { path }, { at });
  if (trouble === 'outside') return refuse('data/missing-file', { path }, { variant: trouble, at });
  return refuse('data/unreadable-file', { path }, { variant: trouble, at });
}

/** A file of another form than its source reads. */
export function wrongKind(setting: string, expected: string, found: string): Refusal {
  return refuse('data/wrong-format', { expected, found }, { at: atSetting(setting) });
}

/** A table without a row: nothing is known of its columns. */
export function emptyTable(setting: string, path: string): Refusal {
  return refuse('data/wrong-format', { path }, { variant: 'empty-table', at: atSetting(setting) });
}
