/** Writes a program as an ONNX model, with the names under which the engine feeds and fetches. */
import type { Program, ProgramInput, ProgramOutput } from '../program/program.ts';
import { createEmitter } from './emitter.ts';
import { forGpu } from './gpu/rewrite.ts';
import { encodeModel, type OnnxOperation, type OnnxValue } from './model.ts';

export interface OnnxGraph {
  readonly model: Uint8Array;
  /** Number of operations in it. */
  readonly operations: number;
  /** Names in the model by the program's inputs, in their order. */
  readonly inputs: readonly { readonly name: string; readonly of: ProgramInput }[];
  readonly outputs: readonly { readonly name: string; readonly of: ProgramOutput }[];
  /** The model's first output where `sequence` was asked for. */
  readonly sequence: string | undefined;
}

export interface OnnxOptions {
  /** Channels in a block of the engine's blocked convolution on this processor; 0 (the default) for none. */
  readonly block?: number;
  /** Only operations that ONNX Runtime's WebGPU provider runs. */
  readonly gpu?: boolean;
  /** On the GPU: products in 16 bits. */
  readonly half?: boolean;
  /** With an empty sequence as the first output, before the program's own. */
  readonly sequence?: boolean;
}

export function writeOnnx(program: Program, name: string, options: OnnxOptions = {}): OnnxGraph {
  const emitter = createEmitter(options.block ?? 0, options.gpu);
  const inputs = program.inputs.map((of, i) => {
    emitter.define(of.tensor, `x${i}`);
    return { name: `x${i}`, of };
  });
  for (const node of program.nodes) emitter.emit(node);
  const outputs = program.outputs.map((of) => ({ name: emitter.exportTensor(of.tensor), of }));
  const value = ({ name: text, of }: { name: string; of: ProgramInput | ProgramOutput }): OnnxValue => ({
    name: text,
    dtype: of.tensor.dtype,
    shape: of.tensor.shape,
  });
  const needed = reached(
    emitter.operations,
    outputs.map((output) => output.name),
  );
  const portable = { operations: needed, initializers: emitter.initializers };
  const { operations, initializers } = options.gpu
    ? forGpu({ ...portable, half: options.half === true, inputs: inputs.map(value) })
    : portable;
  const read = new Set(operations.flatMap((operation) => operation.inputs));
  const sequence = options.sequence === true ? 'sequence' : undefined;
  const model = encodeModel({
    name,
    sequence,
    // ONNX Runtime walks back from the outputs and takes the last node first: in reversed order it runs ours.
    operations: operations.reverse(),
    initializers: initializers.filter((value) => read.has(value.name)),
    inputs: inputs.map(value),
    outputs: outputs.map(value),
  });
  return { model, operations: operations.length, inputs, outputs, sequence };
}

/** Operations that the outputs need: a primitive may write more than is asked for. */
export function reached(operations: readonly OnnxOperation[], outputs: readonly string[]): OnnxOperation[] {
  const needed = new Set(outputs);
  const kept: OnnxOperation[] = [];
  for (const operation of [...operations].reverse()) {
    if (!operation.outputs.some((name) => needed.has(name))) continue;
    kept.push(operation);
    for (const name of operation.inputs) needed.add(name);
  }
  return kept.reverse();
}
