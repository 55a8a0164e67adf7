/** Arrays as NumPy saves them: a head in text, then the numbers, row by row. */
import { npyHead, type PlanPlace } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import { gatherRows } from './idx.ts';
import type { Column, SourceFile, Table } from './source.ts';
import { grouped, type Numbers, shapeText, sizeOf, type Values } from './values.ts';

interface NpyFile {
  readonly file: SourceFile;
  readonly rows: number;
  readonly shape: readonly number[];
  readonly dtype: Values['dtype'];
  readonly data: Numbers;
}

/** Reads one column from each file; all must have the same number of rows. */
export function readNpy(files: readonly SourceFile[], at: PlanPlace | undefined): Table {
  const read = files.map((file) => readOne(file, at));
  const [first] = read;
  const other = read.find(({ rows }) => rows !== first?.rows);
  if (first && other) {
    throw new Failure(
      'data/count-mismatch',
      `The files of the source differ in their rows: "${first.file.path}" (\`${first.file.key}\`) has ${grouped(first.rows)} of ${shapeText(first.shape)}, ` +
        `"${other.file.path}" (\`${other.file.key}\`) has ${grouped(other.rows)} of ${shapeText(other.shape)}. Each row needs both: name files that belong together.`,
      at,
    );
  }
  return { rows: first?.rows ?? 0, kind: 'rows', columns: new Map(read.map((one) => [one.file.key, column(one)])) };
}

function readOne(file: SourceFile, at: PlanPlace | undefined): NpyFile {
  const { bytes, path } = file;
  const head = npyHead(bytes);
  if (head === undefined)
    throw new Failure('data/not-npy', `"${path}" is no array that NumPy saved. Name another file.`, at);
  if (head === 'fortran') {
    throw new Failure(
      'data/npy-order',
      `The array in "${path}" lies column by column (Fortran order). Save it row by row: np.save(path, np.ascontiguousarray(array)).`,
      at,
    );
  }
  if (head === 'type' || head.shape.length === 0) {
    throw new Failure(
      'data/npy-type',
      `"${path}" holds something else than numbers in rows. Save an array of numbers whose first axis counts the rows.`,
      at,
    );
  }
  const { cell, shape, start, little } = head;
  const count = sizeOf(shape);
  const there = bytes.length - start;
  if (there !== count * cell.bytes) {
    throw new Failure(
      'data/npy-length',
      `"${path}" says that it holds ${shape.map(grouped).join(' × ')} numbers of ${cell.bytes} bytes, which is ${grouped(count * cell.bytes)} bytes, but ${grouped(there)} follow its head. It is cut off or damaged: save it again.`,
      at,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, there);
  const data = allocate(cell.dtype, count);
  for (let i = 0; i < count; i++) {
    const value = cell.read(view, i * cell.bytes, little);
    if (cell.dtype === 'int32' && (value < -(2 ** 31) || value >= 2 ** 31)) {
      throw new Failure(
        'data/npy-range',
        `"${path}" holds the whole number ${value} in row ${grouped(Math.floor((i * (shape[0] ?? 1)) / count))}, which does not fit into int32 (±2,147,483,647).`,
        at,
      );
    }
    data[i] = value;
  }
  return { file, rows: shape[0] ?? 0, shape: shape.slice(1), dtype: cell.dtype, data };
}

/** Decimal numbers of 64 bits are rounded once, by their field. */
function allocate(dtype: Values['dtype'], count: number): Numbers {
  if (dtype === 'float32') return new Float64Array(count);
  return dtype === 'int32' ? new Int32Array(count) : new Uint8Array(count);
}

function column(one: NpyFile): Column {
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
