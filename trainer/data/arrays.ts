/** Columns of numbers in a regular arrangement (IDX, NPY): in memory where they fit, else read where they lie in their file. */
import type { PlanPlace } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import type { Stretches } from './bytes.ts';
import type { Column, SourceFile, Table } from './source.ts';
import { grouped, type Numbers, shapeText, sizeOf, type Values } from './values.ts';

/** How numbers lie in a file. */
export interface ArrayForm {
  readonly dtype: Values['dtype'];
  /** Of one row. */
  readonly shape: readonly number[];
  /** Of one number. */
  readonly bytes: number;
  /** `rowOf` tells the row of the i-th number, for errors. */
  readonly read: (view: DataView, count: number, rowOf: (index: number) => number) => Numbers;
}

export interface ArrayFile {
  readonly file: SourceFile;
  readonly rows: number;
  readonly shape: readonly number[];
  readonly column: Column;
}

/** The rows from byte `start` on. */
export function arrayColumn(path: string, bytes: Stretches, start: number, form: ArrayForm): Column {
  const size = sizeOf(form.shape);
  const where = (row: number): string => `row ${grouped(row)} of "${path}"`;
  const length = size * form.bytes;
  return {
    gather: (some) => {
      const buffer = new Uint8Array(some.length * length);
      // Neighbouring rows are read together.
      for (let from = 0; from < some.length; ) {
        const row = some[from] ?? 0;
        let to = from + 1;
        while (to < some.length && some[to] === row + (to - from)) to++;
        bytes.read(buffer.subarray(from * length, to * length), start + row * length);
        from = to;
      }
      const data = form.read(new DataView(buffer.buffer), some.length * size, (i) => some[Math.floor(i / size)] ?? 0);
      return { dtype: form.dtype, shape: form.shape, count: some.length, data };
    },
    where,
  };
}

/** A column from each file; all must have the same number of rows. */
export function arrayTable(read: readonly ArrayFile[], at: PlanPlace | undefined): Table {
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
  return { rows: first?.rows ?? 0, kind: 'rows', columns: new Map(read.map((one) => [one.file.key, one.column])) };
}
