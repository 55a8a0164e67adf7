/**
 * What one training step of a plan costs: multiply-adds and bytes, counted on the program that would run. A pure estimate of
 * the default engine; nothing is run, and no data is needed.
 */
import {
  type Cost,
  ENGINE_BYTES,
  type Plan,
  type StoredTensor,
  tensorFileBytes,
  WORKING_FACTOR,
} from '../language/index.ts';
import { type Compiled, compile } from './compile.ts';
import { memoryOfOnnx } from './onnx/memory.ts';
import type { Program } from './program/program.ts';
import { sizeOf, type TensorInfo } from './program/tensor.ts';

/** Channels in a block of the engine's convolution on most processors of today. */
const usualBlock = 16;

/** `plan` trains (`costPlan` makes one where a program has no train block that fits). */
export function costOf(plan: Plan): Cost {
  const compiled = compile(plan);
  const batch = plan.train?.batch ?? 1;
  const program = compiled.lower('train', batch, { update: 'outside' });
  const trained = trainedWeights(compiled, program);
  const state = trained.flatMap((weight) =>
    compiled.state.map(({ name }) => ({ name: `${weight.name}/${name}`, shape: weight.shape })),
  );
  // Sums of gradients over several batches, and averages, stand beside what there is.
  const averages = plan.train?.average === undefined ? [] : trained;
  const sums = (plan.train?.accumulate ?? 1) > 1 ? trained : [];
  const all = compiled.weights.map(({ path, shape }) => ({ name: path, shape }));
  const [weights, gradients, optimizer] = [all, [...trained, ...sums], [...state, ...averages]].map(bytesOfAll) as [
    number,
    number,
    number,
  ];
  const drawn = program.inputs.reduce((sum, input) => (input.kind === 'random' ? sum + bytesOf(input.tensor) : sum), 0);
  const memory = memoryOfOnnx(program, usualBlock);
  const working = memory.peak + drawn;
  return {
    parameters: weights / 4,
    trainable: bytesOfAll(compiled.weights.filter((weight) => weight.trainable)) / 4,
    macs: compiled.costs().macs,
    batch,
    weights,
    gradients,
    optimizer,
    activations: keptBytes(program),
    working,
    total: ENGINE_BYTES + weights + gradients + optimizer + memory.constants + working * WORKING_FACTOR,
    checkpoint: tensorFileBytes(all) + tensorFileBytes(state) + (averages.length > 0 ? tensorFileBytes(averages) : 0),
  };
}

function trainedWeights(compiled: Compiled, program: Program): readonly StoredTensor[] {
  const given = new Set(program.outputs.flatMap(({ kind, name }) => (kind === 'gradient' ? [name] : [])));
  return compiled.weights.flatMap(({ path, shape }) => (given.has(path) ? [{ name: path, shape }] : []));
}

function bytesOfAll(tensors: readonly { readonly shape: readonly number[] }[]): number {
  return tensors.reduce((sum, { shape }) => sum + sizeOf(shape) * 4, 0);
}

function bytesOf({ dtype, shape }: TensorInfo): number {
  return sizeOf(shape) * (dtype === 'float32' || dtype === 'int32' ? 4 : 1);
}

/** Bytes of what the way forward makes and the way back reads. */
function keptBytes({ nodes }: Program): number {
  const made = new Map<number, number>();
  for (const { forward, inputs, outputs } of nodes) {
    // A constant is no result of an example.
    if (forward && inputs.length > 0) for (const output of outputs) made.set(output.id, bytesOf(output));
  }
  let kept = 0;
  for (const { forward, inputs } of nodes) {
    if (forward) continue;
    for (const { id } of inputs) {
      kept += made.get(id) ?? 0;
      made.delete(id);
    }
  }
  return kept;
}
