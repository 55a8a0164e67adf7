/** What the numbers of an array are, gathered one by one: their range, their classes, and what is no number. */
import type { Classes, MissingCells } from '../shapes/sample.ts';

export interface NumbersFound {
  readonly range?: readonly [number, number];
  readonly classes?: Classes;
  readonly missing?: MissingCells;
}

/** Whole numbers beyond this are no class numbers. */
const MOST_CLASSES = 1000;
/** So many numbers are counted by class. */
const MOST_COUNTED = 1 << 18;

interface Asked {
  readonly count: number;
  readonly read: (index: number) => number;
  /** Numbers a row. */
  readonly size: number;
  /** Single whole numbers may be classes. */
  readonly single: boolean;
  readonly whole: boolean;
}

/** Looks at `count` numbers. */
export function lookAt(asked: Asked): NumbersFound {
  const { read, size, single } = asked;
  const count = single ? Math.min(asked.count, MOST_COUNTED) : asked.count;
  const whole = asked.whole && count === asked.count;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let missing = 0;
  let first = 0;
  const counts = new Map<number, number>();
  let last = Number.NaN;
  let changes = 0;
  for (let index = 0; index < count; index++) {
    const value = read(index);
    if (!Number.isFinite(value)) {
      if (missing++ === 0) first = Math.floor(index / size) + 1;
      continue;
    }
    if (value < low) low = value;
    if (value > high) high = value;
    if (!single || counts.size > MOST_CLASSES) continue;
    if (value !== last) changes++;
    last = value;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const sampled = Math.ceil(count / size);
  const classes = single ? classesOf(counts, changes, count, whole) : undefined;
  return {
    ...(low <= high ? { range: [low, high] as const } : {}),
    ...(classes ? { classes } : {}),
    ...(missing > 0 ? { missing: { count: missing, row: first, sampled, whole: false, infinite: true } } : {}),
  };
}

function classesOf(
  counts: ReadonlyMap<number, number>,
  changes: number,
  rows: number,
  whole: boolean,
): Classes | undefined {
  if (counts.size === 0 || counts.size > MOST_CLASSES || rows < 2 * counts.size) return undefined;
  const listed = [...counts].map(([name, count]) => ({ name: String(name), rows: count }));
  listed.sort((a, b) => b.rows - a.rows);
  const [most] = listed;
  const least = listed.at(-1);
  if (!most || !least) return undefined;
  const sorted = counts.size > 1 && changes === counts.size && rows >= 4 * counts.size;
  return { count: counts.size, whole, rows, most, least, sorted };
}
