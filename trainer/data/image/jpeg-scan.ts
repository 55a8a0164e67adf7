/** The coded blocks of a JPEG file: bits, Huffman codes, coefficients. */
import { type Frame, ZIGZAG } from './jpeg.ts';
import { inverseCosine } from './jpeg-cosine.ts';

/** Codes of up to eight bits are looked up at once: length and value; the others by their length. */
export interface Huffman {
  /** By the next eight bits: `length << 8 | value`; 0: a longer code. */
  readonly short: Uint16Array;
  /** By length: the largest code (−1: none), and what to add to a code for its place among the values. */
  readonly largest: Int32Array;
  readonly offset: Int32Array;
  readonly values: Uint8Array;
}

/** Undefined: no such code can be. */
export function huffmanOf(counts: Uint8Array, values: Uint8Array): Huffman | undefined {
  const short = new Uint16Array(256);
  const largest = new Int32Array(18).fill(-1);
  const offset = new Int32Array(18);
  let code = 0;
  let place = 0;
  for (let length = 1; length <= 16; length++) {
    const count = counts[length - 1] ?? 0;
    offset[length] = place - code;
    for (let i = 0; i < count; i++, code++, place++) {
      if (length > 8) continue;
      const from = code << (8 - length);
      short.fill((length << 8) | (values[place] ?? 0), from, from + (1 << (8 - length)));
    }
    if (count > 0) largest[length] = code - 1;
    if (code > 1 << length) return undefined;
    code <<= 1;
  }
  return place === values.length ? { short, largest, offset, values } : undefined;
}

export interface Tables {
  readonly first: Huffman | undefined;
  readonly rest: Huffman | undefined;
}

/** Fills the samples of the frame. False: the bits make no sense, or end too early. */
export function decodeScan(
  bytes: Buffer,
  start: number,
  frame: Frame,
  tables: readonly Tables[],
  interval: number,
): boolean {
  const reader = new BitReader(bytes, start);
  const { components } = frame;
  const before = new Int32Array(components.length);
  const block = new Int32Array(64);
  const [unitsAcross, unitsDown] = [
    Math.ceil(frame.width / (8 * frame.across)),
    Math.ceil(frame.height / (8 * frame.down)),
  ];
  const units = unitsAcross * unitsDown;
  for (let unit = 0; unit < units; unit++) {
    if (interval > 0 && unit > 0 && unit % interval === 0) {
      if (!reader.restart()) return false;
      before.fill(0);
    }
    const [row, column] = [Math.floor(unit / unitsAcross), unit % unitsAcross];
    for (let c = 0; c < components.length; c++) {
      const component = components[c];
      const { first, rest } = tables[c] ?? {};
      if (component === undefined || first === undefined || rest === undefined) return false;
      for (let v = 0; v < component.down; v++) {
        for (let h = 0; h < component.across; h++) {
          block.fill(0);
          const added = reader.readBlock(block, first, rest, component.quantised, before[c] ?? 0);
          if (added === undefined) return false;
          before[c] = added;
          const to = (row * component.down + v) * 8 * component.stride + (column * component.across + h) * 8;
          inverseCosine(block, component.samples, to, component.stride);
        }
      }
    }
  }
  return !reader.over;
}

class BitReader {
  readonly #bytes: Buffer;
  #at: number;
  #bits = 0;
  #count = 0;
  #padded = 0;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** More bits were read than there are. */
  get over(): boolean {
    return this.#padded * 8 > this.#count;
  }

  /** Goes on behind the next restart marker. */
  restart(): boolean {
    if (this.over) return false;
    this.#bits = 0;
    this.#count = 0;
    this.#padded = 0;
    const marker = this.#bytes[this.#at + 1] ?? 0;
    if (this.#bytes[this.#at] !== 0xff || marker < 0xd0 || marker > 0xd7) return false;
    this.#at += 2;
    return true;
  }

  /** At least 17 bits are there afterwards; behind a marker they are 0. */
  #fill(): void {
    while (this.#count <= 24) {
      let byte = this.#bytes[this.#at];
      if (byte === undefined || (byte === 0xff && this.#bytes[this.#at + 1] !== 0)) {
        byte = 0;
        this.#padded++;
      } else this.#at += byte === 0xff ? 2 : 1;
      this.#bits = (this.#bits << 8) | byte;
      this.#count += 8;
    }
  }

  #symbol(table: Huffman): number {
    if (this.#count < 17) this.#fill();
    const entry = table.short[(this.#bits >>> (this.#count - 8)) & 0xff] ?? 0;
    if (entry !== 0) {
      this.#count -= entry >> 8;
      return entry & 0xff;
    }
    for (let length = 9; length <= 16; length++) {
      const code = (this.#bits >>> (this.#count - length)) & ((1 << length) - 1);
      if (code > (table.largest[length] ?? -1)) continue;
      this.#count -= length;
      return table.values[code + (table.offset[length] ?? 0)] ?? -1;
    }
    return -1;
  }

  /** A number of so many bits, as JPEG writes signed ones. */
  #number(length: number): number {
    if (length === 0) return 0;
    if (this.#count < length) this.#fill();
    this.#count -= length;
    const value = (this.#bits >>> this.#count) & ((1 << length) - 1);
    return value < 1 << (length - 1) ? value - (1 << length) + 1 : value;
  }

  /** The coefficients of a block, each multiplied by its step; answers its first one, undefined where the bits make no sense. */
  readBlock(block: Int32Array, first: Huffman, rest: Huffman, steps: Int32Array, before: number): number | undefined {
    const length = this.#symbol(first);
    if (length < 0 || length > 15) return undefined;
    const value = before + this.#number(length);
    block[0] = value * (steps[0] ?? 1);
    for (let place = 1; place < 64; ) {
      const symbol = this.#symbol(rest);
      if (symbol < 0) return undefined;
      const [zeros, bits] = [symbol >> 4, symbol & 15];
      if (bits === 0) {
        if (zeros < 15) break;
        place += 16;
        continue;
      }
      place += zeros;
      if (place > 63) return undefined;
      const to = ZIGZAG[place] ?? 0;
      block[to] = this.#number(bits) * (steps[to] ?? 1);
      place++;
    }
    return value;
  }
}
