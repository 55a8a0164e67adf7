/** Files in the IDX form of the MNIST data set: one file, one column. */
import type { DataHeader, FileResult } from '../../files.ts';
import { known } from '../../shapes/dim.ts';
import { type TensorType, tensor } from '../../shapes/type.ts';
import { source } from '../define.ts';
import type { Refusal } from '../entry.ts';
import { atSetting, refuse } from '../refuse.ts';
import { unknownColumn, unreadable, wrongKind } from '../rules/files.ts';

type Idx = Extract<DataHeader, { kind: 'idx' }>;

export const idx = source('idx', {
  doc: 'Reads IDX files (the form of MNIST), packed with gzip or not. Each argument names a raw column and the file that it comes from; the files must have equally many rows.',
  source: 'Yann LeCun’s description of the MNIST files',
  examples: ['idx(images: "train-images-idx3-ubyte.gz", labels: "train-labels-idx1-ubyte.gz")'],
  settings: {},
  filesByColumn: true,
  columns(settings, header) {
    const problems: Refusal[] = [];
    const counts: { readonly name: string; readonly rows: number }[] = [];
    const columns = Object.entries(settings).map(([name, path]) => {
      const found = path === null ? undefined : header(path);
      const idxHeader = readIdx(name, found, problems);
      if (!idxHeader) return { name, type: unknownColumn(name) };
      counts.push({ name, rows: idxHeader.shape[0] ?? 0 });
      return { name, type: rowType(name, idxHeader) };
    });
    const unequal = unlikeCounts(counts);
    return { columns, problems: unequal ? [...problems, unequal] : problems };
  },
});

function readIdx(name: string, found: FileResult<DataHeader> | undefined, problems: Refusal[]): Idx | undefined {
  if (found === undefined) return undefined;
  if (!found.ok) problems.push(unreadable(name, found));
  else if (found.value.kind === 'idx') return found.value;
  else problems.push(wrongKind(name, 'idx', found.value.kind));
  return undefined;
}

function rowType(name: string, header: Idx): TensorType {
  const facts = { column: name, ...(header.range ? { range: header.range } : {}) };
  return tensor(
    header.dtype,
    header.shape.slice(1).map((size) => known(size)),
    { facts },
  );
}

function unlikeCounts(counts: readonly { readonly name: string; readonly rows: number }[]): Refusal | undefined {
  const [first] = counts;
  const other = counts.find((column) => column.rows !== first?.rows);
  if (!first || !other) return undefined;
  const values = { first: first.name, firstRows: first.rows, other: other.name, otherRows: other.rows };
  return refuse('data/unequal-rows', values, { at: atSetting(other.name) });
}
