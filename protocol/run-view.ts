/**
 * What a chart needs of a run: some columns over a range of the x axis, reduced to a few values a pixel, raw and smoothed.
 * The panel asks this of its own copy of the columns; for runs too long to copy, the host answers it. `RunViews` is a handle
 * that keeps pyramids and smoothed columns up to date; they are made when first asked for.
 */
import { lowerBound, type RunColumns, roomFor } from './columns.ts';
import { createPyramid, extendPyramid, type Pyramid, reduceRows, truncatePyramid } from './pyramid.ts';
import type { RunMark } from './run-state.ts';
import { createSmoother, type Smoother, smooth } from './smoothing.ts';

export interface RunViews {
  readonly columns: RunColumns;
  readonly plain: Map<string, Pyramid>;
  readonly smoothed: Map<string, SmoothedColumn>;
  /** Seconds of running time at each row: pauses and breaks between a stop and its continuation don't count. */
  elapsed: Float64Array;
  elapsedRows: number;
}

interface SmoothedColumn {
  readonly smoother: Smoother;
  values: Float32Array;
  length: number;
  readonly pyramid: Pyramid;
}

export interface ViewRequest {
  /** Columns as they are. */
  readonly raw: readonly string[];
  /** Columns to smooth with `weight`. */
  readonly smooth: readonly string[];
  readonly weight: number;
  /** Unit of `from` and `to`: steps, seconds of running time, or seconds since the first step by the clock. */
  readonly axis: 'step' | 'time' | 'wall';
  /** Finite, since messages between host and panel turn infinities into nothing. */
  readonly from: number;
  readonly to: number;
  /** Buckets at the most: two for each pixel. */
  readonly buckets: number;
}

/** Points from left to right; all arrays are of one length. */
export interface View {
  /** Rows in a bucket of two points; 1: every row is there. */
  readonly size: number;
  readonly step: Float64Array;
  readonly elapsed: Float64Array;
  /** Seconds since the first step by the clock, pauses and breaks included. */
  readonly wall: Float64Array;
  /** In the order of the request. */
  readonly raw: readonly Float32Array[];
  readonly smooth: readonly Float32Array[];
}

/** Views over `columns`, none made yet. */
export function createViews(columns: RunColumns): RunViews {
  return { columns, plain: new Map(), smoothed: new Map(), elapsed: new Float64Array(1024), elapsedRows: 0 };
}

/** To be called when rows from `rows` on were dropped, before others are appended. */
export function truncateViews(views: RunViews, rows: number): void {
  for (const pyramid of views.plain.values()) truncatePyramid(pyramid, rows);
  // An average can't be taken back: a smoothed column that reaches further is made anew.
  for (const [name, column] of views.smoothed) if (column.length > rows) views.smoothed.delete(name);
  views.elapsedRows = Math.min(views.elapsedRows, rows);
}

/** The points of `request`. The marks of the run tell where running time stood still. */
export function viewOf(views: RunViews, request: ViewRequest, marks: readonly RunMark[]): View {
  const { columns } = views;
  const rows = columns.length;
  extendElapsed(views, marks);
  const axis = request.axis === 'time' ? views.elapsed : request.axis === 'wall' ? columns.time : columns.step;
  const begin = columns.time[0] ?? 0;
  const place = (x: number) => (request.axis === 'wall' ? begin + x * 1000 : x);
  // One row more at each side, so that the line leaves the picture instead of ending in it.
  const from = Math.max(0, lowerBound(axis, rows, place(request.from)) - 1);
  const to = Math.min(rows, lowerBound(axis, rows, place(request.to), true) + 1);
  const buckets = Math.max(1, request.buckets);
  const cut = (pyramid: Pyramid, column: Float32Array) => reduceRows(pyramid, column, from, to, buckets);
  const raw = request.raw.map((name) => cut(plainPyramid(views, name), valuesOf(columns, name)));
  const smoothed = request.smooth.map((name) => {
    const column = smoothedColumn(views, name, request.weight);
    return cut(column.pyramid, column.values);
  });
  const index = (raw[0] ?? smoothed[0])?.rows ?? new Float64Array(0);
  return {
    size: (raw[0] ?? smoothed[0])?.size ?? 1,
    step: pick(columns.step, index),
    elapsed: pick(views.elapsed, index),
    wall: pick(columns.time, index).map((time) => (time - begin) / 1000),
    raw: raw.map((each) => each.values),
    smooth: smoothed.map((each) => each.values),
  };
}

/** Seconds of running time up to a row (the last one, if none is given). */
export function elapsedAt(views: RunViews, marks: readonly RunMark[], row = views.columns.length - 1): number {
  extendElapsed(views, marks);
  return row < 0 ? 0 : (views.elapsed[row] ?? 0);
}

/** The smoothed value of a row (the last one, if none is given), as the charts show it. */
export function smoothedAt(views: RunViews, name: string, weight: number, row = views.columns.length - 1): number {
  return smoothedColumn(views, name, weight).values[row] ?? Number.NaN;
}

const NONE = new Float32Array(0);

function valuesOf(columns: RunColumns, name: string): Float32Array {
  return columns.values.get(name) ?? NONE;
}

function plainPyramid(views: RunViews, name: string): Pyramid {
  const pyramid = views.plain.get(name) ?? createPyramid();
  views.plain.set(name, pyramid);
  extendPyramid(pyramid, valuesOf(views.columns, name), views.columns.length);
  return pyramid;
}

function smoothedColumn(views: RunViews, name: string, weight: number): SmoothedColumn {
  const rows = views.columns.length;
  const made = createSmoother(weight);
  let column = views.smoothed.get(name);
  if (column === undefined || column.smoother.weight !== made.weight) {
    column = { smoother: made, values: new Float32Array(roomFor(rows, 512)), length: 0, pyramid: createPyramid() };
    views.smoothed.set(name, column);
  }
  if (column.values.length < rows) {
    const larger = new Float32Array(roomFor(rows, column.values.length));
    larger.set(column.values);
    column.values = larger;
  }
  const source = valuesOf(views.columns, name);
  for (let row = column.length; row < rows; row++) {
    column.values[row] = smooth(column.smoother, source[row] ?? Number.NaN);
  }
  column.length = rows;
  extendPyramid(column.pyramid, column.values, rows);
  return column;
}

function extendElapsed(views: RunViews, marks: readonly RunMark[]): void {
  const { columns } = views;
  if (views.elapsedRows >= columns.length) return;
  if (views.elapsed.length < columns.length) {
    const larger = new Float64Array(roomFor(columns.length, views.elapsed.length));
    larger.set(views.elapsed);
    views.elapsed = larger;
  }
  const breaks = marks.filter((mark) => mark.kind === 'resumed' || mark.kind === 'continued').map((mark) => mark.time);
  const data = valuesOf(columns, 'ms.data');
  const compute = valuesOf(columns, 'ms.compute');
  for (let row = views.elapsedRows; row < columns.length; row++) {
    const time = columns.time[row] ?? 0;
    const before = columns.time[row - 1] ?? 0;
    const still = row === 0 || breaks.some((each) => each > before && each <= time);
    const spent = still ? (data[row] || 0) + (compute[row] || 0) : Math.max(0, time - before);
    views.elapsed[row] = (views.elapsed[row - 1] ?? 0) + spent / 1000;
  }
  views.elapsedRows = columns.length;
}

function pick(values: Float64Array, rows: Float64Array): Float64Array {
  const out = new Float64Array(rows.length);
  for (let index = 0; index < rows.length; index++) out[index] = values[rows[index] ?? 0] ?? 0;
  return out;
}
