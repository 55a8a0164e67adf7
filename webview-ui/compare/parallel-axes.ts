/** Axes of the parallel coordinates: where each value of a setting stands, and the watched value last. Pure. */
import { numberOf, type RunFacts, valuesOf } from '../../protocol/index.ts';

export interface ParallelAxis {
  /** Of a setting, or of the metric at its end. */
  readonly name: string;
  readonly kind: 'setting' | 'result';
  /** Of numbers: lowest and highest, and whether steps are by factors. */
  readonly range: { readonly low: number; readonly high: number; readonly log: boolean } | undefined;
  /** Of words: in the order in which they were met. */
  readonly words: readonly string[];
  /** What stands beside the axis; `at` from 0, its bottom, to 1. */
  readonly marks: readonly { readonly at: number; readonly text: string; readonly value: number | undefined }[];
}

/** More would not be told apart. */
const MOST_AXES = 7;

/** Settings that are not the same in all runs, then what was watched at its best; empty where nothing was watched. */
export function parallelAxes(runs: readonly RunFacts[]): ParallelAxis[] {
  const metric = runs.find((run) => run.best !== undefined)?.best?.metric;
  if (metric === undefined) return [];
  const values = runs.map((run) => valuesOf(run.settings));
  const names = [...new Set(runs.flatMap((run) => run.settings.map(({ name }) => name)))];
  const settings = names
    .filter((name) => new Set(values.map((each) => each.get(name))).size > 1)
    .slice(0, MOST_AXES - 1)
    .map((name) =>
      settingAxis(
        name,
        values.flatMap((each) => each.get(name) ?? []),
      ),
    );
  return settings.length === 0 ? [] : [...settings, resultAxis(metric, runs)];
}

function settingAxis(name: string, texts: readonly string[]): ParallelAxis {
  const numbers = texts.map(Number);
  if (texts.every((text) => text.trim() !== '') && numbers.every(Number.isFinite))
    return numberAxis(name, 'setting', numbers);
  const words = [...new Set(texts)];
  const at = (index: number) => (words.length === 1 ? 0.5 : index / (words.length - 1));
  return {
    name,
    kind: 'setting',
    range: undefined,
    words,
    marks: words.map((text, index) => ({ at: at(index), text: shortened(text), value: undefined })),
  };
}

function resultAxis(metric: string, runs: readonly RunFacts[]): ParallelAxis {
  const values = runs.flatMap((run) => (run.best?.metric === metric ? [numberOf(run.best.value)] : []));
  return numberAxis(metric, 'result', values.filter(Number.isFinite));
}

function numberAxis(name: string, kind: ParallelAxis['kind'], numbers: readonly number[]): ParallelAxis {
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  const range = { low, high, log: low > 0 && high / low >= 20 };
  const marks = [...new Set([low, high, ...(numbers.length <= 5 ? numbers : [])])].map((value) => ({
    at: shareOf(range, value),
    text: String(Number(value.toPrecision(4))),
    value,
  }));
  return { name, kind, range, words: [], marks: apart(marks) };
}

/** Marks that would stand over each other: the lowest and highest stay. */
function apart<M extends { readonly at: number }>(marks: readonly M[]): M[] {
  const kept: M[] = [];
  for (const mark of marks) if (kept.every((other) => Math.abs(other.at - mark.at) > 0.08)) kept.push(mark);
  return kept;
}

function shareOf({ low, high, log }: NonNullable<ParallelAxis['range']>, value: number): number {
  if (high === low) return 0.5;
  return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

/** Where a run crosses the axis, from 0 to 1; undefined where it has no value there. */
export function placeOn(axis: ParallelAxis, run: RunFacts): number | undefined {
  if (axis.kind === 'result') {
    const value = run.best?.metric === axis.name ? numberOf(run.best.value) : Number.NaN;
    return Number.isFinite(value) && axis.range !== undefined ? shareOf(axis.range, value) : undefined;
  }
  const text = valuesOf(run.settings).get(axis.name);
  if (text === undefined) return undefined;
  if (axis.range !== undefined) return shareOf(axis.range, Number(text));
  const index = axis.words.indexOf(text);
  return axis.words.length === 1 ? 0.5 : index / (axis.words.length - 1);
}

function shortened(text: string): string {
  return text.length > 22 ? `${text.slice(0, 21)}…` : text;
}
