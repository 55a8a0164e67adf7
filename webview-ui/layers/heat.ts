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
  const told = events.flatMap((event) => {
    const values = valuesOf(event, measure);
    return values.size === 0 ? [] : [{ step: event.step, values }];
  });
  let size = 1;
  while (told.length / size > MOST_COLUMNS) size *= 2;
  const paths = rowsOf(
    told.map(({ values }) => values),
    known,
  );
  const columns: HeatColumn[] = [];
  const values = paths.map(() => [] as (number | undefined)[]);
  for (let start = 0; start < told.length; start += size) {
    const group = told.slice(start, start + size);
    columns.push({ from: group[0]?.step ?? 0, to: group.at(-1)?.step ?? 0 });
    for (const [row, path] of paths.entries()) values[row]?.push(largest(group.map((each) => each.values.get(path))));
  }
  return { paths, columns, values };
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

/** The layer that a weight belongs to. */
export function layerOf(weight: string): string {
  return weight.slice(0, Math.max(0, weight.lastIndexOf('/')));
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

function rowsOf(told: readonly ReadonlyMap<string, number>[], known: readonly string[]): readonly string[] {
  const met = new Set(told.flatMap((values) => [...values.keys()]));
  const order = new Map(known.map((path, at) => [path, at]));
  // An activation that stands by itself (`Dense.0 ~ relu`) has its row below the layer that it follows.
  const placeOf = (path: string): number =>
    order.get(path) ?? (order.get(path.split(' ~ ')[0] ?? '') ?? known.length) + 0.5;
  return [...met].sort((a, b) => placeOf(a) - placeOf(b));
}

/** What stands out of a group: what isn't finite, else what is largest. */
function largest(values: readonly (number | undefined)[]): number | undefined {
  let found: number | undefined;
  for (const value of values) {
    if (value === undefined) continue;
    if (!Number.isFinite(value)) return value;
    if (found === undefined || Math.abs(value) > Math.abs(found)) found = value;
  }
  return found;
}
