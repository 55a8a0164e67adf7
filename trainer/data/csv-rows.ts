/**
 * Rows and cells of a table in bytes (RFC 4180): a cell that begins with a quote ends with one, and two of them stand for one.
 * Rows without any content are passed over.
 */
import type { NumberColumn, TextColumn } from './columns.ts';
import { numberIn, POWERS, type ReadNumber } from './numbers.ts';

export interface CsvForm {
  readonly separator: string;
  readonly lineEnd: '\n' | '\r';
}

const QUOTE = 34;
const RETURN = 13;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
/** Up to so many digits a number is calculated with as a small whole one. */
const DIGITS = 9;

/** The cells of one row; they are only there while the row is told. */
export class Cells {
  readonly #bytes: Buffer;
  /** Start and end of each, and whether it holds doubled quotes. */
  #ranges = new Uint32Array(64);
  #doubled = new Uint8Array(32);
  /** Numbers that were read on the way to the ends of their cells. */
  #values = new Float64Array(32);
  /** 0: the cell was not read as a number; 1: it is one; 2: a whole one. */
  #kinds = new Uint8Array(32);
  count = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  clear(): void {
    this.count = 0;
  }

  add(start: number, end: number, doubled: boolean): void {
    if (this.count === this.#doubled.length) {
      const length = this.count * 2;
      this.#ranges = enlarged(this.#ranges, new Uint32Array(length * 2));
      this.#doubled = enlarged(this.#doubled, new Uint8Array(length));
      this.#values = enlarged(this.#values, new Float64Array(length));
      this.#kinds = enlarged(this.#kinds, new Uint8Array(length));
    }
    this.#ranges[this.count * 2] = start;
    this.#ranges[this.count * 2 + 1] = end;
    this.#kinds[this.count] = 0;
    this.#doubled[this.count++] = doubled ? 1 : 0;
  }

  /**
   * Adds the cell that begins at `start` where it is a plain number (`-12`, `0.5`) and ends before `cut` or a line end: answers
   * where that stands. Else −1, and nothing is added. Most cells of most tables are read so, byte by byte and once.
   */
  addNumber(start: number, cut: number, line: number): number {
    const bytes = this.#bytes;
    const most = start + DIGITS + 3;
    let at = bytes[start] === MINUS ? start + 1 : start;
    const began = at;
    let code = bytes[at] ?? 0;
    let small = 0;
    for (; code >= ZERO && code <= NINE && at < most; code = bytes[++at] ?? 0) small = small * 10 + (code - ZERO);
    let digits = at - began;
    let decimals = 0;
    const decimal = code === POINT;
    if (decimal) {
      const first = ++at;
      code = bytes[at] ?? 0;
      for (; code >= ZERO && code <= NINE && at < most; code = bytes[++at] ?? 0) small = small * 10 + (code - ZERO);
      decimals = at - first;
      digits += decimals;
    }
    if (digits === 0 || digits > DIGITS) return -1;
    let end = at;
    if (code !== cut && code !== line) {
      if (code !== RETURN || bytes[at + 1] !== line) return -1;
      end++;
    }
    this.add(start, at, false);
    const value = decimals === 0 ? small : small / (POWERS[decimals] ?? 1);
    this.#values[this.count - 1] = began > start ? -value : value;
    this.#kinds[this.count - 1] = decimal ? 1 : 2;
    return end;
  }

  /** Nothing but blanks. */
  get isEmpty(): boolean {
    for (let i = 0; i < this.count; i++) {
      const end = this.#ranges[i * 2 + 1] ?? 0;
      for (let at = this.#ranges[i * 2] ?? 0; at < end; at++) {
        const code = this.#bytes[at] ?? 0;
        if (code > 32 || code < 9) return false;
      }
    }
    return true;
  }

