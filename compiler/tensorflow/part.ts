/** One mode at one batch size: its program as part of the graph, with the signatures that run it. */
import type { Compiled, Mode } from '../compile.ts';
import type { Program, ProgramInput, ProgramOutput, RandomDraw } from '../program/program.ts';
import type { Tensor } from '../program/tensor.ts';
import { writeAverages } from './averages.ts';
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

/** Of one batch of several that make an update: the first takes the place of the sums, the others are added. */
export function gatherName(batch: number, isFirst: boolean): string {
  return `${isFirst ? 'first' : 'next'}@${batch}`;
}

/** What stays in TensorFlow, and how it is updated. */
export interface Around {
  readonly kernel: UpdateKernel | undefined;
  readonly store: Store;
  /** Handles of the sums of gradients by weight, where several batches make an update. */
  readonly sums: ReadonlyMap<string, string> | undefined;
  /** Threads that may run operations at once. */
  readonly lanes: number;
}

export function writePart(compiled: Compiled, part: TensorflowPart, program: Program, around: Around) {
  const { kernel, store, sums } = around;
  const emitter = createEmitter(`${part.mode}${part.batch}/`, formOf, around.lanes);
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
  const results = program.outputs.flatMap((of) => {
    const key = resultKey(of);
    return key === undefined ? [] : [{ key, of }];
  });
  if (sums && part.mode === 'train') {
    const moved = assignments(emitter, program, store);
    const share = placeholder('share', scalar);
    const given = [...inputs];
    const signatures = [true, false].map((isFirst): Signature => {
      const type = isFirst ? 'AssignVariableOp' : 'AssignAddVariableOp';
      const gathered = gradients.map(({ name, tensor }) => {
        const part_ = emitter.add('Mul', [emitter.nameOf(tensor), share], { T: float });
        return emitter.add(type, [sums.get(name) ?? '', part_], { dtype: float });
      });
      const after = [...moved, ...gathered].map((name) => `^${name}`);
      return { name: gatherName(part.batch, isFirst), inputs: given, outputs: resultsOf(emitter, program, after) };
    });
    return { operations: emitter.operations, signatures, draws, fields, results };
  }
  const slopes = gradients.map(({ name, tensor }) => ({ name, slope: emitter.nameOf(tensor) }));
  const norm = normOf(emitter, program, slopes);
  const { clip } = compiled.plan.train ?? {};
  const done = [...assignments(emitter, program, store)];
  if (!kernel && part.mode === 'train') done.push(...averagesOfProgram(emitter, program, { store, placeholder }));
  if (kernel && part.mode === 'train') {
    const weightOf = (name: string): string => readValue(emitter, program, name, store);
    done.push(...kernelUpdates(emitter, { compiled, kernel, store, placeholder }, { slopes, norm, weightOf }));
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
  return { operations: emitter.operations, signatures, draws, fields, results };
}

export const scalar = { dtype: 'float32', shape: [] } as const;

/** Adds an input of a signature. */
export type Placeholder = (key: string, info: Pick<Tensor, 'dtype' | 'shape'>) => string;

/** The kernel's update of every weight, after clipping; gives back the operations that end them. */
export function kernelUpdates(
  emitter: Emitter,
  by: {
    readonly compiled: Compiled;
    readonly kernel: UpdateKernel;
    readonly store: Store;
    readonly placeholder: Placeholder;
  },
  from: {
    readonly slopes: readonly Slope[];
    readonly norm: string | undefined;
    readonly weightOf: (name: string) => string;
  },
): readonly string[] {
  const { compiled, kernel, store, placeholder } = by;
  const { clip, clipValue } = compiled.plan.train ?? {};
  const names = Object.keys(kernel.numbers(1, 1));
  const numbers = Object.fromEntries(names.map((key) => [key, placeholder(key, scalar)]));
  const factor = clip === undefined || from.norm === undefined ? undefined : clipFactor(emitter, from.norm, clip);
  const scaled = (slope: string): string =>
    clippedTo(emitter, factor === undefined ? slope : emitter.add('Mul', [slope, factor], { T: float }), clipValue);
  const done = from.slopes.map(({ name, slope }) => {
    const state = compiled.state.map((own) => [own.name, store.handle(`${name}/${own.name}`)] as const);
    return kernel.write(emitter, {
      handle: store.handle(name),
      state: Object.fromEntries(state),
      value: from.weightOf(name),
      gradient: scaled(slope),
      numbers,
    });
  });
  const updated = from.slopes.map(({ name }, i) => ({
    path: name,
    value: () => emitter.add('ReadVariableOp', [store.handle(name), `^${done[i] ?? ''}`], { dtype: float }),
  }));
  return [...done, ...writeAverages(emitter, { store, placeholder }, updated)];
}

/** Averages of the weights that the program itself updates. */
export function averagesOfProgram(
  emitter: Emitter,
  program: Program,
  by: { readonly store: Store; readonly placeholder: Placeholder },
): readonly string[] {
  const updated = program.outputs.flatMap(({ kind, name, tensor }) =>
    kind === 'weight' ? [{ path: name, value: () => emitter.nameOf(tensor) }] : [],
  );
  return writeAverages(emitter, by, updated);
}

/** The gradient of a weight by its path. */
export interface Slope {
  readonly name: string;
  readonly slope: string;
}

function nameInput(emitter: Emitter, input: ProgramInput, placeholder: Placeholder, store: Store): string {
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
export function assignments(emitter: Emitter, program: Program, store: Store): string[] {
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
export function normOf(emitter: Emitter, program: Program | undefined, slopes: readonly Slope[]): string | undefined {
  const own = program?.outputs.find((output) => output.kind === 'norm');
  if (own) return emitter.nameOf(own.tensor);
  if (slopes.length === 0) return undefined;
  const halves = slopes.map(({ slope }) => emitter.add('L2Loss', [slope], { T: float }));
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
