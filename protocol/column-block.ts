/**
 * Rows of a run's columns as they travel to the panel: Float64 for step and time, Float32 for the values. What the panel
 * makes of its blocks is a copy of the host's columns.
 */
import { columnOf, type RunColumns, reserve } from './columns.ts';
import { type Check, isCount, isRecord, isText } from './guard.ts';

/** Rows from `from` on; rows that the panel has from there on are replaced. */
export interface ColumnBlock {
  readonly from: number;
  readonly count: number;
  readonly step: ArrayBuffer;
  readonly time: ArrayBuffer;
  readonly names: readonly string[];
  readonly values: readonly ArrayBuffer[];
}

/** Rows `from` to `to` (exclusive) of the columns as they travel. */
export function blockOf(columns: RunColumns, from: number, to: number): ColumnBlock {
  const names = [...columns.values.keys()];
  return {
    from,
    count: to - from,
    step: columns.step.slice(from, to).buffer,
    time: columns.time.slice(from, to).buffer,
    names,
    values: names.map((name) => columnOf(columns, name).slice(from, to).buffer),
  };
}

/** Puts a block into a copy of the columns. */
export function applyBlock(columns: RunColumns, block: ColumnBlock): void {
  reserve(columns, block.from + block.count);
  columns.step.set(new Float64Array(block.step), block.from);
  columns.time.set(new Float64Array(block.time), block.from);
  block.names.forEach((name, index) => {
    const buffer = block.values[index];
    if (buffer !== undefined) columnOf(columns, name).set(new Float32Array(buffer), block.from);
  });
  columns.length = block.from + block.count;
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
