/** Which runs the tree shows and in which order. Pure. */
import { numberOf, type RunStateName } from '../../protocol/index.ts';
import type { RunEntry, RunSummary } from '../../runs/index.ts';

export const SORTS = ['time', 'best', 'name'] as const;
export type RunSort = (typeof SORTS)[number];

export const STATES: readonly RunStateName[] = [
  'running',
  'paused',
  'preparing',
  'finished',
  'stopped',
  'failed',
  'interrupted',
];

export interface RunFilter {
  /** In the name, the title, the tags or the notes. */
  readonly text: string;
  /** Empty: all. */
  readonly states: readonly RunStateName[];
  readonly tags: readonly string[];
  /** Titles of programs. */
  readonly programs: readonly string[];
  readonly starred: boolean;
  readonly sort: RunSort;
}

export const NO_FILTER: RunFilter = { text: '', states: [], tags: [], programs: [], starred: false, sort: 'time' };

/** What was kept of a filter; whatever is of another shape falls back. */
export function readFilter(value: unknown): RunFilter {
  if (typeof value !== 'object' || value === null) return NO_FILTER;
  const kept: { readonly [K in keyof RunFilter]?: unknown } = value;
  const texts = (list: unknown) =>
    Array.isArray(list) ? list.filter((each): each is string => typeof each === 'string') : [];
  return {
    text: typeof kept.text === 'string' ? kept.text : '',
    states: STATES.filter((state) => texts(kept.states).includes(state)),
    tags: texts(kept.tags),
    programs: texts(kept.programs),
    starred: kept.starred === true,
    sort: SORTS.find((sort) => sort === kept.sort) ?? 'time',
  };
}

/** True where some runs may be left out. */
export function isFiltering(filter: RunFilter): boolean {
  const { text, states, tags, programs, starred } = filter;
  return text !== '' || states.length > 0 || tags.length > 0 || programs.length > 0 || starred;
}

/** Which way a metric is better, as the plan of a run says it. */
export type DirectionOf = (run: RunSummary, metric: string) => 'min' | 'max';

/**
 * What is shown of the list, in order. Folders that cannot be read come last, and only where nothing is left out. `directionOf` is
 * asked once for each metric, of its newest run: it reads a plan.
 */
export function shownEntries(entries: readonly RunEntry[], filter: RunFilter, directionOf: DirectionOf): RunEntry[] {
  const unreadable = entries.filter((entry) => entry.kind === 'unreadable');
  const runs = entries.flatMap((entry) => (entry.kind === 'run' && passes(entry.run, filter) ? [entry] : []));
  runs.sort((a, b) => b.run.record.created - a.run.record.created);
  const directions = new Map<string, 'min' | 'max'>();
  if (filter.sort === 'best') {
    for (const { run } of runs) {
      const metric = run.record.best?.metric;
      if (metric !== undefined && !directions.has(metric)) directions.set(metric, directionOf(run, metric));
    }
  }
  runs.sort((a, b) => order(a.run, b.run, filter.sort, directions));
  return [...runs, ...(isFiltering(filter) ? [] : unreadable)];
}

function passes({ record, state, notes }: RunSummary, filter: RunFilter): boolean {
  const { states, tags, programs, starred } = filter;
  if (states.length > 0 && !states.includes(state)) return false;
  if (tags.length > 0 && !tags.some((tag) => notes.tags.includes(tag))) return false;
  if (programs.length > 0 && !programs.includes(record.title)) return false;
  if (starred && !notes.starred) return false;
  const words = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const text = [record.id, record.title, notes.name, notes.notes, ...notes.tags].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}

type Directions = ReadonlyMap<string, 'min' | 'max'>;

function order(a: RunSummary, b: RunSummary, sort: RunSort, directions: Directions): number {
  switch (sort) {
    case 'time':
      return 0;
    case 'name': {
      const [left, right] = [nameOf(a), nameOf(b)];
      return left < right ? -1 : left > right ? 1 : 0;
    }
    case 'best':
      return bestOrder(a, b, directions);
    default:
      return assertNever(sort);
  }
}

function nameOf({ record, notes }: RunSummary): string {
  return (notes.name === '' ? record.id.replace(/^\d+-/, '') : notes.name).toLowerCase();
}

/** Runs of one metric together, the best one first; runs without a value last. */
function bestOrder(a: RunSummary, b: RunSummary, directions: Directions): number {
  const [left, right] = [a.record.best, b.record.best];
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
  if (left.metric !== right.metric) return left.metric < right.metric ? -1 : 1;
  const difference = numberOf(left.value) - numberOf(right.value);
  if (Number.isNaN(difference)) return 0;
  return directions.get(left.metric) === 'max' ? -difference : difference;
}

function assertNever(value: never): never {
  throw new Error(`Unknown order: ${JSON.stringify(value)}`);
}
