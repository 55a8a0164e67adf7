/** Tables as text with separators (papaparse). A column is numbers where every cell is one, else texts. */
import Papa from 'papaparse';
import { EMPTY_CELLS, type PlanPlace } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import type { Column, SourceFile, Table } from './source.ts';
import { decodeText } from './text.ts';
import { grouped } from './values.ts';

/** How a table is written: the settings of its source. */
export interface TableForm {
  /** Names of the columns, where the first row is none. */
  readonly columns: readonly string[] | undefined;
  readonly separator: string | undefined;
  /** What stands for an empty cell; undefined: the usual words. */
  readonly missing: readonly string[] | undefined;
}

/** Reads the wanted columns of a CSV file. */
export function readCsv(file: SourceFile, wanted: ReadonlySet<string>, at: PlanPlace, form: TableForm): Table {
  const parsed = Papa.parse<string[]>(decodeText(file, at), {
    header: false,
    skipEmptyLines: 'greedy',
    ...(form.separator === undefined ? {} : { delimiter: form.separator }),
  });
  const quotes = parsed.errors.find((error) => error.type === 'Quotes');
  if (quotes !== undefined) throw quoteError(file, quotes.row, at);
  const [head = [], ...rest] = parsed.data;
  const names = form.columns ?? head.map((name) => name.trim());
  const rows = form.columns ? parsed.data : rest;
  // The same words as for the header that the checker reads.
  const missing = new Set(form.missing ? ['', ...form.missing] : EMPTY_CELLS);
  checkWidths(file, rows, names, at);
  const columns = new Map<string, Column>();
  names.forEach((name, index) => {
    if (columns.has(name)) throw twice(file, name, at);
    columns.set(
      name,
      wanted.has(name) ? readColumn({ path: file.path, name, rows, index, missing }) : unread(file.path),
    );
  });
  return { rows: rows.length, kind: 'rows', columns };
}

function checkWidths(
  file: SourceFile,
  rows: readonly (readonly string[])[],
  names: readonly string[],
  at: PlanPlace,
): void {
  for (const [i, row] of rows.entries()) {
    if (row.length === names.length) continue;
    const listed = `${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}`;
    throw new Failure(
      'data/row-width',
      `Row ${grouped(i + 1)} of "${file.path}" has ${row.length} cells, but there are ${names.length} columns (${listed}). ` +
        'Mend that row: a cell that holds the separator must stand in quotes.',
      at,
    );
  }
}

function quoteError(file: SourceFile, row: number | undefined, at: PlanPlace): Failure {
  return new Failure(
    'data/quotes',
    `In row ${grouped((row ?? 0) + 1)} of "${file.path}" a quoted cell is never closed or has text after its quote. Double a quote that belongs to the text: "".`,
    at,
  );
}

function twice(file: SourceFile, name: string, at: PlanPlace): Failure {
  return new Failure(
    'data/column-twice',
    `"${file.path}" has two columns called \`${name}\`. Rename one of them in its first row.`,
    at,
  );
}

function unread(path: string): Column {
  return {
    gather: (rows) => ({ dtype: 'string', shape: [], count: rows.length, data: Array.from(rows, () => '') }),
    where: (row) => where(path, row),
  };
}

/** Takes the path alone: a column must not keep the file's bytes. */
function where(path: string, row: number): string {
  return `row ${grouped(row + 1)} of "${path}"`;
}

interface Wanted {
  readonly path: string;
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
  readonly index: number;
  readonly missing: ReadonlySet<string>;
}

function readColumn({ path, name, rows, index, missing }: Wanted): Column {
  const cells = rows.map((row) => {
    const cell = row[index] ?? '';
    return missing.has(cell.trim()) ? '' : cell;
  });
  return columnOfCells(cells, (row) => `${where(path, row)}, column \`${name}\``);
}

/** A column of numbers where every cell is one (empty ones aside), else of texts. */
export function columnOfCells(cells: readonly string[], position: (row: number) => string): Column {
  const numbers = numbersOf(cells);
  if (numbers === undefined) {
    return {
      gather: (picked) => ({
        dtype: 'string',
        shape: [],
        count: picked.length,
        data: Array.from(picked, (row) => cells[row] ?? ''),
      }),
      where: position,
    };
  }
  return {
    gather: (picked) => ({
      dtype: numbers.whole ? 'int32' : 'float32',
      shape: [],
      count: picked.length,
      data: Float64Array.from(picked, (row) => numbers.values[row] ?? Number.NaN),
    }),
    where: position,
  };
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** The cells as numbers, empty ones as not-a-number; `undefined` where any other cell is none. */
function numbersOf(cells: readonly string[]): { readonly values: Float64Array; readonly whole: boolean } | undefined {
  const values = new Float64Array(cells.length);
  let whole = true;
  let any = false;
  for (let i = 0; i < cells.length; i++) {
    const cell = (cells[i] ?? '').trim();
    if (cell === '') {
      values[i] = Number.NaN;
      // There is no empty whole number: such a column is decimal, as its header says too.
      whole = false;
      continue;
    }
    if (!NUMBER.test(cell)) return undefined;
    const value = Number(cell);
    values[i] = value;
    any = true;
    // The same rule as for the header: `3` is whole, `3.0` and numbers beyond int32 are not.
    whole &&= /^[+-]?\d+$/.test(cell) && Math.abs(value) < 2 ** 31;
  }
  return any ? { values, whole } : undefined;
}
