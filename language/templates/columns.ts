/** What the columns of a table are for: the likely target, numbers, kinds, texts, and those that name their rows. */
import type { ColumnSample, DataHeader } from '../files.ts';

const TARGETS = [
  ...['target', 'label', 'labels', 'y', 'outcome', 'survived', 'diagnosis', 'churn', 'species', 'sentiment', 'class'],
  ...['output', 'result', 'kind', 'category', 'quality', 'price', 'saleprice', 'medv', 'mpg', 'value', 'score'],
  ...['rating', 'income'],
];
/** A column of so many kinds at the most is turned into a place for each. */
const MOST_KINDS = 12;
/** So many classes at the most are learned. */
const MOST_CLASSES = 50;

export interface Columns {
  readonly target: ColumnSample;
  /** The target names classes, so many of them; undefined: it is a number. */
  readonly classes: number | undefined;
  readonly numbers: readonly ColumnSample[];
  readonly kinds: readonly (ColumnSample & { readonly width: number })[];
  /** Those that are of no use: ids, texts of their own in every row. */
  readonly left: readonly string[];
}

/** The columns of a table, where it has some and one of them can be a target. */
export function columnsOf(header: DataHeader): readonly ColumnSample[] {
  switch (header.kind) {
    case 'csv':
    case 'jsonl':
      return header.columns;
    case 'parquet':
      return header.columns ?? [];
    default:
      return [];
  }
}

/** Sorts the columns of a table by their use. */
export function sortColumns(columns: readonly ColumnSample[]): Columns | undefined {
  const target = targetOf(columns);
  if (target === undefined) return undefined;
  const numbers: ColumnSample[] = [];
  const kinds: (ColumnSample & { readonly width: number })[] = [];
  const left: string[] = [];
  for (const column of columns) {
    if (column === target) continue;
    const width = kindsOf(column);
    if (column.list !== undefined || isId(column)) left.push(column.name);
    else if (isNumber(column)) numbers.push(column);
    else if (width !== undefined && width <= MOST_KINDS) kinds.push({ ...column, width });
    else left.push(column.name);
  }
  if (numbers.length + kinds.length === 0) return undefined;
  return { target, classes: classesOf(target), numbers, kinds, left };
}

function targetOf(columns: readonly ColumnSample[]): ColumnSample | undefined {
  const usable = columns.filter((column) => column.list === undefined && !isId(column) && isTarget(column));
  const byName = (name: string) =>
    usable.find((column) => column.name.toLowerCase().replace(/[^a-z0-9]/gu, '') === name);
  for (const name of TARGETS) {
    const found = byName(name);
    if (found !== undefined) return found;
  }
  return usable.at(-1);
}

/** Gaps in what is to be learned cannot be filled. */
function isTarget(column: ColumnSample): boolean {
  return column.missing === 0 && (isNumber(column) || classesOf(column) !== undefined);
}

/** How many classes a column names; undefined where it is a number to be guessed, or names too many. */
export function classesOf(column: ColumnSample): number | undefined {
  const count = kindsOf(column);
  if (count === undefined || count < 2 || count > MOST_CLASSES) return undefined;
  if (column.type === 'string' || column.type === 'bool') return count;
  return column.type === 'int' && count <= 10 && count * 5 <= column.sampled ? count : undefined;
}

/** How many different values there are, as far as one can know: all of them in a small file. */
export function kindsOf(column: ColumnSample): number | undefined {
  const { classes } = column;
  return classes === undefined ? (column.distinct < column.sampled ? column.distinct : undefined) : classes.count;
}

export function isNumber(column: ColumnSample): boolean {
  return (column.type === 'int' || column.type === 'float') && column.long !== true && column.odd === undefined;
}

/** A number or text for each row, which says nothing. */
export function isId(column: ColumnSample): boolean {
  if (/^(?:id|index|uuid|key|unnamed.*)$|(?:_id|Id|ID)$/u.test(column.name)) return true;
  return column.long === true || (column.type === 'string' && column.distinct === column.sampled);
}
