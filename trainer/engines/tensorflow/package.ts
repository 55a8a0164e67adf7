/**
 * The first loader: the public API of `@tensorflow/tfjs-node-gpu`, where its native part is there. A step is one call of
 * `predict`; nothing is computed operation by operation. It is synchronous, and takes its threads from the environment.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import util from 'node:util';
import { savedModelTag } from '../../../compiler/index.ts';
import type { HostTensor } from '../../engine.ts';
import { Failure } from '../../failure.ts';
import { type LibraryFiles, loadKoffi, pin } from './c-api.ts';
import type { Runtime, Tensors, Threads } from './saved-model.ts';

/** The part of the package that is used. */
interface Tfjs {
  tensor(data: Float32Array | Int32Array | Uint8Array, shape: readonly number[], dtype: TfjsType): TfjsTensor;
  backend(): { readonly isUsingGpuDevice?: boolean; readonly binding?: { readonly TF_Version?: string } };
  ready(): Promise<void>;
  readonly node: { loadSavedModel(path: string, tags: string[], signature: string): Promise<TfjsModel> };
}

type TfjsType = 'float32' | 'int32' | 'bool';

interface TfjsTensor {
  readonly dtype: string;
  dataSync(): Float32Array | Int32Array | Uint8Array;
  dispose(): void;
}

interface TfjsModel {
  predict(inputs: Readonly<Record<string, TfjsTensor>>): Readonly<Record<string, TfjsTensor>>;
  dispose(): void;
}

export interface PackageFiles {
  readonly folder: string;
  /** To load first, where the native part is linked without it. */
  readonly library: LibraryFiles | undefined;
  /** The native part, where the package comes with Modelwright; its own knows where it lies. */
  readonly binding: string | undefined;
}

export async function openPackage(files: PackageFiles, { threads }: Threads): Promise<Runtime> {
  process.env.TF_NUM_INTRAOP_THREADS = String(threads);
  process.env.TF_NUM_INTEROP_THREADS = String(threads);
  process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true';
  restoreRemovedHelper();
  if (files.library) pin(await loadKoffi(), files.library);
  const tf = requirePackage(files);
  await tf.ready();
  const { isUsingGpuDevice, binding } = tf.backend();
  return {
    version: binding?.TF_Version ?? 'of unknown version',
    devices: isUsingGpuDevice ? ['CPU', 'GPU'] : ['CPU'],
    async load(path, signatures, half) {
      if (half !== undefined) throw new Error('The package passes no options on: mixed precision goes by the C API.');
      // One session is shared because the path is the same text each time.
      const models = new Map<string, TfjsModel>();
      for (const { name } of signatures) models.set(name, await tf.node.loadSavedModel(path, [savedModelTag], name));
      return {
        async run(name, inputs) {
          const model = models.get(name);
          if (!model) throw new Error(`The training graph has no signature '${name}'.`);
          return predict(tf, model, inputs);
        },
        dispose() {
          for (const model of models.values()) model.dispose();
        },
      };
    },
  };
}

function predict(tf: Tfjs, model: TfjsModel, inputs: Tensors): Tensors {
  const tensors: Record<string, TfjsTensor> = {};
  for (const [key, input] of Object.entries(inputs)) tensors[key] = toTfjs(tf, input);
  try {
    const outputs = Object.entries(model.predict(tensors));
    const results = outputs.map(([key, tensor]) => [key, toHost(tensor)] as const);
    for (const [, tensor] of outputs) tensor.dispose();
    return Object.fromEntries(results);
  } catch (error) {
    throw new Failure('train/engine', `TensorFlow failed in a step: ${error instanceof Error ? error.message : error}`);
  } finally {
    for (const tensor of Object.values(tensors)) tensor.dispose();
  }
}

/** The package has no uint8: it takes whole numbers and narrows them itself where the graph wants bytes. */
function toTfjs(tf: Tfjs, { dtype, shape, data }: HostTensor): TfjsTensor {
  if (dtype === 'uint8') return tf.tensor(Int32Array.from(data), shape, 'int32');
  return tf.tensor(data, shape, dtype);
}

function toHost(tensor: TfjsTensor & { readonly shape?: readonly number[] }): HostTensor {
  const data = tensor.dataSync();
  const dtype = tensor.dtype === 'int32' ? 'int32' : tensor.dtype === 'bool' ? 'bool' : 'float32';
  return { dtype, shape: tensor.shape ?? [], data };
}

/** Node 23 removed a helper that the package calls. */
function restoreRemovedHelper(): void {
  const helpers: { isNullOrUndefined?: (value: unknown) => boolean } = util;
  helpers.isNullOrUndefined ??= (value) => value === null || value === undefined;
}

function requirePackage({ folder, binding }: PackageFiles): Tfjs {
  const load = createRequire(join(folder, 'package.json'));
  if (binding !== undefined) process.env.MODELWRIGHT_TFJS_BINDING = binding;
  const loaded: unknown = load(binding === undefined ? folder : join(folder, 'index.js'));
  if (isTfjs(loaded)) return loaded;
  throw new Failure('train/engine', `${folder} is not @tensorflow/tfjs-node-gpu: it has no 'node.loadSavedModel'.`);
}

function isTfjs(value: unknown): value is Tfjs {
  return typeof value === 'object' && value !== null && 'node' in value && 'tensor' in value && 'ready' in value;
}
