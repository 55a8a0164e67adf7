/**
 * From the points of a view to the aligned arrays that a plot draws: x, then one array for each line; null is a gap. What is
 * measured now and then (validation, the ghost) has an x of its own among those of the steps. Pure.
 */
import { lowerBound, numberOf, type RunState, type View } from '../../protocol/index.ts';
import { type Ghost, ghostPoints, ghostTime } from '../ghost.ts';
import type { Axis, Zoom } from '../view-state.ts';
import type { ChartInfo } from './chart-list.ts';
import { yRange } from './y-range.ts';

export type Values = (number | null)[];

export interface ChartData {
  readonly x: number[];
  readonly lines: readonly ChartLine[];
  /** What was measured, at its own steps. */
  readonly validation: readonly ValidationPoint[];
  /** Of the run behind, where one is drawn. */
  readonly ghost?: readonly ValidationPoint[];
  /** Step of each x, for the tooltip. */
  readonly steps: Float64Array;
  readonly elapsed: Float64Array;
  /** Index of the run's own last point: the run behind may go on. */
  readonly last?: number;
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
}

export interface ValidationPoint {
  readonly step: number;
  readonly value: number;
}

export interface ChartLine {
  readonly role: 'raw' | 'train' | 'validation' | 'ghost' | 'band' | 'value' | 'load' | 'memory';
  readonly values: Values;
  /** Where the role doesn't say how it is called. */
  readonly name?: string;
  /** Where the role doesn't say how it is drawn: one run among others. */
  readonly style?: LineStyle;
}

export interface LineStyle {
  readonly colour: string;
  /** Pixels drawn and left out; empty: a whole line. */
  readonly dash: readonly number[];
  readonly width: number;
  /** Single points are drawn too: there are few, and they are what was measured. */
  readonly dots: boolean;
}

export interface DataOptions {
  readonly chart: ChartInfo;
  readonly run: RunState;
  readonly view: View;
  readonly axis: Axis;
  readonly xRange: readonly [number, number];
  readonly log: boolean;
  readonly ghost?: Ghost | undefined;
}

/** The lines of a chart and the ranges of its axes. */
export function chartData(options: DataOptions): ChartData {
  const { chart, run, view, axis, ghost } = options;
  const { metric } = chart;
  const validation = metric === undefined ? [] : validationPoints(run, metric);
  const behind = metric === undefined || ghost === undefined ? [] : ghostPoints(ghost, metric);
  const rows = mergeRows(view, axis, unitOf(run), [
    ...inRange(
      placedBy(validation, (step) => ownPlace(view, axis, unitOf(run), step)),
      options.xRange,
      'validation',
    ),
    ...inRange(
      placedBy(behind, (step) => ghostPlace(ghost, axis, step)),
      options.xRange,
      'ghost',
    ),
  ]);
  const lines = linesOf(options, rows, validation, behind);
  return {
    x: rows.x,
    lines,
    validation,
    ghost: behind,
    last: Math.max(rows.base.at(-1) ?? 0, ...rows.at.validation.values()),
    steps: Float64Array.from(rows.steps),
    elapsed: Float64Array.from(rows.elapsed),
    xRange: options.xRange,
    yRange:
      chart.kind === 'machine'
        ? [0, 1]
        : yRange(lines, rows.x, options.xRange, { log: options.log, direction: chart.direction }),
  };
}

/** Steps of an epoch: what turns steps into epochs. */
export function unitOf(run: RunState): number {
  return Math.max(1, run.started?.stepsPerEpoch ?? 1);
}

/** True where x is in seconds. */
export function isTime(axis: Axis): axis is 'time' | 'wall' {
  return axis === 'time' || axis === 'wall';
}

/**
 * What the x axis shows: the zoom, else everything. While the run grows, its end moves by doubling, so that drawn points
 * stay where they are, and rests once the whole run fits. `last`: seconds so far, on the axis that is shown.
 */
export function xRangeOf(run: RunState, last: number, axis: Axis, zoom: Zoom | undefined): [number, number] {
  if (zoom !== undefined) return [zoom.from, zoom.to];
  const total = run.started?.steps ?? 0;
  const over = run.ended !== undefined;
  const reached = isTime(axis) ? last : run.step;
  const doubled = 2 ** Math.ceil(Math.log2(Math.max(isTime(axis) ? 5 : 20, reached * 1.1)));
  const whole = total > 0 && doubled * NEARLY >= total ? total : doubled;
  const end = over ? reached : isTime(axis) ? doubled : whole;
  return [0, Math.max(axis === 'epoch' ? end / unitOf(run) : end, Number.MIN_VALUE)];
}

