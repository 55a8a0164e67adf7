/** Arrays as NumPy saves them: a head in text, then the numbers, row by row. */
import { type NpyHead, npyHead, type PlanPlace } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import { type ArrayFile, type ArrayForm, arrayColumn, arrayTable } from './arrays.ts';
import type { Shelf } from './columns.ts';
import type { SourceFile, Table } from './source.ts';
import { grouped, type Numbers, sizeOf } from './values.ts';

/** Reads one column from each file; all must have the same number of rows. */
export async function readNpy(files: readonly SourceFile[], at: PlanPlace | undefined, shelf: Shelf): Promise<Table> {
  const read: ArrayFile[] = [];
  for (const file of files) read.push(await readOne(file, at, shelf));
  return arrayTable(read, at);
}

/** The longest head that NumPy writes, and its magic word. */
const LONGEST_HEAD = 65536 + 16;

async function readOne(file: SourceFile, at: PlanPlace | undefined, shelf: Shelf): Promise<ArrayFile> {
  const { path } = file;
  const bytes = await file.bytes.open(shelf, lengthOf);
  const beginning = Buffer.alloc(Math.min(bytes.size, LONGEST_HEAD));
  bytes.read(beginning, 0);
  const head = npyHead(beginning);
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
  const { cell, shape, start } = head;
  const count = sizeOf(shape);
  const there = bytes.size - start;
  if (there !== count * cell.bytes) {
    throw new Failure(
      'data/npy-length',
      `"${path}" says that it holds ${shape.map(grouped).join(' × ')} numbers of ${cell.bytes} bytes, which is ${grouped(count * cell.bytes)} bytes, but ${grouped(there)} follow its head. It is cut off or damaged: save it again.`,
      at,
    );
  }
  const [rows = 0, ...rest] = shape;
  const form: ArrayForm = { dtype: cell.dtype, shape: rest, bytes: cell.bytes, read: reader(head, path, at) };
  return { file, rows, shape: rest, column: arrayColumn(path, bytes, start, form) };
}

/** How long a file should be that begins so. */
function lengthOf(beginning: Buffer): number {
  const head = npyHead(beginning);
  return typeof head === 'object' ? head.start + sizeOf(head.shape) * head.cell.bytes : 0;
}

/** What has 64 bits is narrowed; a whole number that does not fit is an error. */
function reader({ cell, little }: NpyHead, path: string, at: PlanPlace | undefined): ArrayForm['read'] {
  return (view, count, rowOf) => {
    const data = allocate(cell.dtype, count);
    for (let i = 0; i < count; i++) {
      const value = cell.read(view, i * cell.bytes, little);
      if (cell.dtype === 'int32' && (value < -(2 ** 31) || value >= 2 ** 31)) {
        throw new Failure(
          'data/npy-range',
          `"${path}" holds the whole number ${value} in row ${grouped(rowOf(i))}, which does not fit into int32 (±2,147,483,647).`,
          at,
        );
      }
      data[i] = value;
    }
    return data;
  };
}

/** Decimal numbers are rounded once, by their field. */
function allocate(dtype: ArrayForm['dtype'], count: number): Numbers {
  if (dtype === 'float32') return new Float64Array(count);
  return dtype === 'int32' ? new Int32Array(count) : new Uint8Array(count);
}
