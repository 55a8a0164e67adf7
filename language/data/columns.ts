/** What the cells of a column are, gathered row by row: of tables as text, JSON lines, parts of file names. */
import type { ColumnSample } from '../files.ts';
import type { Classes, OddCell } from '../shapes/sample.ts';

const SHOWN_VALUES = 20;
/** A column with more distinct values than this has no classes. */
const MOST_CLASSES = 1000;
/** More distinct values than these are not counted. */
const MOST_VALUES = 200_000;
const WHOLE = /^[+-]?\d+$/u;
const INT32 = 2 ** 31;

/** Counts how often each value appears, and whether equal ones stand together. */
export interface Counter {
  add(value: string): void;
  /** `whole`: nothing was left out. Undefined where there are too many values to be classes. */
  classes(whole: boolean): Classes | undefined;
  readonly distinct: number;
  readonly first: readonly string[];
}

export function createCounter(): Counter {
  const counts = new Map<string, number>();
  let rows = 0;
  let last: string | undefined;
  let changes = 0;
  return {
    add(value) {
      rows++;
      if (value !== last) changes++;
      last = value;
      const before = counts.get(value);
      if (before !== undefined || counts.size < MOST_VALUES) counts.set(value, (before ?? 0) + 1);
    },
    classes(whole) {
      if (counts.size === 0 || counts.size > MOST_CLASSES || rows < 2 * counts.size) return undefined;
      const listed = [...counts].map(([name, count]) => ({ name, rows: count })).sort((a, b) => b.rows - a.rows);
      const [most] = listed;
      const least = listed.at(-1);
      if (!most || !least) return undefined;
      const names = listed.length <= SHOWN_VALUES ? { names: listed.map(({ name }) => name).sort() } : {};
      const sorted = counts.size > 1 && changes === counts.size && rows >= 4 * counts.size;
      return { count: counts.size, whole, rows, most, least, ...names, sorted };
    },
    get distinct() {
      return counts.size;
    },
    get first() {
      return [...counts.keys()].slice(0, SHOWN_VALUES);
    },
  };
}

/** Gathers the cells of one column. */
export interface ColumnReader {
  /** `cell` undefined: empty. `row` counts from 1. */
  add(cell: string | undefined, row: number): void;
  sample(whole: boolean): ColumnSample;
}

/** A column with few texts among many numbers is one of numbers with a mistake in it. */
const FEW = 0.05;
const COMMA = /^[+-]?\d+,\d+$/u;

export function createColumn(name: string): ColumnReader {
  const counter = createCounter();
  let sampled = 0;
  let missing = 0;
  let firstMissing: number | undefined;
  let numbers = 0;
  let wholes = 0;
  let longs = 0;
  let odd: { readonly row: number; readonly value: string } | undefined;
  let texts = 0;
  let counting = true;
  let commas = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;

  function type(): ColumnSample['type'] {
    if (numbers === 0 || texts > 0) return 'string';
    // An empty cell in a column of whole numbers makes it decimal: it is not a number there.
    return wholes === numbers && missing === 0 ? 'int' : 'float';
  }

  /** Few texts among many numbers, or numbers that are all written with a comma. */
  function oddCell(): OddCell | undefined {
    if (!odd) return undefined;
    if (commas === texts) return { ...odd, comma: true };
    return numbers >= 20 && texts <= FEW * (numbers + texts) ? odd : undefined;
  }

  return {
    add(cell, row) {
      sampled++;
      if (cell === undefined) {
        missing++;
        firstMissing ??= row;
        // In a column of texts the empty one is a value like the others.
        if (counting) counter.add('');
        return;
      }
      if (counting) counter.add(cell);
      const value = cell.trim() === '' ? Number.NaN : Number(cell);
      if (!Number.isFinite(value)) {
        texts++;
        if (COMMA.test(cell.trim())) commas++;
        odd ??= { row, value: cell };
        return;
      }
      numbers++;
      if (WHOLE.test(cell.trim())) {
        if (Math.abs(value) < INT32) wholes++;
        else if (Number.isSafeInteger(value)) longs++;
      }
      // Measured numbers are no classes: counting them would only take time.
      if (wholes < numbers) counting = false;
      low = Math.min(low, value);
      high = Math.max(high, value);
    },
    sample(whole) {
      const found = type();
      const told = found === 'string' ? oddCell() : undefined;
      const classes = found === 'float' || !counting || numbers + texts === 0 ? undefined : counter.classes(whole);
      return {
        name,
        type: found,
        missing,
        sampled,
        distinct: counter.distinct - (missing > 0 && found !== 'string' ? 1 : 0),
        ...(found !== 'string' && low <= high ? { range: [low, high] as const } : {}),
        values: counter.first.filter((value) => value !== ''),
        ...(firstMissing === undefined ? {} : { firstMissing }),
        ...(missing > 0 && found === 'float' && wholes === numbers ? { whole: true } : {}),
        ...(longs > 0 && found === 'float' && wholes + longs === numbers ? { long: true } : {}),
        ...(told ? { odd: told } : {}),
        ...(classes ? { classes } : {}),
      };
    },
  };
}
