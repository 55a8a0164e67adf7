/**
 * Training on ONNX Runtime: the graph gives loss, metrics and gradients, a WebAssembly kernel updates the weights in place.
 * Evaluation and prediction are graphs of their own over the same weights. A graph has one batch size; others are opened
 * when they first come.
 */
import {
  type Compiled,
  type Kernel,
  type Mode,
  type OnnxGraph,
  type Program,
  type ProgramInput,
  type ProgramOutput,
  writeKernel,
} from '../../../compiler/index.ts';
import type { Batch, HostTensor, Session, StepResult, TrainState } from '../../engine.ts';
import { averageFactors } from '../shared/average.ts';
import { type DrawFunctions, drawInto, drawPlain, drawStep } from '../shared/draw.ts';
import { fieldOf } from '../shared/field.ts';
import { readObserved } from '../shared/observed.ts';
import { type Part, together } from '../shared/together.ts';
import { type GraphSession, openGraph } from './graph.ts';
import { createMemory, type TrainMemory } from './memory.ts';
import { type Division, divide, openParallel, type Parallel } from './parallel.ts';
import { numberOf, resultOf } from './result.ts';
import type { Runtime } from './runtime.ts';
import { restoreState, saveState } from './state.ts';
import { createUpdate, type KernelFunction } from './update.ts';
import { watchWeights } from './watch.ts';

interface KernelFunctions extends DrawFunctions {
  readonly find: (name: string) => KernelFunction;
  squares(at: number, bytes: number): number;
  mix(bytes: number, to: number, keep: number, from: number, factor: number): void;
}

export interface SessionOptions {
  readonly batch: number;
  readonly threads: number;
  readonly seed: number;
  /** Channels in a block of the engine's blocked convolution, 0 for none. */
  readonly block: number;
  /** The file that threads for parts of a batch run; undefined where it is not there. */
  readonly partScript?: string | undefined;
}

