/** The header of a table as text: the names of its columns, and what a sample of their cells is. */
import Papa from 'papaparse';
import type { ColumnSample, DataHeader, HeaderWish } from '../files.ts';
import { type ColumnReader, createColumn } from './columns.ts';
import type { FileStart } from './header.ts';

/** What stands for an empty cell. */
export const EMPTY_CELLS: readonly string[] = ['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', '?'];
/** Rows are read in pieces of so many characters, so that a piece takes a few milliseconds. */
const PIECE = 128 * 1024;

/** Columns from a part of a file: piece by piece, so that others may have their turn in between. */
export function* csvSteps(start: FileStart, wish: HeaderWish): Generator<void, DataHeader> {
  const text = start.decode(start.bytes).replace(/^\uFEFF/u, '');
  // A cut-off last line would be a short row: it is left out.
  const complete = start.whole ? text : text.slice(0, text.lastIndexOf('\n') + 1);
  const table = createTable(wish);
  // Found out once, from the first rows: a later piece by itself might look otherwise.
  let separator = wish.separator;
  for (const piece of pieces(complete, wish.separator)) {
    const found = parsed(piece, separator);
    separator ??= found.separator;
    table.add(found.rows);
    yield;
  }
  const rows = table.rows;
  // Later parts of a large file: their first and last lines are cut, and their rows have no known numbers.
  for (const bytes of start.more) {
    const lines = start.decode(bytes);
    const whole = lines.slice(lines.indexOf('\n') + 1, lines.lastIndexOf('\n') + 1);
    table.addUnnumbered(parsed(whole, separator).rows);
    yield;
  }
  return { kind: 'csv', columns: table.columns(start.whole), ...(start.whole ? { rows } : {}) };
}

interface Parsed {
  readonly rows: readonly (readonly string[])[];
  readonly separator: string;
}

function parsed(text: string, separator: string | undefined): Parsed {
  const options = separator === undefined ? {} : { delimiter: separator };
  const { data, meta } = Papa.parse<string[]>(text, { header: false, skipEmptyLines: 'greedy', ...options });
  return { rows: data, separator: meta.delimiter };
}

/** The text cut behind line ends that stand in no quoted cell. */
function* pieces(text: string, separator: string | undefined): Generator<string> {
  const quote = '"';
  let from = 0;
  while (from < text.length) {
    let to = Math.min(text.length, from + PIECE);
    let quoted = false;
    let at = from;
    for (; at < text.length; at++) {
      const sign = text[at];
      if (sign === quote && (quoted || startsCell(text, at, separator))) quoted = !quoted;
      if (sign === '\n' && !quoted && at + 1 >= to) break;
    }
    to = Math.min(text.length, at + 1);
    yield text.slice(from, to);
    from = to;
  }
}

/** A quote within a bare cell means nothing. */
function startsCell(text: string, at: number, separator: string | undefined): boolean {
  const before = text[at - 1];
  if (before === undefined || before === '\n' || before === '"') return true;
  return separator === undefined ? /[,;\t|\s]/u.test(before) : separator.endsWith(before);
}

function createTable(wish: HeaderWish) {
  const empty = new Set(wish.missing ?? EMPTY_CELLS);
  let readers: readonly ColumnReader[] | undefined = wish.columns?.map((name) => createColumn(name));
  let rows = 0;
  const read = (row: readonly string[], number: number): void => {
    readers?.forEach((reader, index) => {
      const cell = row[index] ?? '';
      reader.add(empty.has(cell.trim()) ? undefined : cell, number);
    });
  };
  return {
    get rows() {
      return rows;
    },
    add(found: readonly (readonly string[])[]): void {
      for (const row of found) {
        if (readers) read(row, ++rows);
        else readers = row.map((name) => createColumn(name.trim()));
      }
    },
    addUnnumbered(found: readonly (readonly string[])[]): void {
      // A row of another width shows that the part began within a quoted cell: nothing there is sure.
      if (found.some((row) => row.length !== readers?.length)) return;
      for (const row of found) read(row, 0);
    },
    columns: (whole: boolean): readonly ColumnSample[] => (readers ?? []).map((reader) => reader.sample(whole)),
  };
}
