/**
 * What is measured before the first step: mean and variance of what comes into each `Normalize` of the model, in one pass
 * over the training rows for each. Only what stands before it is computed; the session is then given the numbers.
 */

import type { Plan, PlanNode, Ref, TrainSettings } from '../../language/index.ts';
import { batchesOf, type Preparer } from '../data/feed.ts';
import type { HostTensor, Session } from '../engine.ts';
import { compilePlan } from './compile-plan.ts';
import type { Control } from './control.ts';
import type { Opened } from './opening.ts';
import type { RunWriter } from './writer.ts';

export interface Measuring {
  readonly plan: Plan;
  readonly train: TrainSettings;
  readonly opened: Pick<Opened, 'engine' | 'session'> & { readonly taken?: ReadonlySet<string> };
  readonly preparer: Preparer;
  readonly threads: number;
  readonly control: Pick<Control, 'stopAsked'>;
  readonly writer: Pick<RunWriter, 'say'>;
}

/** Measures and sets the weights of every `Normalize`. A stop leaves the rest as it starts. */
export async function measureFirst(m: Measuring): Promise<void> {
  // What came with the weights of another run stays: those behind it were trained by it.
  const layers = layersOf(m.plan).filter(({ mean }) => m.opened.taken?.has(mean) !== true);
  // One after the other: what comes into the second may have gone through the first.
  for (const { source, mean, variance } of layers) {
    const found = await momentsOf(m, source);
    if (found === undefined) return;
    await setWeights(
      m.opened.session,
      new Map([
        [mean, found.mean],
        [variance, found.variance],
      ]),
    );
  }
  if (layers.length === 0) return;
  const what = layers.length === 1 ? 'a `Normalize`' : `${layers.length} \`Normalize\``;
  const text = `Measured before the first step: mean and variance for ${what} of the model.`;
  m.writer.say({ kind: 'log', level: 'info', text });
}

interface Layer {
  readonly source: Ref;
  /** Paths of its weights. */
  readonly mean: string;
  readonly variance: string;
}

/** Each once, at its first use. */
function layersOf({ graph }: Plan): readonly Layer[] {
  const seen = new Set<string>();
  return graph.nodes.flatMap((node: PlanNode): Layer[] => {
    if (node.op !== 'model/Normalize') return [];
    const path = (name: string): string => graph.weights[node.weights[name] ?? -1]?.path ?? '';
    const { x } = node.inputs;
    if (x === undefined || !('node' in x) || seen.has(path('mean'))) return [];
    seen.add(path('mean'));
    return [{ source: x, mean: path('mean'), variance: path('variance') }];
  });
}

interface Moments {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** Over everything but the last axis; undefined where the run was stopped. */
async function momentsOf(m: Measuring, source: Ref): Promise<Moments | undefined> {
  const { plan, train, opened } = m;
  const before: Plan = {
    ...plan,
    graph: { ...plan.graph, outputs: [{ name: 'measured', ref: source, trainingOnly: false }] },
    loss: undefined,
    metrics: [],
    train: undefined,
  };
  const { batch, seed } = train;
  const session = await opened.engine.open(await compilePlan(before), { batch, threads: m.threads, seed });
  try {
    const { weights } = await opened.session.save();
    await session.restore({ weights, optimizer: new Map(), step: 0 });
    const sums = new Sums();
    for await (const one of batchesOf(m.preparer, { part: 'train', epoch: 0, size: batch }, 0)) {
      if (m.control.stopAsked) return undefined;
      const { measured } = await session.predict(one);
      if (measured !== undefined) sums.add(measured);
    }
    return sums.moments();
  } finally {
    await session.dispose();
  }
}

/** Mean and squared distances by channel, batch by batch (Chan et al., 1983), so that large means cost no digits. */
class Sums {
  private count = 0;
  private mean = new Float64Array(0);
  private squares = new Float64Array(0);

  add({ data, shape }: HostTensor): void {
    const channels = shape.at(-1) ?? 1;
    const rows = data.length / channels;
    if (this.count === 0) {
      this.mean = new Float64Array(channels);
      this.squares = new Float64Array(channels);
    }
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      for (let i = c; i < data.length; i += channels) sum += data[i] ?? 0;
      const mean = sum / rows;
      let squares = 0;
      for (let i = c; i < data.length; i += channels) squares += ((data[i] ?? 0) - mean) ** 2;
      const apart = mean - (this.mean[c] ?? 0);
      const all = this.count + rows;
      this.mean[c] = (this.mean[c] ?? 0) + (apart * rows) / all;
      this.squares[c] = (this.squares[c] ?? 0) + squares + (apart ** 2 * this.count * rows) / all;
    }
    this.count += rows;
  }

  moments(): Moments {
    return { mean: this.mean, variance: this.squares.map((sum) => sum / Math.max(this.count, 1)) };
  }
}

async function setWeights(session: Session, values: ReadonlyMap<string, Float64Array>): Promise<void> {
  const state = await session.save();
  const weights = new Map(state.weights);
  for (const [path, data] of values) {
    weights.set(path, { dtype: 'float32', shape: [data.length], data: Float32Array.from(data) });
  }
  await session.restore({ ...state, weights });
}
