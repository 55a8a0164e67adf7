/**
 * Plain JPEG files (baseline, 8 bits, grey or YCbCr), to the same bytes as libjpeg gives: its whole-number cosine transform,
 * its smooth colours, its conversion. Everything else is left to sharp.
 */
import type { Picture } from './decode.ts';
import { coloursOf } from './jpeg-colours.ts';
import { decodeScan, type Huffman, huffmanOf } from './jpeg-scan.ts';

export interface Component {
  readonly id: number;
  /** How many blocks of a unit lie side by side, and above each other. */
  readonly across: number;
  readonly down: number;
  readonly quantised: Int32Array;
  /** Samples in a line of `samples`, and lines; whole units. */
  readonly stride: number;
  readonly lines: number;
  readonly samples: Uint8Array;
}

export interface Frame {
  readonly height: number;
  readonly width: number;
  /** The largest `across` and `down`. */
  readonly across: number;
  readonly down: number;
  readonly components: readonly Component[];
}

/** By marker: what a plain file may hold besides its tables, frame and scan. */
const SKIPPED = (marker: number): boolean => (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;
const ADOBE = 0xee;

/** Where the coefficients of a block stand in the file. */
export const ZIGZAG = Uint8Array.of(
  ...[0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21],
  ...[28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61],
  ...[54, 47, 55, 62, 63],
);

/** Undefined: not such a file, or a damaged one. */
export function decodeJpeg(bytes: Buffer): Picture | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  const quantised: Int32Array[] = [];
  const huffman = new Map<number, Huffman>();
  let frame: Frame | undefined;
  let interval = 0;
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    const body = bytes.subarray(at + 4, end);
    if (end > bytes.length) return undefined;
    if (marker === 0xdb) {
      if (!readQuantised(body, quantised)) return undefined;
    } else if (marker === 0xc4) {
      if (!readHuffman(body, huffman)) return undefined;
    } else if (marker === 0xc0) {
      frame = readFrame(body, quantised);
      if (frame === undefined) return undefined;
    } else if (marker === 0xdd) interval = body.readUInt16BE(0);
    else if (marker === 0xda) {
      if (frame === undefined || body[0] !== frame.components.length) return undefined;
      const tables = frame.components.map((component, i) => tablesOf(body, i, component, huffman));
      if (!decodeScan(bytes, end, frame, tables, interval)) return undefined;
      return coloursOf(frame);
    } else if (!SKIPPED(marker) || marker === ADOBE) return undefined;
    at = end;
  }
  return undefined;
}

function readQuantised(body: Buffer, tables: Int32Array[]): boolean {
  for (let at = 0; at < body.length; at += 65) {
    const head = body[at] ?? 0;
    if (head > 3 || at + 65 > body.length) return false;
    const table = new Int32Array(64);
    for (let i = 0; i < 64; i++) table[ZIGZAG[i] ?? 0] = body[at + 1 + i] ?? 0;
    tables[head] = table;
  }
  return true;
}

function readHuffman(body: Buffer, tables: Map<number, Huffman>): boolean {
  for (let at = 0; at < body.length; ) {
    if (at + 17 > body.length) return false;
    const counts = body.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const table = huffmanOf(counts, body.subarray(at + 17, at + 17 + total));
    if (table === undefined) return false;
    tables.set(body[at] ?? 0, table);
    at += 17 + total;
  }
  return true;
}

function readFrame(body: Buffer, quantised: readonly Int32Array[]): Frame | undefined {
  if (body.length < 6 || body[0] !== 8) return undefined;
  const [height, width, count] = [body.readUInt16BE(1), body.readUInt16BE(3), body[5] ?? 0];
  if (height === 0 || width === 0 || (count !== 1 && count !== 3) || body.length < 6 + count * 3) return undefined;
  const heads = Array.from({ length: count }, (_, i) => {
    const sampling = body[7 + i * 3] ?? 0;
    return {
      id: body[6 + i * 3] ?? 0,
      across: sampling >> 4,
      down: sampling & 15,
      table: quantised[body[8 + i * 3] ?? 0],
    };
  });
  // One component by itself has units of one block, whatever it says.
  const single = count === 1;
  const across = single ? 1 : Math.max(...heads.map((head) => head.across));
  const down = single ? 1 : Math.max(...heads.map((head) => head.down));
  const [unitsAcross, unitsDown] = [Math.ceil(width / (8 * across)), Math.ceil(height / (8 * down))];
  const components: Component[] = [];
  for (const head of heads) {
    const own = single ? { across: 1, down: 1 } : head;
    if (head.table === undefined || own.across < 1 || own.down < 1 || own.across > 2 || own.down > 2) return undefined;
    const [stride, lines] = [unitsAcross * own.across * 8, unitsDown * own.down * 8];
    const samples = new Uint8Array(stride * lines);
    components.push({ id: head.id, across: own.across, down: own.down, quantised: head.table, stride, lines, samples });
  }
  // Ids of RGB say that the colours are not converted.
  if (!single && components.some(({ id }, i) => id !== i + 1)) return undefined;
  return { height, width, across, down, components };
}

function tablesOf(body: Buffer, index: number, component: Component, tables: ReadonlyMap<number, Huffman>) {
  const which = body[2 + index * 2] ?? 0;
  const known = body[1 + index * 2] === component.id;
  return { first: known ? tables.get(which >> 4) : undefined, rest: tables.get(16 + (which & 15)) };
}
