/** What is said of files that a source cannot read, and the type of columns of which nothing is known. */
import type { DataHeader, FileResult } from '../../files.ts';
import { type TensorType, unknownType } from '../../shapes/type.ts';
import type { Refusal } from '../entry.ts';
import { atSetting, refuse } from '../refuse.ts';

/** A raw column whose file could not be read. */
export function unknownColumn(name: string): TensorType {
  return { ...unknownType, facts: { column: name } };
}

/** A file that is not there, or cannot be read; while editing it is information, at the start of a run an error. */
export function unreadable(setting: string, found: Extract<FileResult<DataHeader>, { ok: false }>): Refusal {
  const variant = found.trouble === 'missing' ? {} : { variant: found.trouble };
  return refuse('data/missing-file', { path: found.path }, { ...variant, at: atSetting(setting) });
}

/** A file of another form than its source reads. */
export function wrongKind(setting: string, expected: string, found: string): Refusal {
  return refuse('data/wrong-format', { expected, found }, { at: atSetting(setting) });
}