export async function openSession(runtime: Runtime, compiled: Compiled, options: SessionOptions): Promise<Session> {
  const { plan } = compiled;
  const trains = plan.train !== undefined && plan.loss !== undefined;
  const kernel = writeKernel(trains ? compiled.updates() : []);
  const average = plan.train?.average;
  const accumulates = (plan.train?.accumulate ?? 1) > 1;
  const byKernel = kernel.updates.length > 0;
  const lowerTrain = (batch: number): Program =>
    compiled.lower('train', batch, { update: byKernel || accumulates ? 'outside' : 'inside' });
  const first = trains ? lowerTrain(options.batch) : undefined;
  const name = (mode: Mode): string => `${plan.title} ${mode}`;
  const division =
    first && options.partScript !== undefined
      ? divide(lowerTrain, first, { ...options, name: name('train') })
      : undefined;
  const store = reserve(compiled, first, division !== undefined);
  for (const weight of compiled.weights) store.weights.get(weight.path)?.set(compiled.initial(weight, options.seed));
  const functions = instantiate(kernel, store);
  const graphs = new Map<string, Promise<GraphSession>>();
  /** Results that take the place of what they were computed from, once the step is done. */
  const replaced = new Map<GraphSession, readonly { readonly from: HostTensor['data']; readonly to: Float32Array }[]>();
  let disposed = false;
  let steps = 0;

  const graphFor = (mode: Mode, batch: number): Promise<GraphSession> => {
    if (disposed) throw new Error('The session was closed.');
    return graphOf(`${mode} ${batch}`, () => open(programFor(mode, batch), mode));
  };
  const graphOf = (key: string, make: () => Promise<GraphSession>): Promise<GraphSession> => {
    const opened = graphs.get(key) ?? make();
    graphs.set(key, opened);
    return opened;
  };
  const programFor = (mode: Mode, batch: number): Program => {
    // The kernel tells the norms of its gradients by itself.
    if (mode !== 'train') return compiled.lower(mode, batch, { norms: !byKernel });
    return first && batch === options.batch ? first : lowerTrain(batch);
  };
  const open = async (program: Program, mode: Mode, written?: OnnxGraph): Promise<GraphSession> => {
    const graph = await openGraph(runtime, program, {
      ...(written ? { graph: written } : {}),
      name: name(mode),
      threads: options.threads,
      block: options.block,
      place: (output) => (output.kind === 'gradient' ? store.gradients.get(output.name) : undefined),
    });
    replaced.set(
      graph,
      graph.outputs.flatMap(({ of, data }) => {
        const to =
          of.kind === 'weight' ? store.weights.get(of.name) : of.kind === 'state' ? stateOf(of.name) : undefined;
        return to ? [{ from: data, to }] : [];
      }),
    );
    return graph;
  };
  const stateOf = (name: string): Float32Array | undefined => {
    const slash = name.lastIndexOf('/');
    const index = compiled.state.findIndex((part) => part.name === name.slice(slash + 1));
    return store.states[index]?.get(name.slice(0, slash));
  };

  const scalarOf = (value: number): HostTensor => ({ dtype: 'float32', shape: [], data: Float32Array.of(value) });
  const feeder =
    (batch: Batch, step: number, rate: number, drawn: 'kernel' | 'plain') =>
    (input: ProgramInput): HostTensor => {
      const { dtype, shape } = input.tensor;
      switch (input.kind) {
        case 'field':
          return fieldOf(batch, { name: input.name, dtype, shape });
        case 'weight':
          return { dtype, shape, data: held(store.weights.get(input.name), input.name) };
        case 'state':
          return { dtype, shape, data: held(stateOf(input.name), input.name) };
        case 'random': {
          const size = shape.reduce((product, n) => product * n, 1);
          const room = drawn === 'kernel' ? store.draws.get(input.name)?.subarray(0, size) : undefined;
          const data = room ?? new Float32Array(size);
          if (room) drawInto(functions, data, store.addressOf(data), input.draw, options.seed, step);
          else drawPlain(data, input.draw, options.seed, step);
          return { dtype, shape, data };
        }
        case 'rate':
          return scalarOf(rate);
        case 'step':
          return scalarOf(step + 1);
        case 'gradient':
          return { dtype, shape, data: held(store.sums.get(input.name), input.name) };
        case 'factor':
          throw new Error(`A whole program has no input of the kind '${input.kind}'.`);
      }
    };

  const update = createUpdate(compiled, kernel, store, functions.find);
  const replace = (graph: GraphSession): void => {
    for (const { from, to } of replaced.get(graph) ?? []) to.set(from);
  };
  /** The threads that share each batch of full size. */
  let parallel: Promise<Parallel> | undefined;
  const openParts = async (division: Division, script: string): Promise<Parallel> =>
    openParallel({
      compiled,
      division,
      script,
      store,
      mix: functions.mix,
      own: await graphOf(`part ${options.batch / division.parts}`, () =>
        open(division.program, 'train', division.graph),
      ),
      feeder: (batch, step, rate) => feeder(batch, step, rate, 'kernel'),
      draw: (target, draw, step) => drawInto(functions, target, store.addressOf(target), draw, options.seed, step),
    });
  /** Loss, metrics, gradients and moving statistics of one batch of an update. */
  const runBatch = async (
    batch: Batch,
    at: { readonly rate: number; readonly step: number; readonly place: number },
  ): Promise<Pick<StepResult, 'loss' | 'metrics' | 'gradientNorm'>> => {
    const step = drawStep(at.step, at.place);
    if (division && options.partScript !== undefined && batch.size === options.batch) {
      parallel ??= openParts(division, options.partScript);
      return { ...(await (await parallel).run(batch, { rate: at.rate, step })), gradientNorm: undefined };
    }
    const graph = await graphFor('train', batch.size);
    await graph.run(feeder(batch, step, at.rate, 'kernel'));
    replace(graph);
    return { ...resultOf(graph.outputs), gradientNorm: numberOf(graph.outputs, 'norm') };
  };
  /** The update that the kernel lacks, from the sums of gradients. */
  let whole: Promise<GraphSession> | undefined;
  const updateWhole = async (rate: number, step: number): Promise<number> => {
    whole ??= open(compiled.updateAll([...store.gradients.keys()]), 'train');
    const graph = await whole;
    await graph.run(feeder({ size: 0, fields: {} }, step, rate, 'plain'));
    replace(graph);
    return numberOf(graph.outputs, 'norm');
  };

  return {
    async step(batches, { rate, step, gradientNorm, layers }) {
      if (!trains) throw new Error('This session was opened for a plan that trains nothing.');
      if (batches.length !== 1 && !accumulates) throw new Error('This plan takes one batch for an update.');
      const total = batches.reduce((sum, { size }) => sum + size, 0);
      const { blockBytes, addresses } = store;
      if (accumulates) for (const sum of store.sums.values()) sum.fill(0);
      const parts: Part[] = [];
      let last: number | undefined;
      for (const [place, batch] of batches.entries()) {
        const { gradientNorm: within, ...result } = await runBatch(batch, { rate, step, place });
        last = within;
        if (accumulates && blockBytes > 0) {
          functions.mix(blockBytes, addresses.sums, 1, addresses.gradients, batch.size / total);
        }
        parts.push({ size: batch.size, ...result });
      }
      const clip = plan.train?.clip;
      const needsNorm = gradientNorm || clip !== undefined;
      const watched = layers && update ? watchWeights(store, functions.squares) : undefined;
      let norm: number | undefined;
      if (update && blockBytes > 0) {
        norm = needsNorm ? Math.sqrt(functions.squares(addresses.sums, blockBytes)) : undefined;
        const factor = clip !== undefined && norm !== undefined ? clip / Math.max(norm, clip) : 1;
        update({ rate, step: step + 1, factor });
      } else if (accumulates && blockBytes > 0) {
        norm = await updateWhole(rate, step);
      } else if (needsNorm) {
        norm = last;
      }
      if (average !== undefined && blockBytes > 0) {
        const { keep, add } = averageFactors(average, step);
        functions.mix(blockBytes, addresses.averages, keep, addresses.weights, add);
      }
      steps = step + 1;
      return {
        ...together(compiled, parts),
        gradientNorm: needsNorm ? norm : undefined,
        ...(watched ? { layers: watched() } : {}),
      };
    },
    async evaluate(batch) {
      const graph = await graphFor('evaluate', batch.size);
      await graph.run(feeder(batch, 0, 0, 'plain'));
      return resultOf(graph.outputs);
    },
    async observe(batch) {
      const graph = await graphFor('observe', batch.size);
      await graph.run(feeder(batch, 0, 0, 'plain'));
      return readObserved(compiled, new Map(graph.outputs.map(({ of, data }) => [of.name, data])));
    },
    async predict(batch) {
      const graph = await graphFor('predict', batch.size);
      await graph.run(feeder(batch, 0, 0, 'plain'));
      return Object.fromEntries(
        graph.outputs.map(({ of, data }) => [
          of.name,
          { dtype: of.tensor.dtype, shape: of.tensor.shape, data: data.slice() },
        ]),
      );
    },
    async swapAverages() {
      for (const [path, values] of store.averages) {
        const weights = held(store.weights.get(path), path);
        const before = weights.slice();
        weights.set(values);
        values.set(before);
      }
    },
    async save(): Promise<TrainState> {
      return saveState(compiled, store, steps);
    },
    async restore(state) {
      restoreState(compiled, store, state);
      steps = state.step;
    },
    async dispose() {
      disposed = true;
      await (await parallel)?.dispose();
      for (const graph of [...graphs.values(), ...(whole ? [whole] : [])]) await (await graph).dispose();
      graphs.clear();
      whole = undefined;
    },
  };
}

