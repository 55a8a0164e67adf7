/**
 * Tables as text with separators, read in pieces. A column is numbers where every cell is one, else texts: a column that
 * turns out to hold a text is read again from the start. Separator and line ends are found out by papaparse.
 */
import { isUtf8 } from 'node:buffer';
import Papa from 'papaparse';
import { EMPTY_CELLS, type PlanPlace } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import { NumberColumn, newShelf, type Shelf, TextColumn } from './columns.ts';
import { type Cells, type CsvForm, readRows } from './csv-rows.ts';
import { Budget } from './memory.ts';
import { numberIn } from './numbers.ts';
import type { Column, SourceFile, Table } from './source.ts';
import { notText } from './text.ts';
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
export async function readCsv(
  file: SourceFile,
  wanted: ReadonlySet<string>,
  at: PlanPlace,
  form: TableForm,
  shelf: Shelf,
): Promise<Table> {
  const texts = new Set<string>();
  for (;;) {
    const table = await readOnce(file, wanted, at, form, texts, shelf);
    if (table !== undefined) return table;
    // Blocks of the first reading that went into the file stay there unused.
  }
}

/** Undefined: columns were added to `texts`, and the file is to be read again. */
async function readOnce(
  file: SourceFile,
  wanted: ReadonlySet<string>,
  at: PlanPlace,
  form: TableForm,
  texts: Set<string>,
  shelf: Shelf,
): Promise<Table | undefined> {
  const missing = missingCells(form);
  let names: readonly string[] | undefined;
  let readers: Reader[] = [];
  let rows = 0;
  let written: CsvForm | undefined;
  const begin = (found: readonly string[]): void => {
    names = found;
    refuseTwins(file, found, at);
    readers = found.flatMap((name, index): Reader[] =>
      wanted.has(name) ? [newReader(name, index, texts.has(name), missing, shelf)] : [],
    );
  };
  if (form.columns) begin(form.columns);
  const takeRow = (cells: Cells): void => {
    if (names === undefined) {
      begin(Array.from({ length: cells.count }, (_, i) => cells.text(i).trim()));
      return;
    }
    if (cells.count !== names.length) throw widthError(file, rows + 1, cells.count, names, at);
    for (const reader of readers) reader.take(cells, reader.index);
    rows++;
  };
  let rest: Buffer = Buffer.alloc(0);
  let rowsBefore = 0;
  for await (const piece of enlarged(file.bytes.chunks(), () => rest.length)) {
    const first = written === undefined;
    const bytes = first ? withoutMark(piece) : rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    written ??= formOf(bytes, form.separator);
    if (!isUtf8(bytes.subarray(0, bytes.lastIndexOf(written.lineEnd) + 1))) throw notText(file.path, at, bytes);
    const used = readRows(bytes, written, false, takeRow, quotes(file, at, rowsBefore));
    rowsBefore += used.rows;
    rest = bytes.subarray(used.end);
    if (rest.length > LONGEST_ROW) throw rowTooLong(file, rows + 1, at);
    if (demoted(readers, texts)) return undefined;
  }
  if (!isUtf8(rest)) throw notText(file.path, at, rest);
  if (rest.length > 0)
    readRows(rest, written ?? formOf(rest, form.separator), true, takeRow, quotes(file, at, rowsBefore));
  if (demoted(readers, texts)) return undefined;
  return finished(file.path, names ?? [], readers, rows);
}

/** Pieces at least as long as what is left of the one before, so that a row of many pieces is not read again with each of them. */
async function* enlarged(pieces: AsyncIterable<Buffer>, left: () => number): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const piece of pieces) {
    held.push(piece);
    size += piece.length;
    if (size < left()) continue;
    yield held.length === 1 ? piece : Buffer.concat(held);
    held = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(held);
}

/** A row with more bytes than this is none: a quote is open, or the file is no table. */
const LONGEST_ROW = 64 * 1024 * 1024;

function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** So much of the start tells separator and line ends. */
const LOOKED = 64 * 1024;

function formOf(bytes: Buffer, separator: string | undefined): CsvForm {
  const start = bytes.toString('utf8', 0, LOOKED);
  const { meta } = Papa.parse<string[]>(start, {
    preview: 1,
    skipEmptyLines: 'greedy',
    ...(separator === undefined ? {} : { delimiter: separator }),
  });
  return { separator: meta.delimiter, lineEnd: meta.linebreak === '\r' ? '\r' : '\n' };
}

/** The same words as for the header that the checker reads. */
function missingCells(form: TableForm): ReadonlySet<string> {
  return new Set(form.missing ? ['', ...form.missing] : EMPTY_CELLS);
}

interface Reader {
  readonly index: number;
  readonly name: string;
  take(cells: Cells, index: number): void;
  /** A cell was no number. */
  readonly isText: () => boolean;
  column(where: Column['where']): Column;
}

