/** The header of a NumPy file: a magic word, a version, and a Python dictionary with element type, order and shape. */
import type { ArrayHeader } from '../files.ts';
import { lookAt } from './numbers.ts';

interface Cell {
  readonly dtype: ArrayHeader['dtype'];
  readonly bytes: number;
  readonly read: (view: DataView, at: number, little: boolean) => number;
}

/** By kind and size; what has 64 bits is narrowed, as the field's type says. */
const cells: Readonly<Record<string, Cell>> = {
  b1: { dtype: 'bool', bytes: 1, read: (view, at) => view.getUint8(at) },
  u1: { dtype: 'uint8', bytes: 1, read: (view, at) => view.getUint8(at) },
  i1: { dtype: 'int32', bytes: 1, read: (view, at) => view.getInt8(at) },
  u2: { dtype: 'int32', bytes: 2, read: (view, at, little) => view.getUint16(at, little) },
  i2: { dtype: 'int32', bytes: 2, read: (view, at, little) => view.getInt16(at, little) },
  u4: { dtype: 'int32', bytes: 4, read: (view, at, little) => view.getUint32(at, little) },
  i4: { dtype: 'int32', bytes: 4, read: (view, at, little) => view.getInt32(at, little) },
  i8: { dtype: 'int32', bytes: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  u8: { dtype: 'int32', bytes: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  f2: { dtype: 'float32', bytes: 2, read: (view, at, little) => half(view.getUint16(at, little)) },
  f4: { dtype: 'float32', bytes: 4, read: (view, at, little) => view.getFloat32(at, little) },
  f8: { dtype: 'float32', bytes: 8, read: (view, at, little) => view.getFloat64(at, little) },
};

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const MOST = 1 << 20;
const HEAD = /'descr':\s*'([<>|=])([a-zA-Z])(\d+)'.*'fortran_order':\s*(True|False).*'shape':\s*\(([^)]*)\)/su;

/** A NumPy file that no source reads: its reason as a word of the message. */
export type NpyTrouble = 'fortran' | 'type';

export interface NpyHead {
  readonly cell: Cell;
  readonly little: boolean;
  readonly shape: readonly number[];
  /** Where the numbers begin. */
  readonly start: number;
}

/** The head alone; undefined: no NumPy file, or one whose elements are no numbers. */
export function npyHead(bytes: Uint8Array): NpyHead | NpyTrouble | undefined {
  if (MAGIC.some((byte, index) => bytes[index] !== byte) || bytes.length < 12) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const long = (bytes[6] ?? 1) >= 2;
  const length = long ? view.getUint32(8, true) : view.getUint16(8, true);
  const from = long ? 12 : 10;
  const start = from + length;
  if (start > bytes.length || length > 1 << 16) return undefined;
  const text = String.fromCharCode(...bytes.subarray(from, start));
  const found = HEAD.exec(text);
  if (!found) return text.includes('descr') ? 'type' : undefined;
  const [, order, kind, size, fortran, sizes = ''] = found;
  const cell = cells[`${kind}${size}`];
  if (!cell) return 'type';
  const shape = sizes.split(',').flatMap((part) => (part.trim() === '' ? [] : [Number(part)]));
  if (fortran === 'True' && shape.length > 1) return 'fortran';
  return { cell, little: order !== '>', shape, start };
}

/** The header with what the numbers are as far as they are there. */
export function parseNpy(bytes: Uint8Array): ArrayHeader | NpyTrouble | undefined {
  const head = npyHead(bytes);
  if (head === undefined || typeof head === 'string') return head;
  const { cell, little, shape, start } = head;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const total = shape.reduce((product, size) => product * size, 1);
  const count = Math.min(total, Math.floor((bytes.length - start) / cell.bytes), MOST);
  const found = lookAt({
    count,
    read: (index) => cell.read(view, start + index * cell.bytes, little),
    size: Math.max(1, total / Math.max(1, shape[0] ?? 1)),
    single: shape.length === 1 && (cell.dtype === 'int32' || cell.dtype === 'uint8'),
    whole: count === total,
  });
  return { kind: 'npy', dtype: cell.dtype, shape, ...found };
}

function half(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits >> 15 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