/** A run of which not much more is left than is shown is shown as a whole. */
const NEARLY = 1.2;

/** Of the x axis, for a run that has begun and a logarithmic one: it can't begin at nothing. */
export function aboveNothing([from, to]: [number, number], axis: Axis, unit: number): [number, number] {
  const least = isTime(axis) ? 0.1 : axis === 'epoch' ? 1 / unit : 1;
  return [Math.max(from, Math.min(least, to / 2)), to];
}

interface Point {
  readonly x: number;
  readonly step: number;
  readonly elapsed: number;
  readonly role: 'validation' | 'ghost';
}

function placedBy(
  points: readonly ValidationPoint[],
  place: (step: number) => { readonly x: number; readonly elapsed: number },
): Omit<Point, 'role'>[] {
  return points.map(({ step }) => ({ step, ...place(step) })).filter(({ x }) => Number.isFinite(x));
}

/** Those that can be seen, and one at each side, so that the line leaves the picture instead of ending in it. */
function inRange(
  points: readonly Omit<Point, 'role'>[],
  [from, to]: readonly [number, number],
  role: Point['role'],
): Point[] {
  const first = points.findIndex(({ x }) => x >= from);
  const after = points.findIndex(({ x }) => x > to);
  const last = after < 0 ? points.length - 1 : after - 1;
  if (first < 0 && points.length > 0) return points.slice(-1).map((point) => ({ ...point, role }));
  return points.slice(Math.max(0, first - 1), last + 2).map((point) => ({ ...point, role }));
}

function ownPlace(view: View, axis: Axis, unit: number, step: number): { x: number; elapsed: number } {
  const at = Math.min(lowerBound(view.step, view.step.length, step), Math.max(0, view.step.length - 1));
  const elapsed = view.elapsed[at] ?? step;
  // In time only what lies among the steps of the view has a place.
  const outside = step < (view.step[0] ?? 0) || step > (view.step.at(-1) ?? Number.POSITIVE_INFINITY);
  if (isTime(axis)) return { x: outside ? Number.NaN : (timesOf(view, axis)[at] ?? step), elapsed };
  return { x: axis === 'epoch' ? step / unit : step, elapsed };
}

function ghostPlace(ghost: Ghost | undefined, axis: Axis, step: number): { x: number; elapsed: number } {
  if (ghost === undefined) return { x: Number.NaN, elapsed: Number.NaN };
  const elapsed = ghostTime(ghost, step, 'time');
  if (isTime(axis)) return { x: ghostTime(ghost, step, axis), elapsed };
  // By epochs each run is measured by its own: its batches may be of another size.
  return { x: axis === 'epoch' ? step / ghost.stepsPerEpoch : step, elapsed };
}

function timesOf(view: View, axis: 'time' | 'wall'): Float64Array {
  return axis === 'time' ? view.elapsed : view.wall;
}

interface Rows {
  readonly x: number[];
  readonly steps: ArrayLike<number>;
  readonly elapsed: ArrayLike<number>;
  /** Where each row of the view is now. */
  readonly base: Int32Array;
  readonly at: Readonly<Record<Point['role'], ReadonlyMap<number, number>>>;
}

/** The rows of the view with the points among them; points at the x of a row share it. */
function mergeRows(view: View, axis: Axis, unit: number, points: readonly Point[]): Rows {
  const sorted = [...points].sort((a, b) => a.x - b.x);
  const count = view.step.length;
  const x: number[] = [];
  const steps: number[] = [];
  const elapsed: number[] = [];
  const base = new Int32Array(count);
  const at = { validation: new Map<number, number>(), ghost: new Map<number, number>() };
  const xOf = (row: number) =>
    isTime(axis) ? (timesOf(view, axis)[row] ?? 0) : (view.step[row] ?? 0) / (axis === 'epoch' ? unit : 1);
  if (sorted.length === 0) {
    for (let row = 0; row < count; row++) base[row] = row;
    return { x: Array.from(base, xOf), steps: view.step, elapsed: view.elapsed, base, at };
  }
  let next = 0;
  const push = (value: number, step: number, time: number): void => {
    x.push(value);
    steps.push(step);
    elapsed.push(time);
  };
  const takeUpTo = (limit: number, including: boolean): void => {
    for (
      let point = sorted[next];
      point && (point.x < limit || (including && point.x === limit));
      point = sorted[next]
    ) {
      if (x.at(-1) !== point.x) push(point.x, point.step, point.elapsed);
      at[point.role].set(point.step, x.length - 1);
      next += 1;
    }
  };
  for (let row = 0; row < count; row++) {
    const place = xOf(row);
    takeUpTo(place, false);
    base[row] = x.length;
    push(place, view.step[row] ?? 0, view.elapsed[row] ?? 0);
    takeUpTo(place, true);
  }
  takeUpTo(Number.POSITIVE_INFINITY, true);
  return { x, steps, elapsed, base, at };
}

