/**
 * The step events of a run as columns: one typed array for each quantity. A `RunColumns` is a handle: `appendStep` and
 * `truncateAfter` change the arrays that it owns (and replace them as they grow), so readers take `length` first and never
 * keep an array. A quantity that a step doesn't tell keeps its last value; before its first value it is NaN.
 */
import { type EventNumber, numberOf, type StepEvent } from './events.ts';

export interface RunColumns {
  /** Rows in use; the arrays are longer. */
  length: number;
  step: Float64Array;
  /** Milliseconds since 1970. */
  time: Float64Array;
  /** `train.loss`, `train.` and each metric, `lr`, `gradientNorm`, `ms.data`, `ms.compute`, `machine.cpu`, `machine.memory`, `machine.gpu` … */
  readonly values: Map<string, Float32Array>;
}

const FIRST_CAPACITY = 1024;

/** Columns without rows. */
export function createColumns(): RunColumns {
  return {
    length: 0,
    step: new Float64Array(FIRST_CAPACITY),
    time: new Float64Array(FIRST_CAPACITY),
    values: new Map(),
  };
}

/** Adds a row. */
export function appendStep(columns: RunColumns, event: StepEvent): RunColumns {
  const row = columns.length;
  reserve(columns, row + 1);
  columns.step[row] = event.step;
  columns.time[row] = event.time;
  for (const array of columns.values.values()) array[row] = row > 0 ? (array[row - 1] ?? Number.NaN) : Number.NaN;
  put(columns, row, 'train.loss', event.loss);
  for (const name in event.metrics) put(columns, row, columnName(name), event.metrics[name]);
  put(columns, row, 'lr', event.lr);
  put(columns, row, 'gradientNorm', event.gradientNorm);
  put(columns, row, 'ms.data', event.ms.data);
  put(columns, row, 'ms.compute', event.ms.compute);
  for (const [name, value] of Object.entries(event.machine ?? {})) put(columns, row, `machine.${name}`, value);
  columns.length = row + 1;
  return columns;
}

/** Drops the rows of steps after `step`: a resumed run does them again. */
export function truncateAfter(columns: RunColumns, step: number): RunColumns {
  columns.length = rowAfter(columns, step);
  return columns;
}

/** The first row whose step is greater than `step`. */
export function rowAfter(columns: RunColumns, step: number): number {
  return lowerBound(columns.step, columns.length, step, true);
}

/** Index of the first of the ascending `values` that is at least `limit` (or, `after`, greater than it). */
export function lowerBound(values: Float64Array, length: number, limit: number, after = false): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const value = values[middle] ?? Number.POSITIVE_INFINITY;
    if (value < limit || (after && value === limit)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What to grow to: doubled, or with a quarter to spare, since more rows come soon after a snapshot. */
export function roomFor(rows: number, length: number): number {
  return Math.max(Math.ceil(rows * 1.25), length * 2);
}

/** Makes room for `rows` rows. */
export function reserve(columns: RunColumns, rows: number): void {
  if (rows <= columns.step.length) return;
  const capacity = roomFor(rows, columns.step.length);
  columns.step = grown(columns.step, new Float64Array(capacity));
  columns.time = grown(columns.time, new Float64Array(capacity));
  for (const [name, array] of columns.values) columns.values.set(name, grown(array, new Float32Array(capacity)));
}

/** The column of that name, made where it isn't there yet. */
export function columnOf(columns: RunColumns, name: string): Float32Array {
  const found = columns.values.get(name);
  if (found !== undefined) return found;
  const made = new Float32Array(columns.step.length).fill(Number.NaN);
  columns.values.set(name, made);
  return made;
}

/** Names are made once: a text put together for each value of each step costs more than the value. */
const NAMES = new Map<string, string>();

function columnName(metric: string): string {
  const known = NAMES.get(metric);
  if (known !== undefined) return known;
  const name = `train.${metric}`;
  NAMES.set(metric, name);
  return name;
}

function put(columns: RunColumns, row: number, name: string, value: EventNumber | undefined): void {
  if (value !== undefined) columnOf(columns, name)[row] = numberOf(value);
}

function grown<A extends Float32Array | Float64Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

/** The last finite value of a column; what the machine bears stands in some rows only. */
export function lastFinite({ values, length }: RunColumns, name: string): number | undefined {
  const column = values.get(name);
  for (let row = length - 1; column !== undefined && row >= 0; row--) {
    const value = column[row];
    if (value !== undefined && Number.isFinite(value)) return value;
  }
  return undefined;
}
