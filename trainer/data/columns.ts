/**
 * Columns that grow while a source is read, in blocks of rows: in memory as long as the budget lasts, then in a file. Any row
 * can be read at any time without its block being loaded.
 */
import type { Budget } from './memory.ts';
import type { Column } from './source.ts';
import { Spill } from './spill.ts';
import type { Values } from './values.ts';

/** 2^16 rows a block. */
const BITS = 16;
const BLOCK = 1 << BITS;
const MASK = BLOCK - 1;

/** What all columns of a table share. */
export interface Shelf {
  readonly budget: Budget;
  readonly spill: Spill;
}

export function newShelf(budget: Budget): Shelf {
  return { budget, spill: new Spill() };
}

/** Blocks of fixed cells, `T` the kind of array. */
class Blocks<T extends Float64Array | Uint32Array> {
  readonly #shelf: Shelf;
  readonly #make: (length: number) => T;
  /** An array in memory, or where it stands in the file. */
  readonly #blocks: (T | number)[] = [];
  #open: T;
  #filled = 0;
  readonly #one: T;
  readonly #oneBytes: Uint8Array;

  constructor(shelf: Shelf, make: (length: number) => T) {
    this.#shelf = shelf;
    this.#make = make;
    this.#open = make(1024);
    this.#one = make(1);
    this.#oneBytes = new Uint8Array(this.#one.buffer);
  }

  get length(): number {
    return this.#blocks.length * BLOCK + this.#filled;
  }

