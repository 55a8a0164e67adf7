/**
 * The layers of a run over time, as rows of numbers: one row a layer, one column for so many looks at it. Columns are groups of
 * a power of two, so that those that are full never change while the run goes on.
 */
import { type EventNumber, type LayersEvent, numberOf } from '../../protocol/index.ts';

export const MEASURES = ['gradient', 'update', 'mean', 'spread', 'zeros'] as const;
export type Measure = (typeof MEASURES)[number];

export interface Heat {
  /** Paths of the layers. */
  readonly paths: readonly string[];
  readonly columns: readonly HeatColumn[];
  /** By row, then column; undefined where nothing is known, not finite where the run broke. */
  readonly values: readonly (readonly (number | undefined)[])[];
}

/** Steps that a column stands for. */
export interface HeatColumn {
  readonly from: number;
  readonly to: number;
}

export const MOST_COLUMNS = 160;

/** What the events tell of a measure. Rows stand in the order of `known`, then those that it doesn't name as they come. */
export function heatOf(events: readonly LayersEvent[], measure: Measure, known: readonly string[]): Heat {
  const told = events.filter((event) => tells(event, measure));
  let size = 1;
  while (told.length / size > MOST_COLUMNS) size *= 2;
  const groups: { readonly steps: HeatColumn; readonly values: Values }[] = [];
  for (let start = 0; start < told.length; start += size) {
    const group = told.slice(start, start + size);
    const steps = { from: group[0]?.step ?? 0, to: group.at(-1)?.step ?? 0 };
    groups.push({ steps, values: groupValues(group, measure) });
  }
  const paths = rowsOf(
    groups.map(({ values }) => values),
    known,
  );
  return {
    paths,
    columns: groups.map(({ steps }) => steps),
    values: paths.map((path) => groups.map(({ values }) => values.get(path))),
  };
}

/** By path of the layer. */
type Values = ReadonlyMap<string, number>;

/** Groups that were made before, by their last event: of a long run only the newest group is new. */
const made = new WeakMap<LayersEvent, Map<string, Values>>();

function groupValues(group: readonly LayersEvent[], measure: Measure): Values {
  const last = group.at(-1);
  if (last === undefined) return new Map();
  const key = `${measure} ${group.length}`;
  const known = made.get(last)?.get(key);
  if (known !== undefined) return known;
  const most = new Map<string, number>();
  for (const event of group) {
    for (const [path, value] of valuesOf(event, measure)) most.set(path, standsOut(most.get(path), value));
  }
  made.set(last, (made.get(last) ?? new Map()).set(key, most));
  return most;
}

function tells(event: LayersEvent, measure: Measure): boolean {
  if (measure === 'gradient') return Object.keys(event.weights).length > 0;
  if (measure === 'update') return Object.values(event.weights).some(({ update }) => update !== undefined);
  return Object.keys(event.results).length > 0;
}

/** The latest number of each layer. */
export function latestOf(events: readonly LayersEvent[], measure: Measure, path: string): number | undefined {
  for (let at = events.length - 1; at >= 0; at--) {
    const event = events[at];
    const value = event && valuesOf(event, measure).get(path);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Layers by their weights: the same few paths come in every event. */
const layerNames = new Map<string, string>();

/** The layer that a weight belongs to. */
export function layerOf(weight: string): string {
  const known = layerNames.get(weight);
  if (known !== undefined) return known;
  const layer = weight.slice(0, Math.max(0, weight.lastIndexOf('/')));
  layerNames.set(weight, layer);
  return layer;
}

function valuesOf(event: LayersEvent, measure: Measure): ReadonlyMap<string, number> {
  if (measure === 'gradient' || measure === 'update') return normsOf(event, measure);
  const key = measure === 'spread' ? 'deviation' : measure;
  return new Map(Object.entries(event.results).map(([path, numbers]) => [path, numberOf(numbers[key])]));
}

/** Of all weights of a layer together: the norm of the gradient, or what an update adds against what is there. */
function normsOf(event: LayersEvent, measure: 'gradient' | 'update'): ReadonlyMap<string, number> {
  const sums = new Map<string, { above: number; below: number }>();
  for (const [path, sizes] of Object.entries(event.weights)) {
    const given: EventNumber | undefined = measure === 'gradient' ? sizes.gradient : sizes.update;
    if (given === undefined) continue;
    const sum = sums.get(layerOf(path)) ?? { above: 0, below: 0 };
    sum.above += numberOf(given) ** 2;
    sum.below += numberOf(sizes.weight) ** 2;
    sums.set(layerOf(path), sum);
  }
  const norm = ({ above, below }: { above: number; below: number }): number =>
    measure === 'gradient' ? Math.sqrt(above) : above === 0 ? 0 : Math.sqrt(above / below);
  return new Map([...sums].map(([path, sum]) => [path, norm(sum)]));
}

function rowsOf(told: readonly Values[], known: readonly string[]): readonly string[] {
  const met = new Set(told.flatMap((values) => [...values.keys()]));
  const order = new Map(known.map((path, at) => [path, at]));
  // Parts of a layer (`Attention.0/query`) and an activation that stands by itself (`Dense.0 ~ relu`) have their rows below it.
  const placeOf = (path: string): number => {
    const own = ancestorsOf(path).find((each) => order.has(each));
    return (order.get(own ?? '') ?? known.length) + (own === path ? 0 : 0.5);
  };
  return [...met].sort((a, b) => placeOf(a) - placeOf(b));
}

/** A path and what it is a part of, itself first. */
export function ancestorsOf(path: string): readonly string[] {
  const [layer = path] = path.split(' ~ ');
  const parts = layer.split('/');
  return [...(layer === path ? [] : [path]), ...parts.map((_, at) => parts.slice(0, parts.length - at).join('/'))];
}

/** The row of a layer: its own, or that of its first part; −1 where it has none. */
export function rowOf(paths: readonly string[], layer: string): number {
  const own = paths.indexOf(layer);
  return own >= 0 || layer === '' ? own : paths.findIndex((path) => path.startsWith(`${layer}/`));
}

/** Whether something was told of weights that are this layer's own. */
export function hasWeights(events: readonly LayersEvent[], layer: string): boolean {
  return Object.keys(events.at(-1)?.weights ?? {}).some((weight) => layerOf(weight) === layer);
}

/** What isn't finite, else what is larger. */
function standsOut(before: number | undefined, value: number): number {
  if (before === undefined || !Number.isFinite(value)) return value;
  return !Number.isFinite(before) || Math.abs(before) >= Math.abs(value) ? before : value;
}
