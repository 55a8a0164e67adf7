/**
 * All that a run asks of TensorFlow as one SavedModel: a signature for each mode and batch size, and `load` and `save` for
 * the variables, which all signatures share. Weights and optimizer state stay in TensorFlow between the steps.
 */
import type { Compiled, Mode } from '../compile.ts';
import type { Program, ProgramInput, ProgramOutput, RandomDraw } from '../program/program.ts';
import type { Tensor } from '../program/tensor.ts';
import { createEmitter, type Emitter } from './emitter.ts';
import { formOf } from './forms/index.ts';
import type { TensorflowOperation } from './graph-def.ts';
import { encodeSavedModel, type Signature, type SignatureTensor } from './saved-model.ts';
import { type UpdateKernel, updateKernel } from './update.ts';

export interface TensorflowPart {
  readonly mode: Mode;
  readonly batch: number;
}

export interface TensorflowVariable {
  readonly kind: 'weight' | 'state';
  readonly name: string;
  readonly shape: readonly number[];
  /** What state starts with; weights have their own. */
  readonly initial: number;
}

export interface TensorflowModel {
  /** The content of `saved_model.pb`. */
  readonly file: Uint8Array;
  readonly signatures: readonly Signature[];
  readonly variables: readonly TensorflowVariable[];
  /** What goes into each part and comes out, by the name of its signature. */
  readonly parts: ReadonlyMap<string, WrittenPart>;
  /** Numbers that the training step takes: rate, counters. */
  numbers(rate: number, step: number): Readonly<Record<string, number>>;
}

export interface WrittenPart {
  readonly fields: readonly TensorflowField[];
  readonly draws: readonly TensorflowDraw[];
  /** Loss, metrics and outputs. */
  readonly results: readonly { readonly key: string; readonly of: ProgramOutput }[];
}

export interface TensorflowField {
  /** Key of the signature's input. */
  readonly key: string;
  readonly name: string;
  readonly dtype: Tensor['dtype'];
  readonly shape: readonly number[];
}

export interface TensorflowDraw {
  /** Key of the signature's input. */
  readonly key: string;
  readonly shape: readonly number[];
  readonly draw: RandomDraw;
}

