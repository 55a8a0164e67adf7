/** The header of an IDX file (the form of MNIST): two zero bytes, the type, the number of axes, their sizes big-endian. */
import type { DataHeader } from '../files.ts';

type Idx = Extract<DataHeader, { kind: 'idx' }>;

interface Cell {
  readonly dtype: Idx['dtype'];
  readonly bytes: number;
  /** Whole numbers can be read for their range; decimals are not. */
  readonly read: ((view: DataView, at: number) => number) | undefined;
}

const cells: Readonly<Record<number, Cell>> = {
  8: { dtype: 'uint8', bytes: 1, read: (view, at) => view.getUint8(at) },
  9: { dtype: 'int32', bytes: 1, read: (view, at) => view.getInt8(at) },
  11: { dtype: 'int32', bytes: 2, read: (view, at) => view.getInt16(at) },
  12: { dtype: 'int32', bytes: 4, read: (view, at) => view.getInt32(at) },
  13: { dtype: 'float32', bytes: 4, read: undefined },
  14: { dtype: 'float32', bytes: 8, read: undefined },
};

/** The header in a file's first (unpacked) bytes, with the range of the whole numbers among them; undefined: no IDX. */
export function parseIdx(bytes: Uint8Array): Idx | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint16(0) !== 0) return undefined;
  const cell = cells[view.getUint8(2)];
  const rank = view.getUint8(3);
  const start = 4 + 4 * rank;
  if (!cell || rank < 1 || rank > 8 || bytes.length < start) return undefined;
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const range = cell.read && rangeOf(view, start, cell.bytes, cell.read);
  return { kind: 'idx', dtype: cell.dtype, shape, ...(range ? { range } : {}) };
}

function rangeOf(
  view: DataView,
  start: number,
  size: number,
  read: (view: DataView, at: number) => number,
): readonly [number, number] | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let at = start; at + size <= view.byteLength; at += size) {
    const value = read(view, at);
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : undefined;
}