function newReader(name: string, index: number, text: boolean, missing: ReadonlySet<string>, shelf: Shelf): Reader {
  if (text) return textReader(name, index, missing, shelf);
  const numbers = new NumberColumn(shelf);
  const found = { value: 0, whole: false };
  // Only where a word for an empty cell is a number itself must every cell be held against them first.
  const mayBeNumber = [...missing].some((word) => numberIn(Buffer.from(word), 0, Buffer.byteLength(word), found));
  let [whole, any, bad] = [true, false, false];
  return {
    index,
    name,
    take(cells, cell) {
      if (bad) return;
      const kind = mayBeNumber ? 0 : cells.numberTo(numbers, cell);
      if (kind !== 0) {
        any = true;
        whole &&= kind === 2;
      } else if (!(mayBeNumber && missing.has(cells.text(cell).trim())) && cells.number(cell, found)) {
        any = true;
        whole &&= found.whole;
        numbers.push(found.value);
      } else if (missing.has(cells.text(cell).trim())) {
        // There is no empty whole number: such a column is decimal, as its header says too.
        whole = false;
        numbers.push(Number.NaN);
      } else bad = true;
    },
    isText: () => bad,
    column: (where) => (any ? numbers.column(whole, where) : emptyTexts(where)),
  };
}

function textReader(name: string, index: number, missing: ReadonlySet<string>, shelf: Shelf): Reader {
  const texts = new TextColumn(shelf);
  const longest = Math.max(...Array.from(missing, (word) => Buffer.byteLength(word)));
  // Most cells are told apart from a word for an empty cell by their first byte; blanks may stand before it.
  const begins = new Uint8Array(256).fill(1, 0, 33).fill(1, 0xc2, 0xf5);
  for (const word of missing) begins[Buffer.from(word)[0] ?? 0] = 1;
  return {
    index,
    name,
    take(cells, cell) {
      // Blanks around a word for an empty cell count as well, so only much longer cells are surely none.
      const mayBe = begins[cells.firstByte(cell)] === 1 && cells.size(cell) <= longest + 16;
      if (mayBe && missing.has(cells.text(cell).trim())) texts.push('');
      else cells.copyTo(texts, cell);
    },
    isText: () => false,
    column: (where) => texts.column(where),
  };
}

function demoted(readers: readonly Reader[], texts: Set<string>): boolean {
  const found = readers.filter((reader) => reader.isText());
  for (const reader of found) texts.add(reader.name);
  return found.length > 0;
}

function finished(path: string, names: readonly string[], readers: readonly Reader[], rows: number): Table {
  const columns = new Map<string, Column>();
  const byName = new Map(readers.map((reader) => [reader.name, reader]));
  const position = (row: number): string => `row ${grouped(row + 1)} of "${path}"`;
  // There may be a million of them.
  const unread = emptyTexts(position);
  for (const name of names) {
    const reader = byName.get(name);
    columns.set(name, reader ? reader.column((row) => `${position(row)}, column \`${name}\``) : unread);
  }
  return { rows, kind: 'rows', columns };
}

/** A column that nobody reads, or in which every cell is empty. */
export function emptyTexts(where: Column['where']): Column {
  return {
    gather: (rows) => ({ dtype: 'string', shape: [], count: rows.length, data: Array.from(rows, () => '') }),
    where,
  };
}

/** A column of numbers where every cell is one (empty ones aside), else of texts. */
export function columnOfCells(cells: readonly string[], position: (row: number) => string): Column {
  const shelf = newShelf(new Budget(Number.POSITIVE_INFINITY));
  const [numbers, texts] = [new NumberColumn(shelf), new TextColumn(shelf)];
  const found = { value: 0, whole: false };
  let [whole, any, all] = [true, false, true];
  for (const cell of cells) {
    texts.push(cell);
    const bytes = Buffer.from(cell.trim());
    const is = numberIn(bytes, 0, bytes.length, found);
    numbers.push(is ? found.value : Number.NaN);
    any ||= is;
    all &&= is || bytes.length === 0;
    whole &&= is && found.whole;
  }
  return any && all ? numbers.column(whole, position) : texts.column(position);
}

// ---- errors

function refuseTwins(file: SourceFile, names: readonly string[], at: PlanPlace): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) {
      throw new Failure(
        'data/column-twice',
        `"${file.path}" has two columns called \`${name}\`. Rename one of them in its first row.`,
        at,
      );
    }
    seen.add(name);
  }
}

function widthError(file: SourceFile, row: number, cells: number, names: readonly string[], at: PlanPlace): Failure {
  const listed = `${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}`;
  return new Failure(
    'data/row-width',
    `Row ${grouped(row)} of "${file.path}" has ${cells} cells, but there are ${names.length} columns (${listed}). ` +
      'Mend that row: a cell that holds the separator must stand in quotes.',
    at,
  );
}

function quotes(file: SourceFile, at: PlanPlace, before: number) {
  return (row: number): never => {
    throw new Failure(
      'data/quotes',
      `In row ${grouped(before + row + 1)} of "${file.path}" a quoted cell is never closed or has text after its quote. Double a quote that belongs to the text: "".`,
      at,
    );
  };
}

function rowTooLong(file: SourceFile, row: number, at: PlanPlace): Failure {
  return new Failure(
    'data/row-too-long',
    `Row ${grouped(row)} of "${file.path}" has more than ${grouped(LONGEST_ROW)} bytes: a quote is never closed, or this is no table.`,
    at,
  );
}
