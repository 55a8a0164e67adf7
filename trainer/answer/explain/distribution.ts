/** How the numbers of a layer are distributed: its weights over time, its gradients and results on held-out rows, its units. */
import {
  gradientOutput,
  type Observed as ObservedLayer,
  observedLayers,
  resultOutput,
} from '../../../compiler/index.ts';
import { FROM_FILE } from '../../../language/index.ts';
import type { LayerSeries, LayerUnits, UseLayersAnswer } from '../../../protocol/index.ts';
import type { Preparer } from '../../data/feed.ts';
import type { HostTensor } from '../../engine.ts';
import { Failure } from '../../failure.ts';
import { checkpointSteps, readCheckpoint, usedWeights } from '../../run/checkpoint.ts';
import { histogramsOf, type Named } from './histogram.ts';
import { type OpenExplained, openExplained, partOf, type UsedRun } from './used-run.ts';

type Distribution = Extract<UseLayersAnswer, { kind: 'distribution' }>;

/** Rows in a batch, batches, and numbers of a layer's results that are looked at at once. */
const BATCH = 64;
const BATCHES = 4;
const MOST_RESULTS = 4_000_000;
/** Checkpoints that are looked at, the newest ones. */
const MOST_TIMES = 5;

/** Weights at a step. */
interface Time {
  readonly step: number;
  readonly weights: ReadonlyMap<string, HostTensor>;
}

/** `only`: the weights alone, which takes a moment whatever the model. */
export async function distributionOf(used: UsedRun, path: string, only?: 'weights'): Promise<Distribution> {
  const layer = observedLayers(used.plan.graph.nodes).find((each) => each.path === path);
  const own = used.compiled.weights.filter((weight) => layerOf(weight.path) === path);
  if (layer === undefined && own.length === 0) {
    throw new Failure('train/no-layer', `The model has no layer \`${path}\` with weights or with results to look at.`);
  }
  const times = timesOf(used);
  const series: LayerSeries[] = own.map(({ path: weight, shape }) => ({
    of: 'weights',
    name: weight.slice(path.length + 1),
    shape,
    times: histogramsOf([
      ...began(used, weight),
      ...times.flatMap(({ step, weights }): Named[] => {
        const found = weights.get(weight);
        return found?.data instanceof Float32Array ? [{ step, values: [found.data] }] : [];
      }),
    ]),
  }));
  const alone = { kind: 'distribution', path, examples: 0, part: 'validation', series, units: undefined } as const;
  if (only === 'weights') return { ...alone, trouble: undefined };
  let preparer: Preparer;
  try {
    preparer = await used.preparer();
  } catch (error) {
    if (series.length === 0) throw error;
    const trouble = error instanceof Error ? error.message : String(error);
    return { ...alone, trouble };
  }
  const seen = await lookAtRows(used, preparer, { path, layer, times });
  return { kind: 'distribution', path, ...seen, series: [...series, ...seen.series], trouble: undefined };
}

interface Asked {
  readonly path: string;
  readonly layer: ObservedLayer | undefined;
  readonly times: readonly Time[];
}

/** Gradients and results on some rows, with the weights of each time. */
async function lookAtRows(
  used: UsedRun,
  preparer: Preparer,
  { path, layer, times }: Asked,
): Promise<Pick<Distribution, 'examples' | 'part' | 'series' | 'units'>> {
  const part = partOf(preparer);
  const rows = Math.min(BATCH, preparer.rows[part]);
  const shape = (layer && used.plan.graph.nodes[layer.node]?.outputs[0]?.shape) ?? [];
  const batch = Math.max(1, Math.min(rows, Math.floor(MOST_RESULTS / Math.max(1, sizeOf(shape)))));
  const open = await openExplained(used, batch, { kind: 'layer', path });
  try {
    const looked: Looked[] = [];
    for (const { step, weights } of times) {
      used.signal.throwIfAborted();
      await open.restore(weights, step);
      looked.push({ step, ...(await look(open, preparer, { path, batch })) });
    }
    const last = looked.at(-1);
    const series = [...gradientSeries(used, path, looked), ...resultSeries(shape, looked)];
    const units = layer && last && unitsOf(last.results, shape.at(-1) ?? 1, layer.squash);
    return { examples: last?.rows ?? 0, part, series, units };
  } finally {
    await open.dispose();
  }
}

function gradientSeries({ compiled }: UsedRun, path: string, looked: readonly Looked[]): readonly LayerSeries[] {
  return compiled.weights.flatMap((weight): LayerSeries[] => {
    const times = looked.flatMap(({ step, gradients }): Named[] => {
      const values = layerOf(weight.path) === path ? gradients.get(weight.path) : undefined;
      return values === undefined ? [] : [{ step, values: [values] }];
    });
    const name = weight.path.slice(path.length + 1);
    return times.length === 0 ? [] : [{ of: 'gradients', name, shape: weight.shape, times: histogramsOf(times) }];
  });
}

