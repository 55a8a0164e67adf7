/**
 * Training on the GPU: the graph of a step holds the update too, so that weights and optimizer state never leave the device.
 * Where several batches make an update, their gradients are added up there, and a graph of its own updates from the sums.
 */
import type { Tensor } from 'onnxruntime-node';
import type { Compiled, Mode, Program, ProgramInput } from '../../../compiler/index.ts';
import type { Batch, Session, StepResult } from '../../engine.ts';
import type { Runtime } from '../onnx/runtime.ts';
import { averageFactors } from '../shared/average.ts';
import { drawStep } from '../shared/draw.ts';
import { fieldOf } from '../shared/field.ts';
import { readObserved } from '../shared/observed.ts';
import { type Part, together } from '../shared/together.ts';
import { createArithmetic } from './arithmetic.ts';
import type { Gpu } from './devices.ts';
import { createDraws } from './draws.ts';
import { type GpuGraph, type GpuResult, type GpuSettings, hostTensor, openGpuGraph } from './graph.ts';
import { createStore, replaceAll, replaceOne } from './store.ts';
import { told } from './trouble.ts';

export interface GpuSessionOptions extends GpuSettings {
  readonly gpu: Pick<Gpu, 'name' | 'memory'>;
  readonly batch: number;
  readonly seed: number;
  /** Whether the GPU multiplies in 16 bits. */
  readonly half: boolean;
}

/** Where in the run a graph is run. */
interface Moment {
  readonly rate: number;
  readonly step: number;
  /** The step by which numbers are drawn. */
  readonly drawn: number;
}

/** A session whose errors are told in words. */
export async function openGpuSession(
  runtime: Runtime,
  compiled: Compiled,
  options: GpuSessionOptions,
): Promise<Session> {
  const inWords = async <T>(batch: number, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw told(error, compiled, batch, options.gpu);
    }
  };
  const session = await inWords(options.batch, openPlainSession(runtime, compiled, options));
  const { observe } = session;
  return {
    ...session,
    step: (batches, at) => inWords(Math.max(0, ...batches.map(({ size }) => size)), session.step(batches, at)),
    evaluate: (batch) => inWords(batch.size, session.evaluate(batch)),
    predict: (batch) => inWords(batch.size, session.predict(batch)),
    ...(observe ? { observe: (batch) => inWords(batch.size, observe(batch)) } : {}),
    restore: (state) => inWords(options.batch, session.restore(state)),
  };
}

