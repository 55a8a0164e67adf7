/**
 * From the points of a view to the aligned arrays that a plot draws: x, then one array for each line; null is a gap.
 * Validation values stand at the drawn x nearest to their step, which is at most half a pixel away. Pure.
 */
import { numberOf, type RunState, type View } from '../../protocol/index.ts';
import type { Axis, Zoom } from '../view-state.ts';
import type { ChartInfo } from './chart-list.ts';

export type Values = (number | null)[];

export interface ChartData {
  readonly x: number[];
  readonly lines: readonly ChartLine[];
  /** What was measured, at its own steps. */
  readonly validation: readonly ValidationPoint[];
  /** Step of each x, for the tooltip. */
  readonly steps: Float64Array;
  readonly elapsed: Float64Array;
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
}

export interface ValidationPoint {
  readonly step: number;
  readonly value: number;
}

export interface ChartLine {
  readonly role: 'raw' | 'train' | 'validation' | 'band' | 'value';
  readonly values: Values;
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
}

/** The lines of a chart and the ranges of its axes. */
export function chartData(options: DataOptions): ChartData {
  const { chart, run, view, axis } = options;
  const unit = unitOf(run);
  const validation = chart.metric === undefined ? [] : validationPoints(run, chart.metric);
  const steps = view.step.length > 0 ? view.step : Float64Array.from(validation, (point) => point.step);
  const elapsed = view.step.length > 0 ? view.elapsed : Float64Array.from(validation, (point) => point.step);
  const x = axis === 'time' ? Array.from(elapsed) : Array.from(steps, (step) => step / (axis === 'epoch' ? unit : 1));
  const lines = linesOf(chart, view, steps, validation);
  return {
    x,
    lines,
    validation,
    steps,
    elapsed,
    xRange: options.xRange,
    yRange: yRange(lines, x, options.xRange, { log: options.log, direction: chart.direction }),
  };
}

/** Steps of an epoch: what turns steps into epochs. */
export function unitOf(run: RunState): number {
  return Math.max(1, run.started?.stepsPerEpoch ?? 1);
}

/**
 * What the x axis shows: the zoom, else everything. While the run grows, its end moves by doubling, so that drawn points
 * stay where they are, and rests once the whole run fits.
 */
export function xRangeOf(run: RunState, elapsed: number, axis: Axis, zoom: Zoom | undefined): [number, number] {
  if (zoom !== undefined) return [zoom.from, zoom.to];
  const total = run.started?.steps ?? 0;
  const over = run.ended !== undefined;
  const last = axis === 'time' ? elapsed : run.step;
  const doubled = 2 ** Math.ceil(Math.log2(Math.max(axis === 'time' ? 5 : 20, last * 1.1)));
  const end = over ? last : axis === 'time' ? doubled : Math.min(doubled, total > 0 ? total : doubled);
  return [0, Math.max(axis === 'epoch' ? end / unitOf(run) : end, Number.MIN_VALUE)];
}

function linesOf(
  chart: ChartInfo,
  view: View,
  steps: Float64Array,
  validation: readonly ValidationPoint[],
): ChartLine[] {
  if (chart.kind === 'rate') return [{ role: 'value', values: gaps(view.raw[0]) }];
  if (chart.kind !== 'metric') {
    const values = chart.kind === 'throughput' ? stepRate(view) : (view.raw[0] ?? new Float32Array(0));
    return [
      { role: 'band', values: gaps(values) },
      { role: 'value', values: middles(values, view.size) },
    ];
  }
  const lines: ChartLine[] = [];
  if (view.raw[0] !== undefined) lines.push({ role: 'raw', values: gaps(view.raw[0]) });
  if (view.smooth[0] !== undefined) lines.push({ role: 'train', values: middles(view.smooth[0], view.size) });
  if (validation.length > 0) lines.push({ role: 'validation', values: placed(validation, steps) });
  return lines;
}

function validationPoints(run: RunState, metric: string): ValidationPoint[] {
  return run.epochs.flatMap((epoch) => {
    const value = epoch.validation?.[metric];
    return value === undefined ? [] : [{ step: epoch.step, value: numberOf(value) }];
  });
}

/** Null is a gap; undefined is no point, and lines go on over it. uPlot tells the two apart, its types don't. */
function placed(points: readonly ValidationPoint[], steps: Float64Array): Values {
  const out: Values = new Array<number | null>(steps.length);
  let at = 0;
  for (const point of points) {
    while (at + 1 < steps.length && (steps[at + 1] ?? 0) <= point.step) at += 1;
    if (steps.length > 0) out[at] = Number.isFinite(point.value) ? point.value : null;
  }
  return out;
}

function gaps(values: Float32Array = new Float32Array(0)): Values {
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
    for (let index = from; index < Math.min(values.length, from + MIDDLE_OF * 2); index++) {
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
  const compute = view.raw[0] ?? new Float32Array(0);
  return compute.map((ms, index) => 1000 / (ms + (view.raw[1]?.[index] ?? 0)));
}

/**
 * Validation is shown whole. Of raw values the outer twentieths may be cut off, and on a linear axis the worst twentieth of the
 * smoothed line, which is its steep beginning.
 */
export function yRange(
  lines: readonly ChartLine[],
  x: readonly number[],
  [from, to]: readonly [number, number],
  { log, direction }: { readonly log: boolean; readonly direction: 'min' | 'max' },
): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const line of lines) {
    const seen: number[] = [];
    line.values.forEach((value, index) => {
      const at = x[index] ?? Number.NaN;
      if (value !== null && value !== undefined && at >= from && at <= to && (!log || value > 0)) seen.push(value);
    });
    const rough = line.role === 'raw' || line.role === 'band';
    if (rough || (line.role === 'train' && !log)) {
      const cut = Math.floor(seen.length / 20);
      seen.sort((a, b) => a - b);
      if (rough || direction === 'max') seen.splice(0, cut);
      if (rough || direction === 'min') seen.length -= cut;
    }
    for (const value of seen) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (low > high) return log ? [0.1, 1] : [0, 1];
  return log ? padLog(low, high) : pad(low, high, lines);
}

function pad(low: number, high: number, lines: readonly ChartLine[]): [number, number] {
  // What is counted from nothing (a rate) starts at nothing.
  const base = lines.some((line) => line.role === 'value') && low >= 0 ? 0 : low;
  const room = (high - base) * 0.06 || Math.abs(high) * 0.1 || 1;
  return [base === 0 ? 0 : base - room, high + room];
}

function padLog(low: number, high: number): [number, number] {
  const room = (high / low) ** 0.06;
  return room > 1 ? [low / room, high * room] : [low / 2, high * 2];
}
