/** The optimizer's update of all weights by the kernel, from the gradients in its memory. */
import { type Compiled, type Kernel, type KernelUpdate, sumsAt } from '../../../compiler/index.ts';
import { limitWeights } from './limits.ts';
import type { TrainMemory } from './memory.ts';

/** A function of the kernel's module. */
export type KernelFunction = (...numbers: number[]) => number;

export interface UpdateAt {
  readonly rate: number;
  /** From 1. */
  readonly step: number;
  /** On the gradients. */
  readonly factor: number;
}

/** The kernel takes four numbers at a time; behind each weight there is room. */
const stride = 16;

/** Undefined where the kernel lacks an operation. */
export function createUpdate(
  compiled: Compiled,
  kernel: Kernel,
  store: TrainMemory,
  find: (name: string) => KernelFunction,
): ((at: UpdateAt) => void) | undefined {
  if (kernel.updates.length === 0) return undefined;
  const limits = compiled.limits();
  const steps = kernel.updates.map((update, i) => {
    const measure = update.sums > 0 ? find(`measure${i}`) : undefined;
    return createOne(compiled, store, update, { update: find(`update${i}`), measure });
  });
  return (at) => {
    for (const step of steps) step(at);
    limitWeights(limits, store.weights);
  };
}

function createOne(
  compiled: Compiled,
  store: TrainMemory,
  { paths, states, sums, parameters }: KernelUpdate,
  functions: { readonly update: KernelFunction; readonly measure: KernelFunction | undefined },
): (at: UpdateAt) => void {
  const { addresses, blockBytes, memory } = store;
  const order = states.map((name) => compiled.state.findIndex((part) => part.name === name));
  const numbers = new Float32Array(memory.buffer, addresses.parameters, sumsAt / 4);
  const found = new Float64Array(memory.buffer, addresses.parameters + sumsAt, Math.max(1, sums));
  /** Bytes, weight, gradient and states of everything that is updated by one call. */
  const calls: (readonly [number, readonly number[]])[] = [];
  const inPlace = (start: number): readonly number[] => {
    const pointers = [addresses.weights, addresses.sums, ...order.map((index) => addresses.states[index] ?? 0)];
    return pointers.map((address) => address + start);
  };
  if (paths === undefined && functions.measure === undefined) {
    calls.push([blockBytes, inPlace(0)]);
  } else {
    const wanted = paths && new Set(paths);
    for (const [path, gradient] of store.sums) {
      if (gradient.length === 0 || wanted?.has(path) === false) continue;
      const bytes = Math.ceil(gradient.byteLength / stride) * stride;
      calls.push([bytes, inPlace(gradient.byteOffset - addresses.sums)]);
    }
  }
  return (at) => {
    const before = parameters(at);
    for (const [bytes, pointers] of calls) {
      numbers.set(before);
      if (functions.measure) {
        functions.measure(bytes, addresses.parameters, ...pointers);
        numbers.set(parameters(at, found));
      }
      functions.update(bytes, addresses.parameters, ...pointers);
    }
  };
}
