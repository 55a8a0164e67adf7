/** Tables as text with separators (papaparse). A column is numbers where every cell is one, else texts. */
import Papa from 'papaparse';
import type { PlanPlace, Settings } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import type { Column, SourceFile, Table } from './source.ts';
import { grouped } from './values.ts';

/** Texts that stand for an empty cell, unless `missing:` says otherwise. */
const MISSING = ['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', '?'];

/** Reads the wanted columns of a CSV file whose first row names them (or that `columns:` names). */
export function readCsv(file: SourceFile, settings: Settings, wanted: ReadonlySet<string>, at: PlanPlace): Table {
  const separator = typeof settings.separator === 'string' ? settings.separator : undefined;
  const text = decode(file, at);
  const parsed = Papa.parse<string[]>(text, {
    header: false,
    skipEmptyLines: 'greedy',
    ...(separator === undefined ? {} : { delimiter: separator }),
  });
  const quotes = parsed.errors.find((error) => error.type === 'Quotes');
  if (quotes !== undefined) throw quoteError(file, quotes.row, at);
  const given = texts(settings.columns);
  const names = given ?? parsed.data[0]?.map((name) => name.trim()) ?? [];
  const first = given === undefined ? 1 : 0;
  const rows = parsed.data;
  checkWidths(file, rows, first, names, at);
  const missing = new Set(texts(settings.missing) ?? MISSING);
  const columns = new Map<string, Column>();
  names.forEach((name, index) => {
    if (columns.has(name)) throw twice(file, name, at);
    columns.set(name, wanted.has(name) ? readColumn(file.path, name, rows, first, index, missing) : unread(file.path));
  });
  return { rows: rows.length - first, kind: 'rows', columns };
}

function decode(file: SourceFile, at: PlanPlace): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file.bytes);
  } catch {
    throw new Failure('data/not-text', `"${file.path}" is not UTF-8 text. Save it as UTF-8, or name another file.`, at);
  }
}

function texts(value: Settings[string] | undefined): string[] | undefined {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.map(String) : undefined;
}

function checkWidths(
  file: SourceFile,
  rows: readonly string[][],
  first: number,
  names: readonly string[],
  at: PlanPlace,
): void {
  for (let i = first; i < rows.length; i++) {
    const cells = rows[i]?.length ?? 0;
    if (cells === names.length) continue;
    throw new Failure(
      'data/row-width',
      `Row ${grouped(i - first + 1)} of "${file.path}" has ${cells} cells, but there are ${names.length} columns (${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}). ` +
        'Mend that row, or set `separator:` where another character parts the cells.',
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

function readColumn(
  path: string,
  name: string,
  rows: readonly string[][],
  first: number,
  index: number,
  missing: ReadonlySet<string>,
): Column {
  const cells: string[] = [];
  for (let i = first; i < rows.length; i++) cells.push(rows[i]?.[index] ?? '');
  const numbers = numbersOf(cells, missing);
  const position = (row: number): string => `${where(path, row)}, column \`${name}\``;
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
function numbersOf(
  cells: readonly string[],
  missing: ReadonlySet<string>,
): { readonly values: Float64Array; readonly whole: boolean } | undefined {
  const values = new Float64Array(cells.length);
  let whole = true;
  let any = false;
  for (let i = 0; i < cells.length; i++) {
    const cell = (cells[i] ?? '').trim();
    if (missing.has(cell)) {
      values[i] = Number.NaN;
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
