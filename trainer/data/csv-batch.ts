/**
 * Plain rows of a table, read many at a time: each cell is walked over once, numbers are calculated on the way to the ends of
 * their cells and stand together by column. A row that is not plain is left to `csv-rows.ts`, which knows all that a row may be.
 */
import { type CsvForm, QUOTE, RETURN } from './csv-rows.ts';
import { numberIn, POWERS } from './numbers.ts';

/** What becomes of the cells of a column. */
export type CellUse = 'number' | 'text' | 'none';

/** Rows of a batch, cells of it, and columns beyond which it would be more room than gain. */
const ROWS = 1024;
const CELLS = 256 * ROWS;
const MOST_COLUMNS = 16_384;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
/** Digits up to which a number is a small whole one while it is read, and those after them. */
const [SMALL, MORE] = [9, 6];
/** So many bytes are looked at one by one for a quote; calling out pays after that. */
const NEAR = 32;

const [NUMBER, TEXT, NONE] = [0, 1, 2];
const CODES: Readonly<Record<CellUse, number>> = { number: NUMBER, text: TEXT, none: NONE };

/** The cells of one column. */
export interface BatchColumn {
  /** Of numbers: the values; an empty cell is not-a-number. */
  readonly values: Float64Array;
  /** Of texts: where each stands in the bytes, without quotes, and whether it holds doubled ones. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly doubled: Uint8Array;
  /** Of numbers: `EMPTY`, `DECIMAL` or `WHOLE`. */
  readonly forms: Uint8Array;
}

export const [EMPTY, DECIMAL, WHOLE] = [0, 1, 2];

/** True where numbers can be told from the separator by their bytes, and the table is not very wide. */
export function canBatch({ separator }: CsvForm, columns: number): boolean {
  const [cut = 0] = Buffer.from(separator);
  const isPart = (cut >= ZERO && cut <= NINE) || cut === MINUS || cut === POINT;
  return columns <= MOST_COLUMNS && separator.length === 1 && cut < 128 && cut !== QUOTE && cut !== RETURN && !isPart;
}

export class RowBatch {
  readonly columns: readonly BatchColumn[];
  readonly #kinds: Uint8Array;
  readonly #cut: number;
  readonly #line: number;
  readonly #missing: ReadonlySet<string>;
  readonly #most: number;
  /** Rows that are in it. */
  count = 0;

  constructor(uses: readonly CellUse[], { separator, lineEnd }: CsvForm, missing: ReadonlySet<string>) {
    this.#kinds = Uint8Array.from(uses, (use) => CODES[use]);
    this.#cut = separator.charCodeAt(0);
    this.#line = lineEnd.charCodeAt(0);
    this.#missing = missing;
    this.#most = Math.max(16, Math.min(ROWS, Math.floor(CELLS / uses.length)));
    const rowsOf = (use: CellUse, wanted: CellUse): number => (use === wanted ? this.#most : 0);
    this.columns = uses.map((use) => ({
      values: new Float64Array(rowsOf(use, 'number')),
      forms: new Uint8Array(rowsOf(use, 'number')),
      starts: new Uint32Array(rowsOf(use, 'text')),
      ends: new Uint32Array(rowsOf(use, 'text')),
      doubled: new Uint8Array(rowsOf(use, 'text')),
    }));
  }

  get isFull(): boolean {
    return this.count === this.#most;
  }

  clear(): void {
    this.count = 0;
  }

  /**
   * Takes rows from `at` on until it is full, or one is not plain, or the bytes before `end` are used up; `end` stands behind a
   * line end. Answers where the first row begins that was not taken.
   */
  take(bytes: Buffer, at: number, end: number): number {
    let row = at;
    while (this.count < this.#most && row < end) {
      const next = this.#takeRow(bytes, row, end);
      if (next < 0) break;
      row = next;
      this.count++;
    }
    return row;
  }

  /** Where the row after it begins; −1: it is not plain. */
  #takeRow(bytes: Buffer, from: number, end: number): number {
    const kinds = this.#kinds;
    const cut = this.#cut;
    const line = this.#line;
    const row = this.count;
    const last = kinds.length - 1;
    let at = from;
    // A row without any content is passed over elsewhere.
    let content = false;
    for (let index = 0; index <= last; index++) {
      const column = this.columns[index];
      const kind = kinds[index] ?? NONE;
      if (column === undefined) return -1;
      const begins = bytes[at] ?? 0;
      const told = begins === QUOTE ? (bytes[at + 1] ?? 0) : begins;
      if (told > 32 && told !== cut && told !== QUOTE) content = true;
      if (kind === NUMBER) at = this.#number(bytes, at, column, row);
      else {
        if (begins === QUOTE) at = quoted(bytes, at, end, kind === TEXT ? column : undefined, row);
        else {
          const start = at;
          let code = begins;
          while (code !== cut && code !== line) code = bytes[++at] ?? line;
          if (kind === TEXT) {
            column.starts[row] = start;
            column.ends[row] = code === line && line !== RETURN && at > start && bytes[at - 1] === RETURN ? at - 1 : at;
            column.doubled[row] = 0;
          }
        }
      }
      if (at < 0 || at >= end) return -1;
      let code = bytes[at];
      if (code === RETURN && line !== RETURN && bytes[at + 1] === line) {
        at++;
        code = line;
      }
      if (code !== (index === last ? line : cut)) return -1;
      at++;
    }
    return content ? at : -1;
  }

