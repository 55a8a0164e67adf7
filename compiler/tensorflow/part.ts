/** One mode at one batch size: its program as part of the graph, with the signatures that run it. */
import type { Compiled, Mode } from '../compile.ts';
import type { Program, ProgramInput, ProgramOutput, RandomDraw } from '../program/program.ts';
import type { Tensor } from '../program/tensor.ts';
import { createEmitter, type Emitter } from './emitter.ts';
import { formOf } from './forms/index.ts';
import type { Signature, SignatureTensor } from './saved-model.ts';
import type { UpdateKernel } from './update.ts';
import { float, type Store, signatureTensor, tensorKeys } from './variables.ts';

export interface TensorflowPart {
  readonly mode: Mode;
  readonly batch: number;
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

export function writePart(
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
  const gradients = program.outputs.filter((output) => output.kind === 'gradient');
  const norm = normOf(emitter, program, gradients);
  const { clip, clipValue } = compiled.plan.train ?? {};
  const done = assignments(emitter, program, store);
  if (kernel && part.mode === 'train') {
    const names = Object.keys(kernel.numbers(1, 1));
    const numbers = Object.fromEntries(names.map((key) => [key, placeholder(key, scalar)]));
    const factor = clip === undefined || norm === undefined ? undefined : clipFactor(emitter, norm, clip);
    const scaled = (slope: string): string =>
      clippedTo(emitter, factor === undefined ? slope : emitter.add('Mul', [slope, factor], { T: float }), clipValue);
    for (const { name, tensor } of gradients) {
      const state = compiled.state.map((own) => [own.name, store.handle(`${name}/${own.name}`)] as const);
      const updated = kernel.write(emitter, {
        handle: store.handle(name),
        state: Object.fromEntries(state),
        value: readValue(emitter, program, name, store),
        gradient: scaled(emitter.nameOf(tensor)),
        numbers,
      });
      done.push(updated);
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

const scalar = { dtype: 'float32', shape: [] } as const;

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

/** Each number brought into −limit..limit. */
function clippedTo(emitter: Emitter, slope: string, limit: number | undefined): string {
  if (limit === undefined) return slope;
  const bound = (value: number): string => emitter.constant({ dtype: 'float32', shape: [], data: [value] });
  const below = emitter.add('Minimum', [slope, bound(limit)], { T: float });
  return emitter.add('Maximum', [below, bound(-limit)], { T: float });
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
