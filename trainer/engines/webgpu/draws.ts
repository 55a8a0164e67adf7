/** Numbers by chance for the GPU: drawn on the host by the kernel that the default engine draws with, then sent along. */
import { type Program, type ProgramInput, writeKernel } from '../../../compiler/index.ts';
import { createMemory } from '../onnx/memory.ts';
import { type DrawFunctions, drawInto, drawPlain } from '../shared/draw.ts';

type RandomInput = Extract<ProgramInput, { readonly kind: 'random' }>;

/** `step`: the one by which numbers are drawn. What is given is read before it is asked for again. */
export type Draw = (input: RandomInput, seed: number, step: number) => Float32Array;

/** Room is kept for what `program` draws, the training step at its usual batch; smaller batches take a part of it. */
export function createDraws(program: Program | undefined): Draw {
  const wanted = (program?.inputs ?? []).flatMap((input) =>
    input.kind === 'random' ? [{ name: input.name, size: sizeOf(input) }] : [],
  );
  if (wanted.length === 0) return plain;
  const none = { trained: [], fixed: [], states: 0, sums: false, averages: false, others: false };
  const store = createMemory({ ...none, draws: wanted });
  const module = new WebAssembly.Module(Uint8Array.from(writeKernel([]).module));
  const { exports } = new WebAssembly.Instance(module, { env: { memory: store.memory } });
  const functions: DrawFunctions = { uniform: functionOf(exports, 'uniform'), keep: functionOf(exports, 'keep') };
  return (input, seed, step) => {
    const size = sizeOf(input);
    const room = store.draws.get(input.name);
    if (room === undefined || room.length < size) return plain(input, seed, step);
    const data = room.subarray(0, size);
    drawInto(functions, data, store.addressOf(data), input.draw, seed, step);
    return data;
  };
}

function functionOf(exports: Readonly<Record<string, unknown>>, name: string): (...numbers: number[]) => void {
  const found = exports[name];
  if (typeof found !== 'function') throw new Error(`The kernel lacks the function '${name}'.`);
  return found as (...numbers: number[]) => void;
}

function plain(input: RandomInput, seed: number, step: number): Float32Array {
  const data = new Float32Array(sizeOf(input));
  drawPlain(data, input.draw, seed, step);
  return data;
}

function sizeOf({ tensor }: RandomInput): number {
  return tensor.shape.reduce((product, n) => product * n, 1);
}
