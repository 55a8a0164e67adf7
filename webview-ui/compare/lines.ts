/**
 * From the curves of several runs to what one chart draws: a line for each run, or for each group of runs their mean and the
 * area between their lowest and highest. All lines share one x axis; where a run has no point there, its line goes on. Pure.
 */
import { numberOf, type RunCurves } from '../../protocol/index.ts';
import type { PlotBand } from '../charts/plot.ts';
import type { ChartData, ChartLine, LineStyle, Values } from '../charts/points.ts';
import type { Axis, Zoom } from '../view-state.ts';

/** A quantity that is drawn: validation values at their steps, smoothed training values, or values as they are. */
export interface Quantity {
  readonly id: string;
  readonly kind: 'validation' | 'smooth' | 'raw';
  /** Of validation: the metric; else the column. */
  readonly name: string;
  readonly direction: 'min' | 'max';
}

/** A line of the chart: one run, or several that are drawn as one. */
export interface DrawnLine {
  readonly key: string;
  readonly label: string;
  readonly style: Omit<LineStyle, 'dots'>;
  readonly curves: readonly RunCurves[];
}

export interface Series {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export interface CompareData {
  readonly data: ChartData;
  readonly bands: readonly PlotBand[];
  /** Which of the lines of `data` is the line of each drawn one. */
  readonly mains: readonly number[];
}

export interface CompareOptions {
  readonly axis: Axis;
  readonly zoom: Zoom | undefined;
  readonly log: boolean;
  /** What is not above zero has no place on a logarithmic axis. */
  readonly logX: boolean;
}

/** Points up to which each is drawn. */
const MOST_DOTS = 40;

export function compareData(
  quantity: Quantity,
  drawn: readonly DrawnLine[],
  { axis, zoom, log, logX }: CompareOptions,
): CompareData {
  const groups = drawn.map((line) =>
    grouped(line.curves.map((curves) => placed(seriesOf(quantity, curves, axis), logX))),
  );
  const x = unionOf(groups.map((group) => group.mean.x));
  const lines: ChartLine[] = [];
  const bands: PlotBand[] = [];
  const mains: number[] = [];
  drawn.forEach(({ style }, index) => {
    const group = groups[index];
    if (group === undefined) return;
    const edge = { role: 'raw' as const, style: { ...style, dash: [], width: 0.5, dots: false } };
    if (group.low !== undefined && group.high !== undefined) {
      bands.push({ upper: lines.length + 1, lower: lines.length, colour: style.colour });
      lines.push({ ...edge, values: placedAt(x, group.low) }, { ...edge, values: placedAt(x, group.high) });
    }
    mains.push(lines.length);
    const dots = quantity.kind === 'validation' && group.mean.x.length <= MOST_DOTS;
    lines.push({ role: 'value', values: placedAt(x, group.mean), style: { ...style, dots } });
  });
  const xRange: [number, number] = zoom === undefined ? [logX ? (x[0] ?? 1) : 0, x.at(-1) || 1] : [zoom.from, zoom.to];
  const data: ChartData = {
    x: [...x],
    lines,
    validation: [],
    steps: Float64Array.from(x),
    elapsed: Float64Array.from(x),
    xRange,
    yRange: rangeOf(
      groups.flatMap((group) => [group.mean, group.low, group.high]),
      xRange,
      quantity,
      log,
    ),
  };
  return { data, bands, mains };
}

function placed({ x, y }: Series, logX: boolean): Series {
  if (!logX || (x[0] ?? 1) > 0) return { x, y };
  const from = x.findIndex((at) => at > 0);
  return from < 0 ? { x: [], y: [] } : { x: x.slice(from), y: y.slice(from) };
}

/** The points of one run, in the unit of the axis. What is no number is left out. */
export function seriesOf(quantity: Quantity, { view, names, points, stepsPerEpoch }: RunCurves, axis: Axis): Series {
  const unit = axis === 'epoch' ? stepsPerEpoch : 1;
  const at = (step: number, elapsed: number) => (isTime(axis) ? elapsed : step / unit);
  const x: number[] = [];
  const y: number[] = [];
  if (quantity.kind === 'validation') {
    for (const point of points) {
      const value = point.values[quantity.name];
      if (value === undefined || !Number.isFinite(numberOf(value))) continue;
      x.push(at(point.step, point.elapsed));
      y.push(numberOf(value));
    }
    return { x, y };
  }
  const smooth = quantity.kind === 'smooth';
  const index = smooth ? names.lastIndexOf(quantity.name) - view.raw.length : names.indexOf(quantity.name);
  const values = (smooth ? view.smooth : view.raw)[index];
  if (values === undefined) return { x, y };
  // A bucket is two points, its lowest and its highest value: a line goes through its middle.
  const by = view.size > 1 ? 2 : 1;
  for (let row = 0; row < values.length; row += by) {
    const value =
      by === 1 ? (values[row] ?? Number.NaN) : ((values[row] ?? 0) + (values[row + 1] ?? values[row] ?? 0)) / 2;
    if (!Number.isFinite(value)) continue;
    x.push(at(view.step[row] ?? 0, view.elapsed[row] ?? 0));
    y.push(value);
  }
  return { x, y };
}

interface Group {
  readonly mean: Series;
  readonly low: Series | undefined;
  readonly high: Series | undefined;
}

/** Runs of other days have no wall clock in common: by either time they begin together. */
export function isTime(axis: Axis): boolean {
  return axis === 'time' || axis === 'wall';
}

/** Several runs as one: at every x that one of them has, of those that reach so far. */
function grouped(all: readonly Series[]): Group {
  const [first, ...others] = all.filter((series) => series.x.length > 0);
  if (first === undefined) return { mean: { x: [], y: [] }, low: undefined, high: undefined };
  if (others.length === 0) return { mean: first, low: undefined, high: undefined };
  const members = [first, ...others];
  const x = unionOf(members.map((series) => series.x));
  const mean: number[] = [];
  const low: number[] = [];
  const high: number[] = [];
  for (const at of x) {
    const values = members.map((series) => valueAt(series, at)).filter((value) => value !== undefined);
    mean.push(values.reduce((sum, value) => sum + value, 0) / values.length);
    low.push(Math.min(...values));
    high.push(Math.max(...values));
  }
  return { mean: { x, y: mean }, low: { x, y: low }, high: { x, y: high } };
}

/** Between two points on the line between them; undefined before the first and after the last. */
export function valueAt({ x, y }: Series, at: number): number | undefined {
  const last = x.length - 1;
  if (last < 0 || at < (x[0] ?? 0) || at > (x[last] ?? 0)) return undefined;
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((x[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const [right, top] = [x[low] ?? 0, y[low] ?? 0];
  if (right === at || low === 0) return top;
  const [left, before] = [x[low - 1] ?? 0, y[low - 1] ?? 0];
  return before + ((top - before) * (at - left)) / (right - left);
}

function unionOf(all: readonly (readonly number[])[]): number[] {
  return [...new Set(all.flat())].sort((a, b) => a - b);
}

/** Null would be a gap; undefined is no point, and the line goes on over it. */
function placedAt(x: readonly number[], series: Series): Values {
  const out: Values = new Array<number | null>(x.length);
  let at = 0;
  series.x.forEach((value, index) => {
    while (at < x.length && (x[at] ?? 0) < value) at += 1;
    if (x[at] === value) out[at] = series.y[index] ?? null;
  });
  return out;
}

/** Of all that is in the picture; of what falls steeply at first the first twentieth may leave it. */
function rangeOf(
  all: readonly (Series | undefined)[],
  [from, to]: readonly [number, number],
  { kind, direction }: Quantity,
  log: boolean,
): [number, number] {
  const seen: number[] = [];
  for (const series of all) {
    series?.y.forEach((value, index) => {
      const at = series.x[index] ?? 0;
      if (at >= from && at <= to && (!log || value > 0)) seen.push(value);
    });
  }
  if (seen.length === 0) return log ? [0.1, 1] : [0, 1];
  seen.sort((a, b) => a - b);
  if (kind === 'smooth' && !log) {
    const cut = Math.floor(seen.length / 20);
    if (direction === 'max') seen.splice(0, cut);
    else seen.length -= cut;
  }
  const [low = 0, high = 1] = [seen[0], seen.at(-1)];
  if (log) return high > low ? [low / (high / low) ** 0.06, high * (high / low) ** 0.06] : [low / 2, high * 2];
  const room = (high - low) * 0.06 || Math.abs(high) * 0.1 || 1;
  return [low - room, high + room];
}
