/** One TensorFlow for a test file: the loader asked for where there is one, else why there is none. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  encodeSavedModel,
  type Program,
  type ProgramInput,
  type ProgramOutput,
  type Signature,
} from '../../../compiler/index.ts';
import { createEmitter } from '../../../compiler/tensorflow/emitter.ts';
import { formOf } from '../../../compiler/tensorflow/forms/index.ts';
import {
  findTensorFlow,
  type LoadedModel,
  type Loader,
  openLoader,
  type Runtime,
} from '../../../trainer/engines/tensorflow/index.ts';

export type Kind = 'package' | 'library';

const search = await findTensorFlow();

export function loaderFor(kind: Kind): Loader | undefined {
  return search.loaders.find((found) => found.kind === kind);
}

/** Undefined where the tests that need it are to be skipped. */
export async function openFor(kind: Kind): Promise<Runtime | undefined> {
  const loader = loaderFor(kind);
  return loader && (await openLoader(loader, { threads: 1 }));
}

export function whyNot(kind: Kind): string {
  const found = search.loaders.some((loader) => loader.kind === kind);
  return found ? '' : `no TensorFlow by ${kind} here`;
}

/** Writes a SavedModel, loads it, and removes the file. */
export async function load(runtime: Runtime, file: Uint8Array, signatures: readonly Signature[]): Promise<LoadedModel> {
  const folder = mkdtempSync(join(tmpdir(), 'modelwright-test-'));
  try {
    writeFileSync(join(folder, 'saved_model.pb'), file);
    return await runtime.load(folder, signatures);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Keys of `graphOf`'s signature. */
export const inputKey = ({ kind, name }: ProgramInput): string => (kind === 'field' ? name : `${kind} ${name}`);
export const outputKey = ({ kind, name }: ProgramOutput, index: number): string =>
  kind === 'output' ? name : `${kind} ${index} ${name}`;

/** A program as a graph with one signature, `run`: all its inputs are fed. */
export function graphOf(
  program: Program,
  lanes = 1,
): { readonly file: Uint8Array; readonly signatures: readonly Signature[] } {
  const emitter = createEmitter('p/', formOf, lanes);
  const inputs = program.inputs.map((input) => {
    const { tensor } = input;
    const { dtype, shape } = tensor;
    const placeholder = emitter.add('Placeholder', [], { dtype: { type: dtype }, shape: { shape } });
    emitter.define(tensor, placeholder);
    return { key: inputKey(input), tensor: `${placeholder}:0`, dtype, shape };
  });
  for (const node of program.nodes) emitter.emit(node);
  const outputs = program.outputs.map((output, index) => {
    const { tensor } = output;
    const { dtype, shape } = tensor;
    const found = emitter.nameOf(tensor);
    const wide = dtype === 'uint8' ? ('int32' as const) : dtype;
    const cast = wide === dtype ? found : emitter.add('Cast', [found], { SrcT: { type: dtype }, DstT: { type: wide } });
    const end = emitter.add('Identity', [cast], { T: { type: wide } });
    return { key: outputKey(output, index), tensor: `${end}:0`, dtype: wide, shape };
  });
  const signatures = [{ name: 'run', inputs, outputs }];
  return { file: encodeSavedModel(emitter.operations, signatures), signatures };
}
