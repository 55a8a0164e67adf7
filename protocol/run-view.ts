/**
 * What a chart needs of a run: columns over a range of the x axis, reduced to a few values a pixel, with one of them
 * smoothed. The panel asks this of its own copy of the columns; for runs too long to copy, the host answers it.
 * `RunViews` is a handle that keeps smoothed columns and running time up to date; they are made when first asked for.
 */
import type { Columns } from './columns.ts';
import type { RunState } from './run-state.ts';
import { createSmoother, type Smoother, smooth } from './smoothing.ts';

/** The part of `Columns` that is read. */
export type ReadableColumns = Pick<Columns, 'length' | 'step' | 'time' | 'get'>;

export interface RunViews {
  readonly columns: ReadableColumns;
  readonly smoothed: Map<string, SmoothedColumn>;
  /** Seconds of running time at each row: pauses and breaks between a stop and its continuation don't count. */
  elapsed: Float64Array;
  elapsedRows: number;
}

interface SmoothedColumn {
  readonly smoother: Smoother;
  values: Float32Array;
  length: number;
}

export interface ViewRequest {
  /** The column whose lowest and highest points choose the rows. */
  readonly by: string;
  /** Columns to read at these rows. */
  readonly names: readonly string[];
  /** Smooths `by`; undefined: not asked for. */
  readonly weight: number | undefined;
  /** Unit of `from` and `to`: steps, or seconds of running time. */
  readonly axis: 'step' | 'time';
  readonly from: number;
  readonly to: number;
  readonly pixels: number;
}

/** Points from left to right; all arrays are of one length. */
export interface View {
  readonly step: Float64Array;
  readonly elapsed: Float64Array;
  /** In the order of the request. */
  readonly values: readonly Float32Array[];
  readonly smooth: Float32Array | undefined;
}

/** Views over `columns`, none made yet. */
export function createViews(columns: ReadableColumns): RunViews {
  return { columns, smoothed: new Map(), elapsed: new Float64Array(1024), elapsedRows: 0 };
}

/** To be called when rows from `rows` on were dropped, before others are appended. */
export function cutViews(views: RunViews, rows: number): void {
  // An average can't be taken back: a smoothed column that reaches further is made anew.
  for (const [name, column] of views.smoothed) if (column.length > rows) views.smoothed.delete(name);
  views.elapsedRows = Math.min(views.elapsedRows, rows);
}

/** The points of `request`. The marks of the run tell where running time stood still. */
export function viewOf(views: RunViews, request: ViewRequest, marks: RunState['marks']): View {
  const { columns } = views;
  extendElapsed(views, marks);
  const axis = request.axis === 'step' ? columns.step : views.elapsed;
  // One row more at each side, so that the line leaves the picture instead of ending in it.
  const from = Math.max(0, lowerBound(axis, columns.length, request.from) - 1);
  const to = Math.min(columns.length, lowerBound(axis, columns.length, request.to) + 2);
  const rows = columns.get(request.by)?.pyramid.view(from, to, request.pixels) ?? NO_ROWS;
  const read = (values: Float32Array | undefined) => pick(values ?? NO_VALUES, rows, new Float32Array(rows.length));
  return {
    step: pick(columns.step, rows, new Float64Array(rows.length)),
    elapsed: pick(views.elapsed, rows, new Float64Array(rows.length)),
    values: request.names.map((name) => read(columns.get(name)?.values)),
    smooth: request.weight === undefined ? undefined : read(smoothedColumn(views, request.by, request.weight).values),
  };
}

/** Seconds of running time up to a row (the last one, if none is given). */
export function elapsedAt(views: RunViews, marks: RunState['marks'], row = views.columns.length - 1): number {
  extendElapsed(views, marks);
  return row < 0 ? 0 : (views.elapsed[row] ?? 0);
}

/** The smoothed value of a row (the last one, if none is given), as the charts show it. */
export function smoothedAt(views: RunViews, name: string, weight: number, row = views.columns.length - 1): number {
  return smoothedColumn(views, name, weight).values[row] ?? Number.NaN;
}

/** Index of the first of the ascending `values` that is at least `limit`. */
export function lowerBound(values: ArrayLike<number>, length: number, limit: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? Number.POSITIVE_INFINITY) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

const NO_ROWS = new Uint32Array(0);
const NO_VALUES = new Float32Array(0);

function smoothedColumn(views: RunViews, name: string, weight: number): SmoothedColumn {
  const rows = views.columns.length;
  const made = createSmoother(weight);
  let column = views.smoothed.get(name);
  if (column === undefined || column.smoother.weight !== made.weight) {
    column = { smoother: made, values: new Float32Array(Math.max(1024, rows)), length: 0 };
    views.smoothed.set(name, column);
  }
  if (column.values.length < rows) {
    const larger = new Float32Array(Math.max(rows, column.values.length * 2));
    larger.set(column.values);
    column.values = larger;
  }
  const source = views.columns.get(name)?.values;
  for (let row = column.length; row < rows; row++) {
    column.values[row] = smooth(column.smoother, source?.[row] ?? Number.NaN);
  }
  column.length = rows;
  return column;
}

function extendElapsed(views: RunViews, marks: RunState['marks']): void {
  const { columns } = views;
  if (views.elapsedRows >= columns.length) return;
  if (views.elapsed.length < columns.length) {
    const larger = new Float64Array(Math.max(columns.length, views.elapsed.length * 2));
    larger.set(views.elapsed);
    views.elapsed = larger;
  }
  const breaks = marks.filter((mark) => mark.kind === 'resumed' || mark.kind === 'started').map((mark) => mark.time);
  const data = columns.get('ms.data')?.values;
  const compute = columns.get('ms.compute')?.values;
  for (let row = views.elapsedRows; row < columns.length; row++) {
    const time = columns.time[row] ?? 0;
    const before = columns.time[row - 1] ?? 0;
    const still = row === 0 || breaks.some((each) => each > before && each <= time);
    const spent = still ? (data?.[row] || 0) + (compute?.[row] || 0) : Math.max(0, time - before);
    views.elapsed[row] = (views.elapsed[row - 1] ?? 0) + spent / 1000;
  }
  views.elapsedRows = columns.length;
}

function pick<A extends Float32Array | Float64Array>(values: ArrayLike<number>, rows: Uint32Array, out: A): A {
  for (let index = 0; index < rows.length; index++) out[index] = values[rows[index] ?? 0] ?? Number.NaN;
  return out;
}