async function openPlainSession(runtime: Runtime, compiled: Compiled, options: GpuSessionOptions): Promise<Session> {
  const { plan } = compiled;
  const trains = plan.train !== undefined && plan.loss !== undefined;
  const accumulates = (plan.train?.accumulate ?? 1) > 1;
  const mixed = options.half && plan.train?.precision === 'mixed';
  const arithmetic = createArithmetic(runtime, options);
  const lowerTrain = (batch: number): Program =>
    compiled.lower('train', batch, { update: accumulates ? 'outside' : 'inside', mixed });
  const first = trains ? lowerTrain(options.batch) : undefined;
  const gradientNames = (first?.outputs ?? []).flatMap(({ kind, name }) => (kind === 'gradient' ? [name] : []));
  const gathered = accumulates && trains ? compiled.updateAll(gradientNames, { mixed }) : undefined;
  const store = await createStore({ runtime, arithmetic }, compiled, {
    update: gathered ?? first,
    seed: options.seed,
  });
  const draw = createDraws(first);
  const sums = new Map<string, Tensor>();
  const graphs = new Map<string, Promise<GpuGraph>>();
  let disposed = false;
  let steps = 0;

  const graphOf = (key: string, lower: () => Program, half = false): Promise<GpuGraph> => {
    if (disposed) throw new Error('The session was closed.');
    const before = graphs.get(key);
    if (before) return before;
    const opened = openGpuGraph(runtime, lower(), { power: options.power, half, name: `${plan.title} ${key}` });
    graphs.set(key, opened);
    return opened;
  };
  const programFor = (mode: Mode, batch: number): Program => {
    if (mode !== 'train') return compiled.lower(mode, batch, { norms: true });
    return first && batch === options.batch ? first : lowerTrain(batch);
  };
  const graphFor = (mode: Mode, batch: number): Promise<GpuGraph> =>
    // Slopes that are only looked at are not scaled, so they need their 32 bits.
    graphOf(`${mode} ${batch}`, () => programFor(mode, batch), mixed && mode !== 'observe');
  const number = (value: number): Tensor => new runtime.Tensor('float32', Float32Array.of(value), []);
  const feeder =
    (batch: Batch, { rate, step, drawn }: Moment) =>
    (input: ProgramInput): Tensor => {
      const { dtype, shape } = input.tensor;
      switch (input.kind) {
        case 'field':
          return hostTensor(runtime, fieldOf(batch, { name: input.name, dtype, shape }));
        case 'weight':
          return held(store.weights, input.name);
        case 'state':
          return held(store.states, input.name);
        case 'gradient':
          return held(sums, input.name);
        case 'random':
          return new runtime.Tensor('float32', draw(input, options.seed, drawn), shape);
        case 'rate':
          return number(rate);
        case 'step':
          return number(step + 1);
        case 'factor':
          throw new Error(`A whole program has no input of the kind '${input.kind}'.`);
      }
    };
  /** New values of weights and state take the place of the old ones. */
  const keep = (results: readonly GpuResult[]): void => {
    for (const { of, tensor } of results) {
      if (of.kind === 'weight') replaceOne(store.weights, of.name, tensor);
      else if (of.kind === 'state') replaceOne(store.states, of.name, tensor);
    }
  };
  const addUp = async (results: readonly GpuResult[], share: number): Promise<void> => {
    const slopes = new Map(
      results.flatMap(({ of, tensor }): [string, Tensor][] => (of.kind === 'gradient' ? [[of.name, tensor]] : [])),
    );
    const next =
      sums.size === 0 ? await arithmetic.scaled(slopes, share) : await arithmetic.mixed(sums, 1, slopes, share);
    for (const slope of slopes.values()) slope.dispose();
    replaceAll(sums, next);
  };
  const average = async (step: number): Promise<void> => {
    const decay = plan.train?.average;
    if (decay === undefined) return;
    const { keep: old, add } = averageFactors(decay, step);
    const current = new Map([...store.averages.keys()].map((path) => [path, held(store.weights, path)]));
    replaceAll(store.averages, await arithmetic.mixed(store.averages, old, current, add));
  };
  const runOne = async (mode: Mode, batch: Batch): Promise<readonly GpuResult[]> =>
    (await graphFor(mode, batch.size)).run(feeder(batch, { rate: 0, step: 0, drawn: 0 }));

  return {
    async step(batches, { rate, step, gradientNorm }) {
      if (!trains) throw new Error('This session was opened for a plan that trains nothing.');
      if (batches.length !== 1 && !accumulates) throw new Error('This plan takes one batch for an update.');
      const total = batches.reduce((sum, { size }) => sum + size, 0);
      const parts: Part[] = [];
      let last: readonly GpuResult[] = [];
      for (const [place, batch] of batches.entries()) {
        const graph = await graphFor('train', batch.size);
        last = await graph.run(feeder(batch, { rate, step, drawn: drawStep(step, place) }));
        keep(last);
        if (accumulates) await addUp(last, batch.size / total);
        parts.push({ size: batch.size, ...resultOf(last) });
      }
      if (gathered && gradientNames.length > 0) {
        const graph = await graphOf('update', () => gathered);
        last = await graph.run(feeder({ size: 0, fields: {} }, { rate, step, drawn: 0 }));
        keep(last);
        replaceAll(sums, new Map());
      }
      await average(step);
      steps = step + 1;
      const needsNorm = gradientNorm || plan.train?.clip !== undefined;
      const norm = needsNorm ? numberOf(last, 'norm') : undefined;
      // An update that was left out says nothing of the gradients.
      const isLeftOut = mixed && norm !== undefined && !Number.isFinite(norm);
      return { ...together(compiled, parts), gradientNorm: isLeftOut ? undefined : norm };
    },
    async evaluate(batch) {
      return resultOf(await runOne('evaluate', batch));
    },
    async observe(batch) {
      const results = await runOne('observe', batch);
      return readObserved(compiled, new Map(results.map(({ of, tensor }) => [of.name, numbersOf(tensor)])));
    },
    async predict(batch) {
      const results = await runOne('predict', batch);
      return Object.fromEntries(
        results.map(({ of, tensor }) => [
          of.name,
          { dtype: of.tensor.dtype, shape: of.tensor.shape, data: numbersOf(tensor) },
        ]),
      );
    },
    async swapAverages() {
      for (const [path, values] of store.averages) {
        store.averages.set(path, held(store.weights, path));
        store.weights.set(path, values);
      }
    },
    save: () => store.save(steps),
    async restore(state) {
      await store.restore(state);
      steps = state.step;
    },
    async dispose() {
      disposed = true;
      for (const graph of graphs.values()) await (await graph).dispose();
      graphs.clear();
      replaceAll(sums, new Map());
      store.dispose();
      await arithmetic.dispose();
    },
  };
}

function held(values: ReadonlyMap<string, Tensor>, name: string): Tensor {
  const found = values.get(name);
  if (!found) throw new Error(`The session keeps no numbers named '${name}'.`);
  return found;
}

function numbersOf({ data }: Tensor): Float32Array | Int32Array | Uint8Array {
  if (data instanceof Float32Array || data instanceof Int32Array || data instanceof Uint8Array) return data;
  throw new Error('A result of this type cannot be read.');
}

function numberOf(results: readonly GpuResult[], kind: GpuResult['of']['kind']): number {
  const found = results.find(({ of }) => of.kind === kind);
  return found ? (numbersOf(found.tensor)[0] ?? Number.NaN) : Number.NaN;
}

function resultOf(results: readonly GpuResult[]): Pick<StepResult, 'loss' | 'metrics'> {
  const metrics: Record<string, number[]> = {};
  for (const { of, tensor } of results) {
    if (of.kind !== 'metric') continue;
    const numbers = metrics[of.name] ?? [];
    for (const value of numbersOf(tensor)) numbers.push(value);
    metrics[of.name] = numbers;
  }
  return { loss: numberOf(results, 'loss'), metrics };
}
