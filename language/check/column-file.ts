/** A name that is no column of a data section's file: said with the file, and with what it has instead. */
import type { CheckedSettings } from '../catalog/entry.ts';
import type { Fix } from '../problem.ts';
import type { NameExpr, Span } from '../syntax/tree.ts';
import { type Frame, findLocal, type Scope } from './frame.ts';
import { complain } from './report.ts';

/** The one file that the columns of a source stand in, as the program writes it. */
export function fileOf({ file }: CheckedSettings): string | undefined {
  return typeof file === 'string' && !/[*?{]/u.test(file) ? file : undefined;
}

/** Reports a name whose nearest is a column of the file. False: it is none, or more than one file has the columns. */
export function tellNearColumn(
  frame: Frame,
  at: Span,
  key: string,
  names: { readonly name: string; readonly near: string },
  fix: Fix,
): boolean {
  const file = frame.columnsFile;
  if (file === undefined || !KEYS.has(key) || findLocal(frame.scope, names.near)?.what !== 'column') return false;
  complain(frame, at, `${key}.file-near`, { ...names, file }, [fix]);
  return true;
}

/** Reports a name that is near to nothing, with the columns that there are. False: it does not stand for a column. */
export function tellNoColumn(frame: Frame, at: Span, key: string, name: string): boolean {
  const file = frame.columnsFile;
  if (file === undefined || !KEYS.has(key) || isStage(frame, at)) return false;
  const columns = columnNames(frame.scope);
  if (columns.length === 0) return false;
  const more = columns.length > MOST_NAMED ? ', …' : '';
  complain(frame, at, `${key}.file`, { name, file, columns: columns.slice(0, MOST_NAMED).join(', ') + more });
  return true;
}

const KEYS: ReadonlySet<string> = new Set(['name/unknown', 'data/no-column']);

/** Columns that are named where none is near. */
const MOST_NAMED = 8;

/** What is called, or what values flow into, is no column. */
function isStage({ chunk }: Frame, { start, end }: Pick<NameExpr, 'start' | 'end'>): boolean {
  return /->\s*$/u.test(chunk.text.slice(0, start)) || chunk.text[end] === '(';
}

function columnNames(scope: Scope): readonly string[] {
  const names = new Set<string>();
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    for (const [name, local] of at.names) if (local.what === 'column') names.add(name);
  }
  return [...names];
}