function resultSeries(shape: readonly number[], looked: readonly Looked[]): readonly LayerSeries[] {
  const times = looked
    .filter(({ results }) => results.length > 0)
    .map(({ step, results }) => ({ step, values: results }));
  return times.length === 0 ? [] : [{ of: 'results', name: '', shape, times: histogramsOf(times) }];
}

/** The weights that are used, and those of other checkpoints, the oldest first. */
function timesOf({ disk, folder, weights, step }: UsedRun): readonly Time[] {
  const times: Time[] = [{ step, weights }];
  for (const other of checkpointSteps(disk, folder).slice(0, MOST_TIMES)) {
    if (other === step) continue;
    const read = readCheckpoint(disk, folder, other);
    if ('train' in read) times.push({ step: other, weights: usedWeights(read) });
  }
  return times.sort((a, b) => a.step - b.step);
}

/** What a weight began with, where the seed alone says it. */
function began({ plan, compiled }: UsedRun, path: string): readonly Named[] {
  const weight = compiled.weights.find((each) => each.path === path);
  if (weight === undefined || plan.train === undefined || plan.train.start !== undefined) return [];
  if (weight.init.call === FROM_FILE) return [];
  return [{ step: 0, values: [compiled.initial(weight, plan.train.seed)] }];
}

interface Looked {
  readonly step: number;
  readonly rows: number;
  readonly gradients: ReadonlyMap<string, Float32Array>;
  readonly results: readonly Float32Array[];
}

/** Gradients are means over the batches; of the results all numbers are kept. */
async function look(
  open: OpenExplained,
  preparer: Preparer,
  { path, batch }: { readonly path: string; readonly batch: number },
): Promise<Omit<Looked, 'step'>> {
  const part = partOf(preparer);
  const batches = Math.max(1, Math.min(BATCHES, Math.floor(preparer.rows[part] / batch)));
  const gradients = new Map<string, Float32Array>();
  const results: Float32Array[] = [];
  let [rows, kept] = [0, 0];
  for (let index = 0; index < batches && kept <= MOST_RESULTS; index++) {
    const given = await preparer.prepare({ part, epoch: 0, index, size: batch });
    const outputs = await open.run(given);
    rows += given.size;
    for (const [name, { data }] of Object.entries(outputs)) {
      if (!(data instanceof Float32Array)) continue;
      if (name === resultOutput(path)) {
        results.push(data);
        kept += data.length;
      } else if (name.startsWith(gradientOutput('')))
        add(gradients, name.slice(gradientOutput('').length), data, batches);
    }
  }
  return { rows, gradients, results };
}

function add(sums: Map<string, Float32Array>, path: string, values: Float32Array, of: number): void {
  const sum = sums.get(path) ?? new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) sum[i] = (sum[i] ?? 0) + (values[i] ?? 0) / of;
  sums.set(path, sum);
}

/** Numbers at an end, as the observation of a run counts them. */
const ENDS: Readonly<Record<'tanh' | 'sigmoid', readonly [number, number]>> = {
  tanh: [-0.97, 0.97],
  sigmoid: [0.03, 0.97],
};
/** A unit is saturated that stands at an end so often. */
const MOSTLY = 0.95;
const MOST_NAMED = 500;

/** Dead: zero for every example and place. Saturated: at an end nearly always. */
export function unitsOf(
  results: readonly Float32Array[],
  count: number,
  squash: ObservedLayer['squash'],
): LayerUnits | undefined {
  if (results.length === 0) return undefined;
  const alive = new Uint8Array(count);
  const ends = new Float64Array(count);
  const [low, high] = squash === 'tanh' || squash === 'sigmoid' ? ENDS[squash] : [-Infinity, Infinity];
  let seen = 0;
  for (const values of results) {
    seen += values.length / count;
    for (let i = 0; i < values.length; i++) {
      const [value = 0, unit] = [values[i], i % count];
      if (value !== 0) alive[unit] = 1;
      if (value < low || value > high) ends[unit] = (ends[unit] ?? 0) + 1;
    }
  }
  const all = Array.from({ length: count }, (_, unit) => unit);
  const dead = all.filter((unit) => alive[unit] === 0);
  const saturated = all.filter((unit) => (ends[unit] ?? 0) >= MOSTLY * seen);
  return {
    count,
    dead: dead.slice(0, MOST_NAMED),
    deadCount: dead.length,
    saturated: saturated.slice(0, MOST_NAMED),
    saturatedCount: saturated.length,
  };
}

function layerOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