  /** Where the cell ends; −1: it is neither a number nor empty. */
  #number(bytes: Buffer, start: number, column: BatchColumn, row: number): number {
    let at = start;
    let code = bytes[at] ?? 0;
    const negative = code === MINUS;
    if (negative) code = bytes[++at] ?? 0;
    const began = at;
    let small = 0;
    const most = at + SMALL;
    for (; code >= ZERO && code <= NINE && at < most; code = bytes[++at] ?? 0) small = (small * 10 + (code - ZERO)) | 0;
    if (at > began && (code === this.#cut || code === this.#line || code === RETURN)) {
      column.values[row] = negative ? -small : small;
      column.forms[row] = WHOLE;
      return at;
    }
    if (code !== POINT) return this.#odd(bytes, start, column, row);
    const point = at;
    code = bytes[++at] ?? 0;
    // The point is no digit.
    const near = most + 1;
    for (; code >= ZERO && code <= NINE && at < near; code = bytes[++at] ?? 0) small = (small * 10 + (code - ZERO)) | 0;
    let value = small;
    if (code >= ZERO && code <= NINE) {
      let more = 0;
      const first = at;
      const far = near + MORE;
      for (; code >= ZERO && code <= NINE && at < far; code = bytes[++at] ?? 0) more = (more * 10 + (code - ZERO)) | 0;
      value = small * (POWERS[at - first] ?? 1) + more;
    }
    const ends = code === this.#cut || code === this.#line || code === RETURN;
    if (at === began + 1 || !ends) return this.#odd(bytes, start, column, row);
    value /= POWERS[at - point - 1] ?? 1;
    column.values[row] = negative ? -value : value;
    column.forms[row] = DECIMAL;
    return at;
  }

  /** A number in another form, with more digits, or an empty cell. */
  #odd(bytes: Buffer, start: number, column: BatchColumn, row: number): number {
    if (bytes[start] === QUOTE) return -1;
    let end = start;
    let code = bytes[end] ?? 0;
    while (code !== this.#cut && code !== this.#line) code = bytes[++end] ?? this.#line;
    if (numberIn(bytes, start, end, found)) {
      column.values[row] = found.value;
      column.forms[row] = found.whole ? WHOLE : DECIMAL;
      return end;
    }
    if (end > start && !this.#missing.has(bytes.toString('utf8', start, end).trim())) return -1;
    column.values[row] = Number.NaN;
    column.forms[row] = EMPTY;
    return end;
  }
}

const found = { value: 0, whole: false };

/** Behind the quote that closes the cell; −1: there is none before `end`. */
function quoted(bytes: Buffer, start: number, end: number, column: BatchColumn | undefined, row: number): number {
  let doubled = 0;
  let at = start + 1;
  for (;;) {
    const near = Math.min(end, at + NEAR);
    while (at < near && bytes[at] !== QUOTE) at++;
    if (bytes[at] !== QUOTE) at = bytes.indexOf(QUOTE, at);
    if (at < 0 || at >= end) return -1;
    if (bytes[at + 1] !== QUOTE) break;
    doubled = 1;
    at += 2;
  }
  if (column !== undefined) {
    column.starts[row] = start + 1;
    column.ends[row] = at;
    column.doubled[row] = doubled;
  }
  return at + 1;
}
