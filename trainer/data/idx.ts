/** IDX files (the format of MNIST): a magic number, the sizes of the axes, then the numbers, big-endian. */
import type { PlanPlace } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import type { Column, SourceFile, Table } from './source.ts';
import { grouped, type Numbers, shapeText, sizeOf } from './values.ts';

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

interface IdxFile {
  readonly file: SourceFile;
  readonly rows: number;
  readonly shape: readonly number[];
  readonly dtype: IdxType['dtype'];
  readonly data: Numbers;
}

/** Reads one column from each file; all must have the same number of rows. */
export function readIdx(files: readonly SourceFile[], at: PlanPlace | undefined): Table {
  const read = files.map((file) => readOne(file, at));
  const [first] = read;
  for (const other of read) {
    if (first !== undefined && other.rows !== first.rows) throw unequal(first, other, at);
  }
  return {
    rows: first?.rows ?? 0,
    kind: 'rows',
    columns: new Map(read.map((one) => [one.file.key, column(one)])),
  };
}

function readOne(file: SourceFile, at: PlanPlace | undefined): IdxFile {
  const { bytes, path } = file;
  const type = bytes.length >= 4 && bytes.readUInt16BE(0) === 0 ? types[bytes[2] ?? 0] : undefined;
  const axes = bytes[3] ?? 0;
  if (type === undefined || axes === 0 || bytes.length < 4 + axes * 4) {
    const start = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    throw new Failure(
      'data/not-idx',
      `"${path}" is not an IDX file: it begins with the bytes ${start || '(none)'}, but an IDX file begins with 00 00, ` +
        'its type (08 for uint8) and its number of axes. Name another file, or use the source that fits it (csv, text).',
      at,
    );
  }
  const sizes = Array.from({ length: axes }, (_, axis) => bytes.readUInt32BE(4 + axis * 4));
  const expected = sizeOf(sizes) * type.bytes;
  const start = 4 + axes * 4;
  if (bytes.length - start !== expected) {
    const less =
      bytes.length - start < expected
        ? 'It is cut off: fetch it again.'
        : 'It has bytes left over: it is not what its head says.';
    throw new Failure(
      'data/idx-length',
      `"${path}" says that it holds ${sizes.map(grouped).join(' × ')} numbers of ${type.bytes} byte${type.bytes === 1 ? '' : 's'}, ` +
        `which is ${grouped(expected)} bytes, but ${grouped(bytes.length - start)} follow its head. ${less}`,
      at,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, expected);
  return { file, rows: sizes[0] ?? 0, shape: sizes.slice(1), dtype: type.dtype, data: type.read(view, sizeOf(sizes)) };
}

function unequal(a: IdxFile, b: IdxFile, at: PlanPlace | undefined): Failure {
  return new Failure(
    'data/count-mismatch',
    `The files of the source differ in their rows: "${a.file.path}" (\`${a.file.key}\`) has ${grouped(a.rows)} of ${shapeText(a.shape)}, ` +
      `"${b.file.path}" (\`${b.file.key}\`) has ${grouped(b.rows)} of ${shapeText(b.shape)}. Each row needs both: name files that belong together.`,
    at,
  );
}

function column(one: IdxFile): Column {
  const size = sizeOf(one.shape);
  return {
    gather: (rows) => ({
      dtype: one.dtype,
      shape: one.shape,
      count: rows.length,
      data: gatherRows(one.data, rows, size),
    }),
    where: (row) => `row ${grouped(row)} of "${one.file.path}"`,
  };
}

/** Copies whole rows out of a row-major array. */
export function gatherRows<T extends Numbers>(from: T, rows: Uint32Array, size: number): T {
  const out = allocate(from, rows.length * size);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    if (size === 1) out[i] = from[row] ?? 0;
    else out.set(from.subarray(row * size, (row + 1) * size), i * size);
  }
  return out;
}

function allocate<T extends Numbers>(like: T, length: number): T {
  return new (like.constructor as { new (length: number): T })(length);
}
