/**
 * Rows of a run's columns as they travel to the panel, and the panel's copy of the columns that is made of them.
 * The copy reads like `Columns`; `apply` is the only thing that changes it.
 */
import type { Columns } from './columns.ts';
import { type Check, isCount, isRecord, isText } from './guard.ts';
import { createPyramid, type Pyramid } from './pyramid.ts';
import type { ReadableColumns } from './run-view.ts';

/** Rows from `from` on; rows that the panel has from there on are replaced. Float64 and, for the values, Float32. */
export interface ColumnBlock {
  readonly from: number;
  readonly count: number;
  readonly step: ArrayBuffer;
  readonly time: ArrayBuffer;
  readonly names: readonly string[];
  readonly values: readonly ArrayBuffer[];
}

export interface ColumnCopy extends ReadableColumns {
  /** Puts the rows of a block in. */
  apply(block: ColumnBlock): void;
  /** Rows in which the series isn't finite: the first thousand. */
  broken(name: string): readonly number[];
}

/** Rows `from` to `to` (exclusive) of the columns as they travel. */
export function blockOf(columns: Columns, from: number, to: number): ColumnBlock {
  return {
    from,
    count: to - from,
    step: columns.step.slice(from, to).buffer,
    time: columns.time.slice(from, to).buffer,
    names: columns.series.map((series) => series.name),
    values: columns.series.map((series) => series.values.slice(from, to).buffer),
  };
}

interface Growing {
  values: Float32Array;
  readonly name: string;
  readonly pyramid: Pyramid;
  readonly broken: number[];
}

const START = 1024;
const BROKEN_KEPT = 1000;

/** A copy without rows. */
export function createColumnCopy(): ColumnCopy {
  let length = 0;
  let step = new Float64Array(START);
  let time = new Float64Array(START);
  const byName = new Map<string, Growing>();

  const makeRoom = (rows: number): void => {
    if (rows <= step.length) return;
    const size = Math.max(rows, step.length * 2);
    step = longer(step, new Float64Array(size));
    time = longer(time, new Float64Array(size));
    for (const one of byName.values()) one.values = longer(one.values, new Float32Array(size).fill(Number.NaN));
  };
  const cut = (rows: number): void => {
    length = rows;
    for (const one of byName.values()) {
      one.pyramid.cut(rows);
      one.values.fill(Number.NaN, rows);
      while ((one.broken.at(-1) ?? -1) >= rows) one.broken.pop();
    }
  };
  const seriesFor = (name: string): Growing => {
    const known = byName.get(name);
    if (known !== undefined) return known;
    const values = new Float32Array(step.length).fill(Number.NaN);
    const made: Growing = { name, values, pyramid: createPyramid(), broken: [] };
    byName.set(name, made);
    return made;
  };

  return {
    get length() {
      return length;
    },
    get step() {
      return step;
    },
    get time() {
      return time;
    },
    get: (name) => byName.get(name),
    broken: (name) => byName.get(name)?.broken ?? [],
    apply(block) {
      makeRoom(block.from + block.count);
      if (block.from < length) cut(block.from);
      step.set(new Float64Array(block.step), block.from);
      time.set(new Float64Array(block.time), block.from);
      block.names.forEach((name, index) => {
        const buffer = block.values[index];
        if (buffer !== undefined) seriesFor(name).values.set(new Float32Array(buffer), block.from);
      });
      length = block.from + block.count;
      for (const one of byName.values()) {
        noteBroken(one, block.from, length);
        one.pyramid.grow(one.values, length);
      }
    },
  };
}

/** Is it a block whose buffers are as long as it says? */
export const isColumnBlock: Check = (value) => {
  if (!isRecord(value) || !isCount(value.from) || !isCount(value.count)) return false;
  const { count, names, values } = value;
  if (typeof count !== 'number' || !Array.isArray(names) || !Array.isArray(values)) return false;
  return (
    names.length === values.length &&
    names.every(isText) &&
    holds(value.step, count * 8) &&
    holds(value.time, count * 8) &&
    values.every((each) => holds(each, count * 4))
  );
};

function holds(value: unknown, bytes: number): boolean {
  return value instanceof ArrayBuffer && value.byteLength === bytes;
}

function noteBroken(series: Growing, from: number, to: number): void {
  for (let row = from; row < to && series.broken.length < BROKEN_KEPT; row++) {
    if (!Number.isFinite(series.values[row])) series.broken.push(row);
  }
}

function longer<T extends Float32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