  push(value: number): void {
    if (this.#filled === this.#open.length) this.#grow();
    this.#open[this.#filled++] = value;
  }

  /** The first `count` of them. */
  pushMany(values: T, count: number): void {
    for (let from = 0; from < count; ) {
      if (this.#filled === this.#open.length) this.#grow();
      const taken = Math.min(count - from, this.#open.length - this.#filled);
      this.#open.set(values.subarray(from, from + taken), this.#filled);
      this.#filled += taken;
      from += taken;
    }
  }

  /** A small table never takes a whole block. */
  #grow(): void {
    if (this.#open.length < BLOCK) {
      const larger = this.#make(this.#open.length * 4);
      larger.set(this.#open);
      this.#open = larger;
      return;
    }
    const { budget, spill } = this.#shelf;
    if (budget.take(this.#open.byteLength)) {
      this.#blocks.push(this.#open);
      this.#open = this.#make(BLOCK);
    } else {
      this.#blocks.push(spill.append(new Uint8Array(this.#open.buffer, 0, this.#open.byteLength)));
    }
    this.#filled = 0;
  }

  at(row: number): number {
    const block = this.#blocks[row >>> BITS] ?? this.#open;
    if (typeof block !== 'number') return block[row & MASK] ?? 0;
    this.#shelf.spill.read(this.#oneBytes, block + (row & MASK) * this.#one.BYTES_PER_ELEMENT);
    return this.#one[0] ?? 0;
  }
}

/** Numbers; an empty cell is not-a-number. */
export class NumberColumn {
  readonly #blocks: Blocks<Float64Array>;

  constructor(shelf: Shelf) {
    this.#blocks = new Blocks(shelf, (length) => new Float64Array(length));
  }

  get length(): number {
    return this.#blocks.length;
  }

  push(value: number): void {
    this.#blocks.push(value);
  }

  /** The first `count` of them. */
  pushMany(values: Float64Array, count: number): void {
    this.#blocks.pushMany(values, count);
  }

  at(row: number): number {
    return this.#blocks.at(row);
  }

  /** The finished column. */
  column(whole: boolean, where: Column['where']): Column {
    return {
      gather: (rows): Values => {
        const data = new Float64Array(rows.length);
        for (let i = 0; i < rows.length; i++) data[i] = this.#blocks.at(rows[i] ?? 0);
        return { dtype: whole ? 'int32' : 'float32', shape: [], count: rows.length, data };
      },
      where,
    };
  }
}

/** Code points of a text, one a row. */
export class CodeColumn {
  readonly #blocks: Blocks<Uint32Array>;
  readonly #texts: string[] = [];

  constructor(shelf: Shelf) {
    this.#blocks = new Blocks(shelf, (length) => new Uint32Array(length));
  }

  get length(): number {
    return this.#blocks.length;
  }

  push(code: number): void {
    this.#blocks.push(code);
  }

  at(row: number): number {
    return this.#blocks.at(row);
  }

  gather(rows: Uint32Array): Values {
    const data: string[] = new Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      const code = this.#blocks.at(rows[i] ?? 0);
      data[i] = this.#texts[code] ??= String.fromCodePoint(code);
    }
    return { dtype: 'string', shape: [], count: rows.length, data };
  }
}

interface TextBlock {
  /** Where each text begins, and the last one ends. */
  readonly starts: Uint32Array;
  readonly bytes: Buffer;
}

/** Texts in UTF-8. */
export class TextColumn {
  readonly #shelf: Shelf;
  readonly #blocks: (TextBlock | { readonly at: number })[] = [];
  #starts = new Uint32Array(BLOCK + 1);
  #bytes = Buffer.allocUnsafe(4096);
  #filled = 0;
  #used = 0;
  #length = 0;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  get length(): number {
    return this.#length;
  }

  push(text: string): void {
    const bytes = text === '' ? EMPTY : Buffer.from(text);
    this.pushBytes(bytes, 0, bytes.length);
  }

  pushBytes(from: Buffer, start: number, end: number): void {
    const length = end - start;
    if (this.#used + length > this.#bytes.length) this.#enlarge(length);
    // Calling out for some bytes takes longer than moving them.
    if (length > 48) from.copy(this.#bytes, this.#used, start, end);
    else for (let i = 0; i < length; i++) this.#bytes[this.#used + i] = from[start + i] ?? 0;
    this.#used += length;
    this.#starts[++this.#filled] = this.#used;
    this.#length++;
    if (this.#filled === BLOCK) this.#close();
  }

  #enlarge(needed: number): void {
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#used + needed));
    this.#bytes.copy(larger, 0, 0, this.#used);
    this.#bytes = larger;
  }

  #close(): void {
    const { budget, spill } = this.#shelf;
    const size = this.#used + this.#starts.byteLength;
    if (budget.take(size)) {
      this.#blocks.push({ starts: this.#starts, bytes: this.#bytes.subarray(0, this.#used) });
      this.#starts = new Uint32Array(BLOCK + 1);
      this.#bytes = Buffer.allocUnsafe(Math.max(4096, this.#used));
    } else {
      const at = spill.append(new Uint8Array(this.#starts.buffer));
      spill.append(this.#bytes.subarray(0, this.#used));
      this.#blocks.push({ at });
    }
    this.#filled = 0;
    this.#used = 0;
  }

  at(row: number): string {
    const block = this.#blocks[row >>> BITS];
    const place = row & MASK;
    if (block === undefined)
      return this.#bytes.toString('utf8', this.#starts[place] ?? 0, this.#starts[place + 1] ?? 0);
    if ('starts' in block) return block.bytes.toString('utf8', block.starts[place] ?? 0, block.starts[place + 1] ?? 0);
    const range = new Uint32Array(2);
    this.#shelf.spill.read(new Uint8Array(range.buffer), block.at + place * 4);
    const [from = 0, to = 0] = range;
    const bytes = Buffer.alloc(to - from);
    this.#shelf.spill.read(bytes, block.at + (BLOCK + 1) * 4 + from);
    return bytes.toString('utf8');
  }

  column(where: Column['where']): Column {
    return {
      gather: (rows): Values => ({
        dtype: 'string',
        shape: [],
        count: rows.length,
        data: Array.from(rows, (row) => this.at(row)),
      }),
      where,
    };
  }
}

const EMPTY = Buffer.alloc(0);
