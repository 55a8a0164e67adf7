/**
 * Rows and cells of a table in bytes (RFC 4180): a cell that begins with a quote ends with one, and two of them stand for one.
 * Rows without any content are passed over.
 */
import type { TextColumn } from './columns.ts';
import { numberIn, type ReadNumber } from './numbers.ts';

export interface CsvForm {
  readonly separator: string;
  readonly lineEnd: '\n' | '\r';
}

export const QUOTE = 34;
export const RETURN = 13;

/** The cells of one row; they are only there while the row is told. */
export class Cells {
  readonly #bytes: Buffer;
  /** Start and end of each, and whether it holds doubled quotes. */
  #ranges = new Uint32Array(64);
  #doubled = new Uint8Array(32);
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
    }
    this.#ranges[this.count * 2] = start;
    this.#ranges[this.count * 2 + 1] = end;
    this.#doubled[this.count++] = doubled ? 1 : 0;
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

function enlarged<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

export interface RowRange {
  readonly from: number;
  readonly most: number;
  readonly last: boolean;
}

/**
 * Tells each whole row of `bytes` from `from` on, `most` at the most; `last`: the end of the bytes ends the last row too. Answers
 * where the rest begins and how many rows there were, empty ones included. `broken` is told the row of a quote that is never
 * closed or has something behind it.
 */
export function readRows(
  bytes: Buffer,
  { separator, lineEnd }: CsvForm,
  { from, most, last }: RowRange,
  tell: (cells: Cells) => void,
  broken: (row: number) => never,
): { readonly end: number; readonly rows: number } {
  const separators = Buffer.from(separator);
  const [cut = 44] = separators;
  const width = separators.length;
  const line = lineEnd.charCodeAt(0);
  const cells = new Cells(bytes);
  const size = bytes.length;
  const isCut = (at: number): boolean => width === 1 || separators.every((code, i) => bytes[at + i] === code);
  let rowStart = from;
  let rows = 0;
  let at = from;
  const endRow = (next: number): void => {
    if (!cells.isEmpty) tell(cells);
    cells.clear();
    rows++;
    rowStart = next;
  };
  while (at < size && rows < most) {
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
  return { end: last && rows < most ? size : rowStart, rows };
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
