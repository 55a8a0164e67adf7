/** The header of an IDX file (the form of MNIST): two zero bytes, the type, the number of axes, their sizes big-endian. */
import type { ArrayHeader } from '../files.ts';
import { lookAt } from './numbers.ts';

interface Cell {
  readonly dtype: ArrayHeader['dtype'];
  readonly bytes: number;
  readonly read: (view: DataView, at: number) => number;
}

const cells: Readonly<Record<number, Cell>> = {
  8: { dtype: 'uint8', bytes: 1, read: (view, at) => view.getUint8(at) },
  9: { dtype: 'int32', bytes: 1, read: (view, at) => view.getInt8(at) },
  11: { dtype: 'int32', bytes: 2, read: (view, at) => view.getInt16(at) },
  12: { dtype: 'int32', bytes: 4, read: (view, at) => view.getInt32(at) },
  13: { dtype: 'float32', bytes: 4, read: (view, at) => view.getFloat32(at) },
  14: { dtype: 'float32', bytes: 8, read: (view, at) => view.getFloat64(at) },
};

/** More numbers than these are not looked at. */
const MOST = 1 << 20;

/** The header in a file's first (unpacked) bytes, with what its numbers are as far as they are there; undefined: no IDX. */
export function parseIdx(bytes: Uint8Array): ArrayHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint16(0) !== 0) return undefined;
  const cell = cells[view.getUint8(2)];
  const rank = view.getUint8(3);
  const start = 4 + 4 * rank;
  if (!cell || rank < 1 || rank > 8 || bytes.length < start) return undefined;
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const total = shape.reduce((product, size) => product * size, 1);
  const there = Math.floor((view.byteLength - start) / cell.bytes);
  const count = Math.min(total, there, MOST);
  const found = lookAt({
    count,
    read: (index) => cell.read(view, start + index * cell.bytes),
    size: Math.max(1, total / Math.max(1, shape[0] ?? 1)),
    single: rank === 1 && cell.dtype !== 'float32',
    whole: count === total,
  });
  return { kind: 'idx', dtype: cell.dtype, shape, ...found };
}
