/** What is made of the cells of a column while a table is read: numbers, or texts. */
import { NumberColumn, newShelf, type Shelf, TextColumn } from './columns.ts';
import { type CellUse, EMPTY, type RowBatch, WHOLE } from './csv-batch.ts';
import type { Cells } from './csv-rows.ts';
import { Budget } from './memory.ts';
import { numberIn } from './numbers.ts';
import type { Column } from './source.ts';

export interface Reader {
  readonly index: number;
  readonly name: string;
  readonly use: CellUse;
  /** Each cell must be looked at by itself. */
  readonly isSlow: boolean;
  take(cells: Cells, index: number): void;
  /** All rows of the batch. */
  takeBatch(batch: RowBatch, index: number, bytes: Buffer): void;
  /** A cell was no number. */
  readonly isText: () => boolean;
  column(where: Column['where']): Column;
}

/** `text`: a cell of the column is known to be no number. */
export function newReader(
  name: string,
  index: number,
  text: boolean,
  missing: ReadonlySet<string>,
  shelf: Shelf,
): Reader {
  if (text) return textReader(name, index, missing, shelf);
  const numbers = new NumberColumn(shelf);
  const found = { value: 0, whole: false };
  // Only where a word for an empty cell is a number itself must every cell be held against them first.
  const mayBeNumber = [...missing].some((word) => numberIn(Buffer.from(word), 0, Buffer.byteLength(word), found));
  let [whole, any, bad] = [true, false, false];
  return {
    index,
    name,
    use: 'number',
    isSlow: mayBeNumber,
    take(cells, cell) {
      if (bad) return;
      if (!(mayBeNumber && missing.has(cells.text(cell).trim())) && cells.number(cell, found)) {
        any = true;
        whole &&= found.whole;
        numbers.push(found.value);
      } else if (missing.has(cells.text(cell).trim())) {
        // There is no empty whole number: such a column is decimal, as its header says too.
        whole = false;
        numbers.push(Number.NaN);
      } else bad = true;
    },
    takeBatch({ columns, count }, place) {
      const column = columns[place];
      if (bad || column === undefined) return;
      const { forms, values } = column;
      for (let row = 0; row < count; row++) {
        const form = forms[row] ?? EMPTY;
        if (form !== EMPTY) any = true;
        if (form !== WHOLE) whole = false;
      }
      numbers.pushMany(values, count);
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
  // Blanks around a word for an empty cell count as well, so only much longer cells are surely none.
  const mayBeMissing = (first: number, size: number): boolean => begins[first] === 1 && size <= longest + 16;
  return {
    index,
    name,
    use: 'text',
    isSlow: false,
    take(cells, cell) {
      const mayBe = mayBeMissing(cells.firstByte(cell), cells.size(cell));
      if (mayBe && missing.has(cells.text(cell).trim())) texts.push('');
      else cells.copyTo(texts, cell);
    },
    takeBatch({ columns, count }, place, bytes) {
      const column = columns[place];
      if (column === undefined) return;
      const { starts, ends, doubled } = column;
      for (let row = 0; row < count; row++) {
        const [start, end] = [starts[row] ?? 0, ends[row] ?? 0];
        const mayBe = start === end || mayBeMissing(bytes[start] ?? 0, end - start);
        if (mayBe || doubled[row] === 1) {
          const raw = bytes.toString('utf8', start, end);
          const text = doubled[row] === 1 ? raw.replaceAll('""', '"') : raw;
          texts.push(missing.has(text.trim()) ? '' : text);
        } else texts.pushBytes(bytes, start, end);
      }
    },
    isText: () => false,
    column: (where) => texts.column(where),
  };
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