  size(index: number): number {
    return (this.#ranges[index * 2 + 1] ?? 0) - (this.#ranges[index * 2] ?? 0);
  }

  text(index: number): string {
    const text = this.#bytes.toString('utf8', this.#ranges[index * 2] ?? 0, this.#ranges[index * 2 + 1] ?? 0);
    return this.#doubled[index] === 1 ? text.replaceAll('""', '"') : text;
  }

  /** Appends the number of a cell that was read on the way, and answers its kind; 0: it was not. */
  numberTo(numbers: NumberColumn, index: number): number {
    const kind = this.#kinds[index] ?? 0;
    if (kind !== 0) numbers.push(this.#values[index] ?? 0);
    return kind;
  }

  /** False where the cell is no number. */
  number(index: number, to: ReadNumber): boolean {
    return numberIn(this.#bytes, this.#ranges[index * 2] ?? 0, this.#ranges[index * 2 + 1] ?? 0, to);
  }

  /** The first byte; 0 where there is none. */
  firstByte(index: number): number {
    const start = this.#ranges[index * 2] ?? 0;
    return start < (this.#ranges[index * 2 + 1] ?? 0) ? (this.#bytes[start] ?? 0) : 0;
  }

  copyTo(texts: TextColumn, index: number): void {
    if (this.#doubled[index] === 1) texts.push(this.text(index));
    else texts.pushBytes(this.#bytes, this.#ranges[index * 2] ?? 0, this.#ranges[index * 2 + 1] ?? 0);
  }
}

function enlarged<T extends Uint8Array | Uint32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/**
 * Tells each whole row of `bytes`; `last`: its end ends the last row too. Answers where the rest begins and how many rows
 * there were, empty ones included. `broken` is told the row of a quote that is never closed or has something behind it.
 */
export function readRows(
  bytes: Buffer,
  { separator, lineEnd }: CsvForm,
  last: boolean,
  tell: (cells: Cells) => void,
  broken: (row: number) => never,
): { readonly end: number; readonly rows: number } {
  const separators = Buffer.from(separator);
  const [cut = 44] = separators;
  const width = separators.length;
  const line = lineEnd.charCodeAt(0);
  // A separator that is a part of numbers would end them elsewhere.
  const quick = width === 1 && (cut < ZERO || cut > NINE) && cut !== MINUS && cut !== POINT && cut !== RETURN;
  const cells = new Cells(bytes);
  const size = bytes.length;
  const isCut = (at: number): boolean => width === 1 || separators.every((code, i) => bytes[at + i] === code);
  let rowStart = 0;
  let rows = 0;
  let at = 0;
  const endRow = (next: number): void => {
    if (!cells.isEmpty) tell(cells);
    cells.clear();
    rows++;
    rowStart = next;
  };
  while (at < size) {
    const start = at;
    if (bytes[at] === QUOTE) {
      const close = closingQuote(bytes, at + 1);
      if (close.at < 0 || (close.at + 1 >= size && !last)) {
        if (last) broken(rows);
        break;
      }
      at = close.at + 1;
      // Blanks between the quote and what comes next are passed over.
      while (at < size && bytes[at] === 32 && cut !== 32) at++;
      let end = at;
      if (bytes[at] === RETURN && line !== RETURN && bytes[at + 1] === line) end = at + 1;
      if (end >= size && !last) break;
      cells.add(start + 1, close.at, close.doubled);
      if (end >= size) {
        endRow(size);
        at = size;
        break;
      }
      if (bytes[end] === line) {
        at = end + 1;
        endRow(at);
      } else if (bytes[at] === cut && isCut(at)) {
        at += width;
        if (at >= size) {
          if (!last) break;
          cells.add(at, at, false);
          endRow(size);
        }
      } else if (last || at + 1 < size) broken(rows);
      else break;
      continue;
    }
    const begins = bytes[at] ?? 0;
    if (quick && begins >= MINUS && begins <= NINE) {
      const end = cells.addNumber(at, cut, line);
      if (end >= 0) {
        at = end + 1;
        if (bytes[end] === line) endRow(at);
        else if (at >= size && last) {
          cells.add(at, at, false);
          endRow(size);
        }
        continue;
      }
    }
    while (at < size) {
      const code = bytes[at];
      if (code === line || (code === cut && isCut(at))) break;
      at++;
    }
    if (at >= size && !last) break;
    const ends = at >= size || bytes[at] === line;
    const end = ends && at > start && line !== RETURN && bytes[at - 1] === RETURN ? at - 1 : at;
    cells.add(start, end, false);
    if (ends) {
      at = Math.min(size, at + 1);
      endRow(at);
    } else {
      at += width;
      if (at >= size && last) {
        cells.add(at, at, false);
        endRow(size);
      }
    }
  }
  return { end: last ? size : rowStart, rows };
}

function closingQuote(bytes: Buffer, from: number): { readonly at: number; readonly doubled: boolean } {
  let doubled = false;
  for (let at = from; ; ) {
    const found = bytes.indexOf(QUOTE, at);
    if (found < 0) return { at: -1, doubled };
    if (bytes[found + 1] !== QUOTE) return { at: found, doubled };
    doubled = true;
    at = found + 2;
  }
}
