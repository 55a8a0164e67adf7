/**
 * Tables as text with separators, read in pieces. A column is numbers where every cell is one, else texts: a column that
 * turns out to hold a text is read again from the start. Separator and line ends are found out by papaparse.
 */
import { isUtf8 } from 'node:buffer';
import Papa from 'papaparse';
import { EMPTY_CELLS, type PlanPlace } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import type { Shelf } from './columns.ts';
import { type CellUse, canBatch, RowBatch } from './csv-batch.ts';
import { emptyTexts, newReader, type Reader } from './csv-readers.ts';
import { type Cells, type CsvForm, RETURN, readRows } from './csv-rows.ts';
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
  let readers: readonly Reader[] = [];
  let rows = 0;
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
  let batch: RowBatch | undefined;
  /** Rows so far, empty ones included. */
  let seen = 0;
  const broken = (row: number): never => {
    throw badQuotes(file, at, seen + row);
  };
  /** Where the rest begins: a row that has not ended yet, and nothing where the bytes are the last ones. */
  const takeRows = (bytes: Buffer, written: CsvForm, last: boolean): number => {
    const end = bytes.lastIndexOf(written.lineEnd) + 1;
    let from = 0;
    for (let unusual = 1; ; ) {
      if (
        batch === undefined &&
        names !== undefined &&
        canBatch(written, names.length) &&
        !readers.some((each) => each.isSlow)
      )
        batch = new RowBatch(usesOf(names, readers), written, missing);
      const before = seen;
      while (batch !== undefined && from < end) {
        const next = batch.take(bytes, from, end);
        seen += batch.count;
        rows += batch.count;
        for (const reader of readers) reader.takeBatch(batch, reader.index, bytes);
        from = next;
        const { isFull } = batch;
        batch.clear();
        if (!isFull) break;
      }
      // Where hardly any row is plain, it is not worth while to look at each in both ways.
      unusual = seen - before > MANY ? 1 : Math.min(MANY * MANY, unusual * 2);
      const used = readRows(bytes, written, { from, most: names === undefined ? 1 : unusual, last }, takeRow, broken);
      seen += used.rows;
      from = used.end;
      if (used.rows === 0 || from >= bytes.length) return from;
    }
  };
  /** What is left of the bytes. */
  const takeWhole = (bytes: Buffer, written: CsvForm): Buffer => {
    if (!isUtf8(bytes.subarray(0, bytes.lastIndexOf(written.lineEnd) + 1))) throw notText(file.path, at, bytes);
    return bytes.subarray(takeRows(bytes, written, false));
  };
  let rest: Buffer = Buffer.alloc(0);
  let written: CsvForm | undefined;
  for await (const piece of enlarged(file.bytes.chunks(), () => rest.length)) {
    let bytes = piece;
    if (written === undefined) {
      bytes = withoutMark(piece);
      written = formOf(bytes, form.separator);
    } else if (rest.length > 0) {
      // Most often the row that was cut ends with the next line: so much is joined, and not all of the piece.
      const end = piece.indexOf(written.lineEnd) + 1;
      rest = takeWhole(Buffer.concat([rest, piece.subarray(0, end)]), written);
      bytes = rest.length === 0 ? piece.subarray(end) : Buffer.concat([rest, piece.subarray(end)]);
    }
    rest = takeWhole(bytes, written);
    if (rest.length > LONGEST_ROW) throw rowTooLong(file, rows + 1, at);
    if (demoted(readers, texts)) return undefined;
  }
  if (!isUtf8(rest)) throw notText(file.path, at, rest);
  if (rest.length > 0) takeRows(rest, written ?? formOf(rest, form.separator), true);
  if (demoted(readers, texts)) return undefined;
  return finished(file.path, names ?? [], readers, rows);
}

/** So many plain rows between two that are not make it worth while to look for more. */
const MANY = 32;

function usesOf(names: readonly string[], readers: readonly Reader[]): CellUse[] {
  const uses = names.map((): CellUse => 'none');
  for (const { index, use } of readers) uses[index] = use;
  return uses;
}

/**
 * Pieces at least as long as what is left of the one before, so that a row of many pieces is not read again with each of them; and
 * the first does not end within what may be a line end, which is found out from it.
 */
async function* enlarged(pieces: AsyncIterable<Buffer>, left: () => number): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  let isFirst = true;
  for await (const piece of pieces) {
    held.push(piece);
    size += piece.length;
    if (size < left() || (isFirst && piece.at(-1) === RETURN)) continue;
    isFirst = false;
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

function badQuotes(file: SourceFile, at: PlanPlace, row: number): Failure {
  return new Failure(
    'data/quotes',
    `In row ${grouped(row + 1)} of "${file.path}" a quoted cell is never closed or has text after its quote. Double a quote that belongs to the text: "".`,
    at,
  );
}

function rowTooLong(file: SourceFile, row: number, at: PlanPlace): Failure {
  return new Failure(
    'data/row-too-long',
    `Row ${grouped(row)} of "${file.path}" has more than ${grouped(LONGEST_ROW)} bytes: a quote is never closed, or this is no table.`,
    at,
  );
}
