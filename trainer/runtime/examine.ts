/** What an engine needs, step by step, as far as it can be seen without loading it. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { DoctorStep } from '../../protocol/index.ts';
import { findTensorFlow, type SearchPlaces, type TensorFlowSearch } from '../engines/tensorflow/index.ts';
import { cudaLibraries, type Distribution, distributionOf } from './distribution.ts';
import type { Environment } from './folders.ts';

const OLDEST_NODE = 20;

function fine(what: string, found: string): DoctorStep {
  return { what, ok: true, found, cure: '' };
}

function bad(what: string, found: string, cure: string): DoctorStep {
  return { what, ok: false, found, cure };
}

export function nodeStep(version: string): DoctorStep {
  const major = Number(/^v?(\d+)/.exec(version)?.[1] ?? 0);
  return major >= OLDEST_NODE
    ? fine('Node', version)
    : bad('Node', version, `Install Node ${OLDEST_NODE} or newer, or name one by the setting modelwright.nodePath.`);
}

/** The default engine's binary beside the trainer's program. */
export function binaryStep(folder: string): DoctorStep {
  const here = `${process.platform} ${process.arch}`;
  const file = join(folder, 'native', 'onnxruntime', 'onnxruntime_binding.node');
  return existsSync(file)
    ? fine('Binary', `ONNX Runtime for ${here}`)
    : bad(
        'Binary',
        `${file} is not there: this Modelwright has no ONNX Runtime for ${here}`,
        'Install the extension for this platform. Where there is none (macOS on Intel, musl, 32 bit), TensorFlow trains: modelwright doctor --install.',
      );
}

/** The library and the native part of TensorFlow. */
export async function tensorflowSteps(
  places?: SearchPlaces,
): Promise<{ readonly steps: readonly DoctorStep[]; readonly libraries: string | undefined }> {
  const search = await findTensorFlow(places);
  const main = libraryOf(search);
  if (main === undefined) {
    const looked = search.looked.map((line) => line.replace(/: none$/, '')).join(', ');
    const cure =
      'modelwright doctor --install fetches one (in the editor: Model: Install TensorFlow Runtime…); so does pip install tensorflow.';
    return { steps: [bad('libtensorflow', `none was found. Looked at: ${looked}`, cure)], libraries: undefined };
  }
  const libraries = dirname(main);
  const about = distributionOf(libraries);
  const version = about === undefined ? '' : `, ${about.name} ${about.version}`;
  const packaged = search.loaders.some((loader) => loader.kind === 'package');
  const part = [...search.looked].reverse().find((line) => line.includes('tfjs-node-gpu')) ?? '';
  return {
    steps: [
      fine('libtensorflow', `${main}${version}`),
      // The C API does the same work: a missing native part is told, and is no fault.
      fine(
        'Native part',
        packaged ? part : `${part || 'the npm package is not there'}; TensorFlow is used by its C API`,
      ),
    ],
    libraries,
  };
}

function libraryOf({ loaders }: TensorFlowSearch): string | undefined {
  for (const loader of loaders) {
    if (loader.kind === 'library') return loader.files.main;
    if (loader.library !== undefined) return loader.library.main;
  }
  return undefined;
}

/** The NVIDIA driver, by its own program. */
export async function driverStep(): Promise<DoctorStep> {
  try {
    const query = ['--query-gpu=index,name,driver_version,memory.total', '--format=csv,noheader'];
    const { stdout } = await promisify(execFile)('nvidia-smi', query, { timeout: 10_000, windowsHide: true });
    const gpus = stdout
      .trim()
      .split('\n')
      .filter((line) => line !== '');
    if (gpus.length > 0) return fine('NVIDIA driver', gpus.map((gpu) => `gpu:${gpu}`).join('; '));
    return bad('NVIDIA driver', 'it is there and sees no GPU', 'Look at `nvidia-smi`; a container needs `--gpus all`.');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!missing) {
      const said = error instanceof Error ? (error.message.split('\n')[1] ?? error.message) : String(error);
      return bad(
        'NVIDIA driver',
        `nvidia-smi failed: ${said}`,
        'Install the driver again, or restart after its update.',
      );
    }
    return bad(
      'NVIDIA driver',
      'there is no nvidia-smi: no NVIDIA GPU, or no driver',
      'Install the driver of the GPU. A GPU of another vendor is used by the default engine (--engine onnx --device gpu).',
    );
  }
}

/** The CUDA libraries that this TensorFlow was made for. */
export function cudaStep(libraries: string | undefined, env: Environment): DoctorStep {
  const get =
    'modelwright doctor --install --gpu fetches a TensorFlow with its CUDA libraries; so does pip install "tensorflow[and-cuda]".';
  const about = libraries === undefined ? undefined : distributionOf(libraries);
  if (libraries === undefined || about === undefined) {
    return bad('CUDA libraries', 'nothing is known of what this TensorFlow asks for', get);
  }
  if (about.name === 'tensorflow_cpu' || about.cuda.length === 0) {
    return bad('CUDA libraries', `${about.name} ${about.version} was built for the CPU alone`, get);
  }
  return wholeCuda(libraries, about, env, get);
}

function wholeCuda(libraries: string, about: Distribution, env: Environment, get: string): DoctorStep {
  const folders = [
    ...(env.LD_LIBRARY_PATH ?? '').split(':').filter((folder) => folder !== ''),
    ...['/usr/local/cuda/lib64', '/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64'],
  ];
  const all = cudaLibraries(libraries, about, folders);
  const missing = all.filter(({ place }) => place === undefined);
  if (missing.length === 0)
    return fine('CUDA libraries', all.map(({ name, place }) => `${name} in ${place}`).join('; '));
  const names = missing.map(({ name, wanted }) => `${name} (${wanted.name} ${wanted.conditions})`).join(', ');
  return bad('CUDA libraries', `${about.name} ${about.version} asks for ${names}, which are not there`, get);
}