function reserve(compiled: Compiled, train: Program | undefined, divided: boolean): TrainMemory {
  const outputs = train?.outputs ?? [];
  const trained = new Set(
    outputs.flatMap((output) => (output.kind === 'gradient' || isUpdated(output, train) ? [output.name] : [])),
  );
  const sizes = compiled.weights.map(({ path, shape }) => ({
    name: path,
    size: shape.reduce((product, n) => product * n, 1),
  }));
  const store = createMemory({
    trained: sizes.filter(({ name }) => trained.has(name)),
    fixed: sizes.filter(({ name }) => !trained.has(name)),
    states: train ? compiled.state.length : 0,
    sums: (compiled.plan.train?.accumulate ?? 1) > 1,
    averages: compiled.plan.train?.average !== undefined,
    others: divided,
    draws: (train?.inputs ?? []).flatMap((input) =>
      input.kind === 'random'
        ? [{ name: input.name, size: input.tensor.shape.reduce((product, n) => product * n, 1) }]
        : [],
    ),
  });
  store.states.forEach((block, i) => {
    for (const values of block.values()) values.fill(compiled.state[i]?.initial ?? 0);
  });
  return store;
}

/** A weight that the program itself updates has state of its own. */
function isUpdated(output: ProgramOutput, train: Program | undefined): boolean {
  const inside = train?.outputs.some((other) => other.kind === 'norm') === true;
  return inside && output.kind === 'weight';
}

function instantiate(kernel: Kernel, store: TrainMemory): KernelFunctions {
  const module = new WebAssembly.Module(Uint8Array.from(kernel.module));
  const { exports } = new WebAssembly.Instance(module, { env: { memory: store.memory } });
  const find = (name: string): KernelFunction => {
    const found = exports[name];
    if (typeof found !== 'function') throw new Error(`The kernel lacks the function '${name}'.`);
    return found as KernelFunction;
  };
  return {
    squares: find('squares'),
    mix: find('mix'),
    uniform: find('uniform'),
    keep: find('keep'),
    find,
  };
}

function held(data: Float32Array | undefined, name: string): Float32Array {
  if (!data) throw new Error(`The session keeps no numbers named '${name}'.`);
  return data;
}