function linesOf(
  { chart, view, ghost }: DataOptions,
  rows: Rows,
  validation: readonly ValidationPoint[],
  behind: readonly ValidationPoint[],
): ChartLine[] {
  const spread = (values: Values): Values => {
    if (rows.x.length === values.length) return values;
    // Undefined is no point, and lines go on over it: it is told from null, though the types don't tell.
    const out: Values = new Array<number | null>(rows.x.length);
    for (let row = 0; row < values.length; row++) {
      const value = values[row];
      if (value !== undefined) out[rows.base[row] ?? 0] = value;
    }
    return out;
  };
  const whole = (index: number) => spread(gaps(view.raw[index]));
  if (chart.kind === 'rate') return [{ role: 'value', values: whole(0) }];
  if (chart.kind === 'machine') {
    return [
      { role: 'load', values: spread(middles(view.raw[0] ?? NOTHING, view.size)) },
      { role: 'memory', values: spread(gaps(shares(view.raw[1], view.raw[2]))) },
    ];
  }
  if (chart.kind !== 'metric') {
    const values = chart.kind === 'throughput' ? stepRate(view) : (view.raw[0] ?? NOTHING);
    return [
      { role: 'band', values: spread(gaps(values)) },
      { role: 'value', values: spread(middles(values, view.size)) },
    ];
  }
  const lines: ChartLine[] = [];
  if (behind.length > 0) {
    lines.push({ role: 'ghost', values: placed(behind, rows, 'ghost'), name: ghost?.name ?? '' });
  }
  if (view.raw[0] !== undefined) lines.push({ role: 'raw', values: whole(0) });
  if (view.smooth[0] !== undefined) {
    lines.push({ role: 'train', values: spread(middles(view.smooth[0], view.size)) });
  }
  if (validation.length > 0) lines.push({ role: 'validation', values: placed(validation, rows, 'validation') });
  return lines;
}

const NOTHING = new Float32Array(0);

function validationPoints(run: RunState, metric: string): ValidationPoint[] {
  return run.epochs.flatMap((epoch) => {
    const value = epoch.validation?.[metric];
    return value === undefined ? [] : [{ step: epoch.step, value: numberOf(value) }];
  });
}

function placed(points: readonly ValidationPoint[], rows: Rows, role: Point['role']): Values {
  const out: Values = new Array<number | null>(rows.x.length);
  for (const point of points) {
    const row = rows.at[role].get(point.step);
    if (row !== undefined) out[row] = Number.isFinite(point.value) ? point.value : null;
  }
  return out;
}

function gaps(values: Float32Array = NOTHING): Values {
  const out: Values = new Array<number | null>(values.length);
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    out[index] = Number.isFinite(value) ? value : null;
  }
  return out;
}

/** Buckets that are drawn as one point of a smoothed line: two pixels or so. */
const MIDDLE_OF = 4;

/**
 * A smoothed line is drawn through the middles of its buckets: its own small noise would fill it to a band. Groups begin at
 * every fourth point of the view and stay when rows are appended.
 */
function middles(values: Float32Array, size: number): Values {
  if (size === 1) return gaps(values);
  const out: Values = new Array<number | null>(values.length);
  for (let from = 0; from < values.length; from += MIDDLE_OF * 2) {
    let sum = 0;
    let count = 0;
    const end = Math.min(values.length, from + MIDDLE_OF * 2);
    // The last group may have begun just now: a full one is taken, else the line would end in a jump.
    for (let index = Math.max(0, end - MIDDLE_OF * 2); index < end; index++) {
      const value = values[index] ?? Number.NaN;
      if (Number.isFinite(value)) {
        sum += value;
        count += 1;
      }
    }
    out[from] = count === 0 ? null : sum / count;
  }
  return out;
}

function stepRate(view: View): Float32Array {
  const compute = view.raw[0] ?? NOTHING;
  return compute.map((ms, index) => 1000 / (ms + (view.raw[1]?.[index] ?? 0)));
}

function shares(part: Float32Array = NOTHING, of: Float32Array = NOTHING): Float32Array {
  return part.map((value, index) => value / (of[index] || Number.NaN));
}
