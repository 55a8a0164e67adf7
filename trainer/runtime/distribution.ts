/** What is told of a TensorFlow by the records of the Python package that it came in, read without loading anything. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Requirement, requirementsOf } from './versions.ts';

export interface Distribution {
  /** `tensorflow`, `tensorflow_cpu`. */
  readonly name: string;
  readonly version: string;
  /** The packages with the CUDA libraries that it was made for. */
  readonly cuda: readonly Requirement[];
}

/** Of the folder that holds the libraries; undefined where it did not come out of a wheel. */
export function distributionOf(libraries: string): Distribution | undefined {
  if (basename(libraries) !== 'tensorflow') return undefined;
  const parent = dirname(libraries);
  for (const entry of existsSync(parent) ? readdirSync(parent) : []) {
    const [, name, version] = /^(tensorflow(?:_cpu|_intel|_macos|_rocm)?)-([^-]+)\.dist-info$/.exec(entry) ?? [];
    const file = join(parent, entry, 'METADATA');
    if (name === undefined || version === undefined || !existsSync(file)) continue;
    return { name, version, cuda: requirementsOf(readFileSync(file, 'utf8'), 'and-cuda') };
  }
  return undefined;
}

/** Each library by the package that brings it: `nvidia-cudnn-cu12` brings `libcudnn.so.9`. */
const libraryNames: Readonly<Record<string, string>> = {
  cublas: 'libcublas',
  'cuda-runtime': 'libcudart',
  cudnn: 'libcudnn',
  cufft: 'libcufft',
  curand: 'libcurand',
  cusolver: 'libcusolver',
  cusparse: 'libcusparse',
  nccl: 'libnccl',
};

export interface CudaLibrary {
  /** `libcudnn`. */
  readonly name: string;
  /** Where it was found. */
  readonly place: string | undefined;
  readonly wanted: Requirement;
}

/** The CUDA libraries that a TensorFlow asks for, each looked for beside it and where the system looks. */
export function cudaLibraries(
  libraries: string,
  { cuda }: Distribution,
  systemFolders: readonly string[],
): readonly CudaLibrary[] {
  const nvidia = join(dirname(libraries), 'nvidia');
  const beside = existsSync(nvidia) ? readdirSync(nvidia).map((name) => join(nvidia, name, 'lib')) : [];
  return cuda.flatMap((wanted) => {
    const short = wanted.name.replace(/^nvidia-/, '').replace(/-cu\d+$/, '');
    const name = libraryNames[short];
    if (name === undefined) return [];
    const holds = (folder: string): boolean =>
      existsSync(folder) && readdirSync(folder).some((file) => file.startsWith(`${name}.so`));
    return [{ name, place: [...beside, ...systemFolders].find(holds), wanted }];
  });
}
