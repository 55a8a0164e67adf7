/** Why the numbers of a run have left the finite ones, told from the last steps: whose gradient grew, or what came in. */
import type { PlanPlace } from '../../language/index.ts';
import { FAILURE_TEXTS, FINDING_TEXTS, type Sentence } from '../../protocol/index.ts';
import type { Batch } from '../engine.ts';
import { layerOf } from './about.ts';
import { type History, type SeenLayers, shown } from './history.ts';

export interface Explanation {
  /** What is known of the cause, and what to try. */
  readonly cause: Sentence;
  readonly cure: Sentence;
  readonly place: PlanPlace | undefined;
}

/** A gradient that grew by less was of a usual size until the end. */
const GROWTH = 10;
/** Weights that are looked through for a cause. */
const MOST_TOLD = 3;

/** `batch` is what the step was given; `weight` the path of a weight that is no number any more. */
export function explainNotFinite(history: History, batch: Batch | undefined, weight?: string): Explanation {
  const { about } = history;
  const bad = batch && badField(batch);
  if (bad !== undefined) {
    return {
      cause: [FAILURE_TEXTS.badBatch, bad.rows, batch?.size ?? 0, bad.name],
      cure: [FAILURE_TEXTS.fillCells],
      place: about.field(bad.name),
    };
  }
  const grown = grownMost(history);
  if (grown !== undefined) {
    const { path, others, steps } = grown;
    const growth = [about.name(path), shown(grown.from), shown(grown.to), steps] as const;
    return {
      cause:
        others.length === 0
          ? [FAILURE_TEXTS.grew, ...growth]
          : [FAILURE_TEXTS.grewWithOthers, ...growth, others.map(about.name).join(', ')],
      cure: smallerSteps(history),
      place: about.place(path),
    };
  }
  const first = firstBad(history.norms) ?? weight;
  return {
    cause: first === undefined ? [FAILURE_TEXTS.atOnce] : [FAILURE_TEXTS.atOnceIn, about.name(first)],
    cure: rootOrSmallerSteps(history),
    place: first === undefined ? undefined : about.place(first),
  };
}

/** A tenth of the learning rate, where one is known. */
function lowerRate({ steps }: History): string | undefined {
  const rate = steps.at(-1)?.rate;
  return rate === undefined || !(rate > 0) ? undefined : shown(rate / 10);
}

function smallerSteps(history: History): Sentence {
  const rate = lowerRate(history);
  const { clips } = history.about;
  if (rate === undefined) return [clips ? FINDING_TEXTS.smallerRate : FINDING_TEXTS.smallerRateOrClip];
  return [clips ? FAILURE_TEXTS.tryRate : FAILURE_TEXTS.tryRateOrClip, rate];
}

function rootOrSmallerSteps(history: History): Sentence {
  const rate = lowerRate(history);
  const { clips } = history.about;
  if (rate === undefined) return [clips ? FAILURE_TEXTS.findRoot : FAILURE_TEXTS.findRootOrClip];
  return [clips ? FAILURE_TEXTS.findRootRate : FAILURE_TEXTS.findRootRateOrClip, rate];
}

/** The first field with a number that is none, and how many examples have one. */
function badField(batch: Batch): { readonly name: string; readonly rows: number } | undefined {
  for (const [name, { dtype, data }] of Object.entries(batch.fields)) {
    if (dtype !== 'float32') continue;
    const each = data.length / Math.max(1, batch.size);
    const rows = new Set<number>();
    for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) rows.add(Math.floor(i / each));
    if (rows.size > 0) return { name, rows: rows.size };
  }
  return undefined;
}

/** The weight whose gradient grew most, from its least size to its last finite one. */
function grownMost({ norms, about }: History) {
  const grown = about.trained.flatMap((path) => {
    const sizes = norms.flatMap((look) => {
      const gradient = look.norms.get(path)?.gradient;
      return gradient !== undefined && Number.isFinite(gradient) ? [{ step: look.step, gradient }] : [];
    });
    const last = sizes.at(-1);
    if (last === undefined) return [];
    const least = sizes.reduce((a, b) => (b.gradient > 0 && b.gradient <= a.gradient ? b : a), last);
    const growth = last.gradient / least.gradient;
    return growth >= GROWTH
      ? [{ path, from: least.gradient, to: last.gradient, steps: last.step - least.step, growth }]
      : [];
  });
  const [most, ...others] = grown.sort((a, b) => b.growth - a.growth);
  if (most === undefined) return undefined;
  const layers = new Set(others.filter(({ growth }) => growth >= most.growth / 10).map(({ path }) => path));
  for (const path of [...layers]) if (layerOf(path) === layerOf(most.path)) layers.delete(path);
  return { ...most, others: onePerLayer([...layers]).slice(0, MOST_TOLD) };
}

function onePerLayer(paths: readonly string[]): readonly string[] {
  return [...new Map(paths.map((path) => [layerOf(path), path])).values()];
}

function firstBad(norms: readonly SeenLayers[]): string | undefined {
  for (const look of norms) {
    // Backwards: what is nearest to the loss has it first.
    for (const [path, { gradient }] of [...look.norms].reverse()) if (!Number.isFinite(gradient)) return path;
  }
  return undefined;
}
