/** Columns of files that hold one array each: IDX and NPY. */
import type { ArrayHeader, DataHeader, FileResult } from '../../files.ts';
import { known } from '../../shapes/dim.ts';
import { type Facts, type TensorType, tensor } from '../../shapes/type.ts';
import type { CheckedSettings, ReadHeader, Refusal, SourceColumns } from '../entry.ts';
import { atSetting, refuse } from '../refuse.ts';
import { unknownColumn, unreadable, wrongKind } from './files.ts';

export function arrayColumns(kind: 'idx' | 'npy', settings: CheckedSettings, header: ReadHeader): SourceColumns {
  const problems: Refusal[] = [];
  const counts: { readonly name: string; readonly rows: number }[] = [];
  const columns = Object.entries(settings).map(([name, path]) => {
    // What an archive of arrays holds only the run reads.
    const isArchive = kind === 'npy' && typeof path === 'string' && /\.npz$/iu.test(path);
    const found = typeof path === 'string' && !isArchive ? header(path, { kind }) : undefined;
    const array = readArray(kind, name, found, problems);
    if (!array) return { name, type: unknownColumn(name) };
    counts.push({ name, rows: array.shape[0] ?? 0 });
    return { name, type: rowType(name, array) };
  });
  const unequal = unlikeCounts(counts);
  const rows = counts.length === columns.length && !unequal ? counts[0]?.rows : undefined;
  return {
    columns,
    problems: unequal ? [...problems, unequal] : problems,
    ...(rows === undefined ? {} : { rows }),
  };
}

function readArray(
  kind: 'idx' | 'npy',
  name: string,
  found: FileResult<DataHeader> | undefined,
  problems: Refusal[],
): ArrayHeader | undefined {
  if (found === undefined) return undefined;
  const wrong = (problem: Refusal) => {
    problems.push(problem);
    return undefined;
  };
  if (!found.ok) return wrong(unreadable(name, found));
  const { value } = found;
  if (value.kind !== 'idx' && value.kind !== 'npy') return wrong(wrongKind(name, kind, value.kind));
  if (value.kind !== kind) return wrong(wrongKind(name, kind, value.kind));
  if (value.trouble) return wrong(refuse('data/array', { name }, { variant: value.trouble, at: atSetting(name) }));
  if (value.shape.length === 0)
    return wrong(refuse('data/array', { name }, { variant: 'single', at: atSetting(name) }));
  return value;
}

function rowType(name: string, header: ArrayHeader): TensorType {
  const sizes = header.shape.slice(1);
  const { range, classes, missing, dtype } = header;
  const whole = dtype === 'int32' || dtype === 'uint8';
  // The numbers of a map (pixels) have a range that layers care about; single numbers have one of their own each.
  const map = sizes.length >= 2 && range ? { values: mapRange(dtype, range) } : {};
  const facts: Facts = {
    column: name,
    ...(whole && range ? { range } : {}),
    ...map,
    ...(classes ? { classes } : {}),
    ...(missing ? { missing } : {}),
  };
  return tensor(
    dtype,
    sizes.map((size) => known(size)),
    { facts },
  );
}

/** Bytes of which large ones were seen may all be there. */
function mapRange(dtype: ArrayHeader['dtype'], range: readonly [number, number]): readonly [number, number] {
  return dtype === 'uint8' && range[1] > 1 ? [0, 255] : range;
}

function unlikeCounts(counts: readonly { readonly name: string; readonly rows: number }[]): Refusal | undefined {
  const [first] = counts;
  const other = counts.find((column) => column.rows !== first?.rows);
  if (!first || !other) return undefined;
  const values = { first: first.name, firstRows: first.rows, other: other.name, otherRows: other.rows };
  return refuse('data/unequal-rows', values, { at: atSetting(other.name) });
}
