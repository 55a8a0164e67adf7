/** What lives in TensorFlow from step to step, as variables with one signature that fills them and one that reads them. */
import type { Compiled } from '../compile.ts';
import type { Program, ProgramOutput } from '../program/program.ts';
import type { Tensor } from '../program/tensor.ts';
import { createEmitter } from './emitter.ts';
import { formOf } from './forms/index.ts';
import type { TensorflowOperation } from './graph-def.ts';
import type { Signature, SignatureTensor } from './saved-model.ts';

export interface TensorflowVariable {
  readonly kind: 'weight' | 'state' | 'average';
  /** Path of the weight, with the state's own name behind it. */
  readonly name: string;
  readonly shape: readonly number[];
  /** What state starts with; weights have their own. */
  readonly initial: number;
}

/** Keys of inputs and outputs. */
export const tensorKeys = {
  field: (name: string): string => `field ${name}`,
  random: (name: string): string => `random ${name}`,
  metric: (name: string, index: number): string => `metric ${index} ${name}`,
  output: (name: string): string => `output ${name}`,
  /** Of a variable, by its place in the list. */
  variable: (index: number): string => `variable ${index}`,
};

/** Every weight, and state for each weight that the training step moves. `training` is the program of a step, if there is one. */
export function variablesOf(compiled: Compiled, training: Program | undefined): readonly TensorflowVariable[] {
  const weights = compiled.weights.map((weight) => ({
    kind: 'weight' as const,
    name: weight.path,
    shape: weight.shape,
    initial: 0,
  }));
  const trained = training?.outputs.filter(isTrained(compiled)) ?? [];
  const state = trained.flatMap((output) =>
    compiled.state.map(({ name, initial }) => ({
      kind: 'state' as const,
      name: `${output.name}/${name}`,
      shape: output.tensor.shape,
      initial,
    })),
  );
  // State of the optimizer that belongs to no weight: the scale of the loss.
  const free = (training?.inputs ?? []).flatMap((input) =>
    input.kind === 'state' && input.name.startsWith('/')
      ? [{ kind: 'state' as const, name: input.name, shape: input.tensor.shape, initial: input.initial }]
      : [],
  );
  const averages = trained.map(({ name, tensor: { shape } }) => ({
    kind: 'average' as const,
    name,
    shape,
    initial: 0,
  }));
  return [...weights, ...state, ...free, ...(compiled.plan.train?.average === undefined ? [] : averages)];
}

/** A weight that the optimizer changes gives its gradient or, where the program updates it, its new value. */
function isTrained({ weights }: Compiled): (output: ProgramOutput) => boolean {
  const trainable = new Set(weights.filter((weight) => weight.trainable).map((weight) => weight.path));
  return ({ kind, name }) => kind === 'gradient' || (kind === 'weight' && trainable.has(name));
}

export interface Store {
  readonly operations: readonly TensorflowOperation[];
  readonly signatures: readonly Signature[];
  handle(name: string): string;
  /** Of the average of a weight; undefined where it has none. */
  average(path: string): string | undefined;
}

export const float = { type: 'float32' } as const;

/** The variables with the signatures that fill and read them. */
export function createStore(variables: readonly TensorflowVariable[]): Store {
  const emitter = createEmitter('variables/', formOf);
  const handles = new Map<string, string>();
  const assigned: string[] = [];
  const inputs: SignatureTensor[] = [];
  const outputs: SignatureTensor[] = [];
  const averages = new Map<string, string>();
  for (const [index, { kind, name, shape }] of variables.entries()) {
    const handle = emitter.add('VarHandleOp', [], {
      dtype: float,
      shape: { shape },
      shared_name: { text: `variable${index}` },
      container: { text: '' },
    });
    (kind === 'average' ? averages : handles).set(name, handle);
    const key = tensorKeys.variable(index);
    const value = emitter.add('Placeholder', [], { dtype: float, shape: { shape } });
    assigned.push(`^${emitter.add('AssignVariableOp', [handle, value], { dtype: float })}`);
    inputs.push(signatureTensor(key, value, { dtype: 'float32', shape }));
    const read = emitter.add('ReadVariableOp', [handle], { dtype: float });
    outputs.push(signatureTensor(key, read, { dtype: 'float32', shape }));
  }
  const one = emitter.constant({ dtype: 'float32', shape: [], data: [1] });
  const done = emitter.add('Identity', [one, ...assigned], { T: float });
  return {
    operations: emitter.operations,
    signatures: [
      { name: 'load', inputs, outputs: [signatureTensor('done', done, { dtype: 'float32', shape: [] })] },
      { name: 'save', inputs: [], outputs },
    ],
    handle(name) {
      const handle = handles.get(name);
      if (handle === undefined) throw new Error(`There is no variable '${name}'.`);
      return handle;
    },
    average: (path) => averages.get(path),
  };
}

export function signatureTensor(
  key: string,
  name: string,
  { dtype, shape }: Pick<Tensor, 'dtype' | 'shape'>,
): SignatureTensor {
  return { key, tensor: name.includes(':') ? name : `${name}:0`, dtype, shape };
}
