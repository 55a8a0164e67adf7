/** IDX files (the format of MNIST): a magic number, the sizes of the axes, then the numbers, big-endian. */
import type { PlanPlace } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import { type ArrayFile, arrayColumn, arrayTable } from './arrays.ts';
import type { Shelf } from './columns.ts';
import type { SourceFile, Table } from './source.ts';
import { alike, grouped, type Numbers, sizeOf } from './values.ts';

interface IdxType {
  readonly dtype: 'uint8' | 'int32' | 'float32';
  readonly bytes: number;
  readonly read: (view: DataView, count: number) => Numbers;
}

const types: Readonly<Record<number, IdxType>> = {
  8: { dtype: 'uint8', bytes: 1, read: (view, count) => new Uint8Array(view.buffer, view.byteOffset, count) },
  9: { dtype: 'int32', bytes: 1, read: (view, count) => Int32Array.from({ length: count }, (_, i) => view.getInt8(i)) },
  11: {
    dtype: 'int32',
    bytes: 2,
    read: (view, count) => Int32Array.from({ length: count }, (_, i) => view.getInt16(i * 2)),
  },
  12: {
    dtype: 'int32',
    bytes: 4,
    read: (view, count) => Int32Array.from({ length: count }, (_, i) => view.getInt32(i * 4)),
  },
  13: {
    dtype: 'float32',
    bytes: 4,
    read: (view, count) => Float32Array.from({ length: count }, (_, i) => view.getFloat32(i * 4)),
  },
  14: {
    dtype: 'float32',
    bytes: 8,
    read: (view, count) => Float64Array.from({ length: count }, (_, i) => view.getFloat64(i * 8)),
  },
};

/** Reads one column from each file; all must have the same number of rows. */
export async function readIdx(files: readonly SourceFile[], at: PlanPlace | undefined, shelf: Shelf): Promise<Table> {
  const read: ArrayFile[] = [];
  for (const file of files) read.push(await readOne(file, at, shelf));
  return arrayTable(read, at);
}

/** The longest head there can be: 255 axes. */
const LONGEST_HEAD = 4 + 255 * 4;

async function readOne(file: SourceFile, at: PlanPlace | undefined, shelf: Shelf): Promise<ArrayFile> {
  const { path } = file;
  const bytes = await file.bytes.open(shelf, lengthOf);
  const head = Buffer.alloc(Math.min(bytes.size, LONGEST_HEAD));
  bytes.read(head, 0);
  const type = head.length >= 4 && head.readUInt16BE(0) === 0 ? types[head[2] ?? 0] : undefined;
  const axes = head[3] ?? 0;
  if (type === undefined || axes === 0 || head.length < 4 + axes * 4) {
    const start = [...head.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    throw new Failure(
      'data/not-idx',
      `"${path}" is not an IDX file: it begins with the bytes ${start || '(none)'}, but an IDX file begins with 00 00, ` +
        'its type (08 for uint8) and its number of axes. Name another file, or use the source that fits it (csv, text).',
      at,
    );
  }
  const sizes = Array.from({ length: axes }, (_, axis) => head.readUInt32BE(4 + axis * 4));
  const expected = sizeOf(sizes) * type.bytes;
  const start = 4 + axes * 4;
  if (bytes.size - start !== expected) {
    const less =
      bytes.size - start < expected
        ? 'It is cut off: fetch it again.'
        : 'It has bytes left over: it is not what its head says.';
    const there =
      bytes.size - start < expected ? grouped(bytes.size - start) : `more than that, ${grouped(bytes.size - start)},`;
    throw new Failure(
      'data/idx-length',
      `"${path}" says that it holds ${sizes.map(grouped).join(' × ')} numbers of ${type.bytes} byte${type.bytes === 1 ? '' : 's'}, ` +
        `which is ${grouped(expected)} bytes, but ${there} follow its head. ${less}`,
      at,
    );
  }
  const [rows = 0, ...shape] = sizes;
  const form = { dtype: type.dtype, shape, bytes: type.bytes, read: type.read };
  return { file, rows, shape, column: arrayColumn(file.path, bytes, start, form) };
}

/** How long a file should be that begins so. */
function lengthOf(head: Buffer): number {
  const axes = head[3] ?? 0;
  if (head.length < 4 + axes * 4) return 0;
  const sizes = Array.from({ length: axes }, (_, axis) => head.readUInt32BE(4 + axis * 4));
  return 4 + axes * 4 + sizeOf(sizes) * (types[head[2] ?? 0]?.bytes ?? 0);
}

/** Copies whole rows out of a row-major array. */
export function gatherRows(from: Numbers, rows: Uint32Array, size: number): Numbers {
  const out = alike(from, rows.length * size);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    if (size === 1) out[i] = from[row] ?? 0;
    else out.set(from.subarray(row * size, (row + 1) * size), i * size);
  }
  return out;
}