/** Name of a part's signature. */
export function signatureName({ mode, batch }: TensorflowPart, norm = false): string {
  return `${mode}${norm ? '+norm' : ''}@${batch}`;
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

export function writeTensorflow(compiled: Compiled, parts: readonly TensorflowPart[]): TensorflowModel {
  const optimizer = compiled.plan.train?.optimizer;
  const kernel = optimizer && updateKernel(optimizer);
  const programs = parts.map((part) => ({
    part,
    program: compiled.lower(part.mode, part.batch, { update: kernel ? 'outside' : 'inside' }),
  }));
  const training = programs.find(({ part }) => part.mode === 'train');
  const variables = variablesOf(compiled, training?.program);
  const store = createStore(variables);
  const operations: TensorflowOperation[] = [...store.operations];
  const signatures: Signature[] = [...store.signatures];
  const writtenParts = new Map<string, WrittenPart>();
  for (const { part, program } of programs) {
    const written = writePart(compiled, part, program, kernel, store);
    operations.push(...written.operations);
    signatures.push(...written.signatures);
    writtenParts.set(signatureName(part), written);
  }
  return {
    file: encodeSavedModel(operations, signatures),
    signatures,
    variables,
    parts: writtenParts,
    numbers: (rate, step) => kernel?.numbers(rate, step) ?? { rate, step },
  };
}

/** Every weight, and state for each weight that the training step moves. `training` is the program of a step, if there is one. */
function variablesOf(compiled: Compiled, training: Program | undefined): readonly TensorflowVariable[] {
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
  return [...weights, ...state];
}

/** A weight that the optimizer changes gives its gradient or, where the program updates it, its new value. */
function isTrained({ weights }: Compiled): (output: ProgramOutput) => boolean {
  const trainable = new Set(weights.filter((weight) => weight.trainable).map((weight) => weight.path));
  return ({ kind, name }) => kind === 'gradient' || (kind === 'weight' && trainable.has(name));
}

interface Store {
  readonly operations: readonly TensorflowOperation[];
  readonly signatures: readonly Signature[];
  handle(name: string): string;
}

const float = { type: 'float32' } as const;

/** The variables with the signatures that fill and read them. */
function createStore(variables: readonly TensorflowVariable[]): Store {
  const emitter = createEmitter('variables/', formOf);
  const handles = new Map<string, string>();
  const assigned: string[] = [];
  const inputs: SignatureTensor[] = [];
  const outputs: SignatureTensor[] = [];
  for (const [index, { name, shape }] of variables.entries()) {
    const handle = emitter.add('VarHandleOp', [], {
      dtype: float,
      shape: { shape },
      shared_name: { text: `variable${index}` },
      container: { text: '' },
    });
    handles.set(name, handle);
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
  };
}

function signatureTensor(
  key: string,
  name: string,
  { dtype, shape }: Pick<Tensor, 'dtype' | 'shape'>,
): SignatureTensor {
  return { key, tensor: name.includes(':') ? name : `${name}:0`, dtype, shape };
}

function writePart(
  compiled: Compiled,
  part: TensorflowPart,
  program: Program,
  kernel: UpdateKernel | undefined,
  store: Store,
) {
  const emitter = createEmitter(`${part.mode}${part.batch}/`, formOf);
  const inputs: SignatureTensor[] = [];
  const draws: TensorflowDraw[] = [];
  const fields: TensorflowField[] = [];
  const placeholder = (key: string, info: Pick<Tensor, 'dtype' | 'shape'>): string => {
    const name = emitter.add('Placeholder', [], { dtype: { type: info.dtype }, shape: { shape: info.shape } });
    inputs.push(signatureTensor(key, name, info));
    return name;
  };
  for (const input of program.inputs) {
    emitter.define(input.tensor, nameInput(emitter, input, placeholder, store));
    if (input.kind === 'random') {
      draws.push({ key: tensorKeys.random(input.name), shape: input.tensor.shape, draw: input.draw });
    }
    if (input.kind === 'field') {
      const { dtype, shape } = input.tensor;
      fields.push({ key: tensorKeys.field(input.name), name: input.name, dtype, shape });
    }
  }
  for (const node of program.nodes) emitter.emit(node);
  const scalar = { dtype: 'float32', shape: [] } as const;
  const gradients = program.outputs.filter((output) => output.kind === 'gradient');
  const outside = kernel && part.mode === 'train' ? { kernel, gradients } : undefined;
  const norm = normOf(emitter, program, gradients);
  const clip = compiled.plan.train?.clip;
  const done = assignments(emitter, program, store);
  if (outside) {
    const numbers = Object.fromEntries(
      Object.keys(outside.kernel.numbers(1, 1)).map((key) => [key, placeholder(key, scalar)]),
    );
    const factor = clip === undefined || norm === undefined ? undefined : clipFactor(emitter, norm, clip);
    for (const { name, tensor } of outside.gradients) {
      const slope = emitter.nameOf(tensor);
      done.push(
        outside.kernel.write(emitter, {
          handle: store.handle(name),
          state: Object.fromEntries(compiled.state.map((state) => [state.name, store.handle(`${name}/${state.name}`)])),
          value: readValue(emitter, program, name, store),
          gradient: factor === undefined ? slope : emitter.add('Mul', [slope, factor], { T: float }),
          numbers,
        }),
      );
    }
  }
  const after = done.map((name) => `^${name}`);
  const outputs = resultsOf(emitter, program, after);
  const withNorm = norm === undefined ? [] : [signatureTensor('norm', norm, scalar)];
  const signatures: Signature[] = [
    { name: signatureName(part), inputs, outputs: clip === undefined ? outputs : [...outputs, ...withNorm] },
  ];
  if (part.mode === 'train') {
    signatures.push({ name: signatureName(part, true), inputs, outputs: [...outputs, ...withNorm] });
  }
  const results = program.outputs.flatMap((of) => {
    const key = resultKey(of);
    return key === undefined ? [] : [{ key, of }];
  });
  return { operations: emitter.operations, signatures, draws, fields, results };
}

function nameInput(
  emitter: Emitter,
  input: ProgramInput,
  placeholder: (key: string, info: Tensor) => string,
  store: Store,
): string {
  switch (input.kind) {
    case 'field':
      return placeholder(tensorKeys.field(input.name), input.tensor);
    case 'random':
      return placeholder(tensorKeys.random(input.name), input.tensor);
    case 'rate':
    case 'step':
      return placeholder(input.kind, input.tensor);
    case 'weight':
    case 'state':
      return emitter.add('ReadVariableOp', [store.handle(input.name)], { dtype: float });
    case 'gradient':
    case 'factor':
      throw new Error(`A program for TensorFlow takes no '${input.kind}'.`);
  }
}

/** New values of moving statistics and, where the program updates by itself, of weights and state. */
function assignments(emitter: Emitter, program: Program, store: Store): string[] {
  return program.outputs.flatMap((output) =>
    output.kind === 'weight' || output.kind === 'state'
      ? [emitter.add('AssignVariableOp', [store.handle(output.name), emitter.nameOf(output.tensor)], { dtype: float })]
      : [],
  );
}

function readValue(emitter: Emitter, program: Program, name: string, store: Store): string {
  const input = program.inputs.find((other) => other.kind === 'weight' && other.name === name);
  return input ? emitter.nameOf(input.tensor) : emitter.add('ReadVariableOp', [store.handle(name)], { dtype: float });
}

/** The global norm: the program's own, or made of the gradients that it gives. */
function normOf(emitter: Emitter, program: Program, gradients: readonly ProgramOutput[]): string | undefined {
  const own = program.outputs.find((output) => output.kind === 'norm');
  if (own) return emitter.nameOf(own.tensor);
  if (gradients.length === 0) return undefined;
  const halves = gradients.map(({ tensor }) => emitter.add('L2Loss', [emitter.nameOf(tensor)], { T: float }));
  const sum = emitter.add('AddN', halves, { T: float, N: { int: halves.length } });
  const two = emitter.constant({ dtype: 'float32', shape: [], data: [2] });
  return emitter.add('Sqrt', [emitter.add('Mul', [sum, two], { T: float })], { T: float });
}

/** clip / max(norm, clip). */
function clipFactor(emitter: Emitter, norm: string, clip: number): string {
  const limit = emitter.constant({ dtype: 'float32', shape: [], data: [clip] });
  return emitter.add('RealDiv', [limit, emitter.add('Maximum', [norm, limit], { T: float })], { T: float });
}

/** Loss, metrics and outputs. The first is given only after all updates, so that asking for it makes them. */
function resultsOf(emitter: Emitter, program: Program, after: readonly string[]): readonly SignatureTensor[] {
  const results: SignatureTensor[] = [];
  const add = (key: string, { dtype, shape }: Tensor, name: string): void => {
    // Loaders have no bytes among their results.
    const wide = dtype === 'uint8' ? 'int32' : dtype;
    const value = dtype === wide ? name : emitter.add('Cast', [name], { SrcT: { type: dtype }, DstT: { type: wide } });
    const ended = emitter.add('Identity', [value, ...(results.length === 0 ? after : [])], { T: { type: wide } });
    results.push(signatureTensor(key, ended, { dtype: wide, shape }));
  };
  for (const output of program.outputs) {
    const key = resultKey(output);
    if (key !== undefined) add(key, output.tensor, emitter.nameOf(output.tensor));
  }
  return results;
}

/** Key of an output that a caller is given; undefined for what stays in the variables. */
function resultKey({ kind, name, ...rest }: ProgramOutput): string | undefined {
  if (kind === 'loss') return 'loss';
  if (kind === 'metric') return tensorKeys.metric(name, 'index' in rest ? rest.index : 0);
  return kind === 'output' ? tensorKeys.output(name) : undefined;
}
