/**
 * A training step on several threads, each with a part of the batch. The training thread takes the first part itself; the
 * gradients of the others are added in the order of the parts, so that sums come out the same in every run.
 */
import {
  type Compiled,
  type OnnxGraph,
  type Program,
  type ProgramInput,
  type RandomDraw,
  writeOnnx,
} from '../../../compiler/index.ts';
import type { Batch, HostTensor, StepResult } from '../../engine.ts';
import { type Part, together } from '../shared/together.ts';
import type { GraphSession } from './graph.ts';
import type { TrainMemory } from './memory.ts';
import { type PartThread, partsOf, paysInParts, startPart } from './parts.ts';
import { resultOf } from './result.ts';

/** How a batch goes into parts. */
export interface Division {
  readonly parts: number;
  readonly program: Program;
  readonly graph: OnnxGraph;
}

/** Undefined where one session for the whole batch is better, or parts would not come to the same. */
export function divide(
  lower: (batch: number) => Program,
  whole: Program,
  options: { readonly name: string; readonly batch: number; readonly threads: number; readonly block: number },
): Division | undefined {
  const parts = partsOf(options.batch, options.threads);
  if (parts < 2 || whole.separable !== true) return undefined;
  const program = lower(options.batch / parts);
  const graph = writeOnnx(program, options.name, { block: options.block, sequence: true });
  return paysInParts(program, parts, graph.operations) ? { parts, program, graph } : undefined;
}

export interface ParallelOptions {
  readonly compiled: Compiled;
  readonly division: Division;
  /** The file that a part's thread runs. */
  readonly script: string;
  readonly store: TrainMemory;
  readonly mix: (bytes: number, to: number, keep: number, from: number, factor: number) => void;
  /** The training thread's own session. */
  readonly own: GraphSession;
  /** Feeds everything but what is drawn. */
  readonly feeder: (batch: Batch, step: number, rate: number) => (input: ProgramInput) => HostTensor;
  readonly draw: (target: Float32Array, draw: RandomDraw, step: number) => void;
}

export interface Parallel {
  run(
    batch: Batch,
    at: { readonly rate: number; readonly step: number },
  ): Promise<Pick<StepResult, 'loss' | 'metrics'>>;
  dispose(): Promise<void>;
}

export async function openParallel(options: ParallelOptions): Promise<Parallel> {
  const { compiled, division, store, own } = options;
  const { parts, graph } = division;
  const threads: PartThread[] = [];
  try {
    for (let k = 1; k < parts; k++) threads.push(await startPart(options.script, graph));
  } catch (error) {
    for (const thread of threads) await thread.dispose();
    throw error;
  }
  const { addresses, blockBytes } = store;
  const collect = (thread: PartThread, keep: number): void => {
    for (const { of, data } of thread.outputs) {
      if (of.kind === 'gradient') store.others.get(of.name)?.set(data);
    }
    options.mix(blockBytes, addresses.gradients, keep, addresses.others, 1 / parts);
  };
  return {
    async run(batch, { rate, step }) {
      for (const input of division.program.inputs) {
        const numbers = input.kind === 'random' ? store.draws.get(input.name) : undefined;
        if (input.kind === 'random' && numbers) options.draw(numbers, input.draw, step);
      }
      const feed = (k: number): ((input: ProgramInput) => HostTensor) => {
        const others = options.feeder(partOf(batch, k, parts), step, rate);
        return (input) => (input.kind === 'random' ? drawn(store, input, k) : others(input));
      };
      threads.forEach((thread, i) => {
        thread.start(feed(i + 1));
      });
      await own.run(feed(0));
      const size = batch.size / parts;
      const results: Part[] = [{ size, ...resultOf(own.outputs) }];
      for (const [i, thread] of threads.entries()) {
        await thread.wait();
        collect(thread, i === 0 ? 1 / parts : 1);
        results.push({ size, ...resultOf(thread.outputs) });
      }
      return together(compiled, results);
    },
    async dispose() {
      for (const thread of threads) await thread.dispose();
    },
  };
}

/** The numbers by chance of a part's examples: those that the whole batch would have. */
function drawn(store: TrainMemory, { name, tensor: { dtype, shape } }: ProgramInput, k: number): HostTensor {
  const size = shape.reduce((product, n) => product * n, 1);
  const data = store.draws.get(name)?.subarray(k * size, (k + 1) * size);
  if (!data) throw new Error(`The session keeps no numbers named '${name}'.`);
  return { dtype, shape, data };
}

function partOf(batch: Batch, k: number, parts: number): Batch {
  const size = batch.size / parts;
  const fields = Object.entries(batch.fields).map(([name, { dtype, shape, data }]): [string, HostTensor] => {
    const length = data.length / parts;
    return [name, { dtype, shape: [size, ...shape.slice(1)], data: data.subarray(k * length, (k + 1) * length) }];
  });
  return { size, fields: Object.fromEntries(fields) };
}
