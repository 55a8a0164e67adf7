/**
 * An update from the gradients of several batches: sums that live in TensorFlow beside the weights, and the signature that
 * updates the weights from them. The signatures of the batches (`part.ts`) fill the sums.
 */
import type { Compiled } from '../compile.ts';
import type { Program } from '../program/program.ts';
import { createEmitter, type Emitter } from './emitter.ts';
import { formOf } from './forms/index.ts';
import type { TensorflowOperation } from './graph-def.ts';
import {
  type Around,
  assignments,
  averagesOfProgram,
  kernelUpdates,
  normOf,
  type Placeholder,
  scalar,
} from './part.ts';
import type { Signature, SignatureTensor } from './saved-model.ts';
import { float, signatureTensor } from './variables.ts';

/** Name of the signature that updates. */
export const updateName = 'update';

export interface Sums {
  readonly operations: readonly TensorflowOperation[];
  /** Handles by the weight's path. */
  readonly handles: ReadonlyMap<string, string>;
}

/** A sum for each weight that has a gradient in this program. They hold nothing between two updates. */
export function createSums(program: Program): Sums {
  const emitter = createEmitter('sums/', formOf);
  const gradients = program.outputs.filter(({ kind }) => kind === 'gradient');
  const handles = gradients.map(({ name, tensor }, index): [string, string] => [
    name,
    emitter.add('VarHandleOp', [], {
      dtype: float,
      shape: { shape: tensor.shape },
      shared_name: { text: `sum${index}` },
      container: { text: '' },
    }),
  ]);
  return { operations: emitter.operations, handles: new Map(handles) };
}

/** The update by TensorFlow's kernel, else by the program. It gives the norm of the gradients. */
export function writeGathered(
  compiled: Compiled,
  { kernel, store, sums }: Around & { readonly sums: ReadonlyMap<string, string> },
  scaled: boolean,
): { readonly operations: readonly TensorflowOperation[]; readonly signature: Signature } {
  const emitter = createEmitter('update/', formOf);
  const inputs: SignatureTensor[] = [];
  const placeholder: Placeholder = (key, info) => {
    const name = emitter.add('Placeholder', [], { dtype: { type: info.dtype }, shape: { shape: info.shape } });
    inputs.push(signatureTensor(key, name, info));
    return name;
  };
  const read = (handle: string): string => emitter.add('ReadVariableOp', [handle], { dtype: float });
  const end = (norm: string, after: readonly string[]): SignatureTensor =>
    signatureTensor('norm', emitter.add('Identity', [norm, ...after.map((name) => `^${name}`)], { T: float }), scalar);
  if (kernel) {
    const slopes = [...sums].map(([name, handle]) => ({ name, slope: read(handle) }));
    const norm = normOf(emitter, undefined, slopes);
    const weightOf = (name: string): string => read(store.handle(name));
    const done = kernelUpdates(emitter, { compiled, kernel, store, placeholder }, { slopes, norm, weightOf });
    const outputs = [end(norm ?? emitter.constant({ ...scalar, data: [0] }), done)];
    return { operations: emitter.operations, signature: { name: updateName, inputs, outputs } };
  }
  const program = compiled.updateAll([...sums.keys()], { mixed: scaled });
  defineInputs(emitter, program, (input) => {
    if (input.kind === 'gradient') return read(sums.get(input.name) ?? '');
    if (input.kind === 'weight' || input.kind === 'state') return read(store.handle(input.name));
    return placeholder(input.kind, input.tensor);
  });
  for (const node of program.nodes) emitter.emit(node);
  const averages = averagesOfProgram(emitter, program, { store, placeholder });
  const done = [...assignments(emitter, program, store), ...averages];
  const outputs = [end(normOf(emitter, program, []) ?? emitter.constant({ ...scalar, data: [0] }), done)];
  return { operations: emitter.operations, signature: { name: updateName, inputs, outputs } };
}

function defineInputs(emitter: Emitter, program: Program, nameOf: (input: Program['inputs'][number]) => string): void {
  for (const input of program.inputs) emitter.define(input.tensor, nameOf(input));
}
