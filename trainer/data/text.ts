/** A text as a sequence of characters (whole code points) and as lines. */
import type { PlanPlace } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import type { Column, SourceFile, Table } from './source.ts';
import { grouped } from './values.ts';

/** Reads a UTF-8 text. Its rows are its lines where only `lines` is read, else its characters, as one sequence. */
export function readText(file: SourceFile, wanted: ReadonlySet<string>, at: PlanPlace): Table {
  const text = decodeText(file, at);
  if (wanted.has('lines') && !wanted.has('characters')) {
    const lines = text.split(/\r?\n/);
    // The newline at the end of a file closes its last line.
    if (lines[lines.length - 1] === '') lines.pop();
    return { rows: lines.length, kind: 'rows', columns: new Map([['lines', lineColumn(file.path, lines)]]) };
  }
  const characters = Array.from(text);
  return {
    rows: characters.length,
    kind: 'sequence',
    columns: new Map([['characters', characterColumn(file.path, characters)]]),
  };
}

function characterColumn(path: string, characters: readonly string[]): Column {
  return {
    gather: (rows) => ({
      dtype: 'string',
      shape: [],
      count: rows.length,
      data: Array.from(rows, (row) => characters[row] ?? ''),
    }),
    where: (row) => {
      let line = 1;
      for (let i = 0; i < row; i++) if (characters[i] === '\n') line += 1;
      return `character ${grouped(row)} of "${path}" (line ${grouped(line)})`;
    },
  };
}

function lineColumn(path: string, lines: readonly string[]): Column {
  return {
    gather: (rows) => ({
      dtype: 'string',
      shape: [],
      count: rows.length,
      data: Array.from(rows, (row) => lines[row] ?? ''),
    }),
    where: (row) => `line ${grouped(row + 1)} of "${path}"`,
  };
}

/** The bytes of a file as UTF-8; anything else is an error. */
export function decodeText(file: SourceFile, at: PlanPlace): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file.bytes);
  } catch {
    throw new Failure('data/not-text', `"${file.path}" is not UTF-8 text. Save it as UTF-8, or name another file.`, at);
  }
}
