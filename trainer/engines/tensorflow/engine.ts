/** Opens TensorFlow as an engine, by the best loader that is there. */
import type { Engine } from '../../engine.ts';
import { Failure } from '../../failure.ts';
import type { LibraryFiles } from './c-api.ts';
import { findTensorFlow, type Loader, tensorflowCure } from './find.ts';
import { openLibrary } from './library.ts';
import { openLoader } from './loader.ts';
import type { Runtime } from './saved-model.ts';
import { openSession } from './session.ts';

export interface TensorFlowEngineOptions {
  readonly threads: number;
  readonly device?: 'cpu' | 'gpu';
  /** Which GPU, from 0, as `nvidia-smi` counts them; all are seen where it is left out, and the first is used. */
  readonly index?: number;
  /** Why this engine was chosen, in one sentence. */
  readonly reason?: string;
  /** This one instead of the best that is found. */
  readonly loader?: Loader;
}

export async function createTensorFlowEngine(options: TensorFlowEngineOptions): Promise<Engine> {
  const { threads, device = 'cpu' } = options;
  showDevices(device, options.index);
  const { loader, runtime } = await openFirst(options);
  if (device === 'gpu' && !runtime.devices.includes('GPU')) {
    throw new Failure(
      'train/engine',
      `TensorFlow ${runtime.version} sees no GPU here (devices: ${runtime.devices.join(', ')}). ` +
        'It needs an NVIDIA GPU, its driver, and a TensorFlow with CUDA (pip install "tensorflow[and-cuda]").',
    );
  }
  const by = loader.kind === 'package' ? 'tfjs-node-gpu' : 'its C API';
  const count = `${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  return {
    info: {
      id: 'tensorflow',
      device,
      title: `TensorFlow ${runtime.version} by ${by}, ${device === 'gpu' ? 'GPU' : 'CPU'}, ${count}`,
      reason: options.reason ?? 'asked for',
      threads,
      loader: loader.kind,
      devices: runtime.devices,
      mixed: true,
    },
    async open(compiled, settings) {
      const isMixed = compiled.plan.train?.precision === 'mixed';
      const half = isMixed ? (device === 'gpu' ? 'float16' : 'bfloat16') : undefined;
      const used = isMixed && loader.kind === 'package' ? await besidePackage(loader, threads) : runtime;
      // A GPU runs one chain of operations at a time.
      return openSession(used, compiled, { ...settings, threads: device === 'gpu' ? 1 : settings.threads, half });
    },
    dispose: () => Promise.resolve(),
  };
}

/** TensorFlow takes memory of every GPU that it sees, so it sees the one that is meant, or none. */
function showDevices(device: 'cpu' | 'gpu', index: number | undefined): void {
  if (device === 'cpu') process.env.CUDA_VISIBLE_DEVICES = '-1';
  else if (index !== undefined) {
    process.env.CUDA_DEVICE_ORDER ??= 'PCI_BUS_ID';
    // Where somebody has shared the GPUs out already, the number counts among this program's own.
    const given = process.env.CUDA_VISIBLE_DEVICES?.split(',') ?? [];
    process.env.CUDA_VISIBLE_DEVICES = given[index] ?? String(index);
  }
}

/** The loaders in their order until one opens; an error tells why each did not. */
async function openFirst(
  options: TensorFlowEngineOptions,
): Promise<{ readonly loader: Loader; readonly runtime: Runtime }> {
  const { loaders, looked } = options.loader ? { loaders: [options.loader], looked: [] } : await findTensorFlow();
  const failures: string[] = [];
  for (const loader of loaders) {
    try {
      return { loader, runtime: await openLoader(loader, { threads: options.threads }) };
    } catch (error) {
      failures.push(`${describe(loader)}: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    }
  }
  const why =
    failures.length > 0 ? `Found, but not loaded: ${failures.join('; ')}.` : `Looked at: ${looked.join('; ')}.`;
  throw new Failure('train/engine', `No TensorFlow can be used here. ${why} ${tensorflowCure}`);
}

/** The C API of the library that the package has loaded, since the package hands no options to a session. */
async function besidePackage({ library }: Loader & { readonly kind: 'package' }, threads: number): Promise<Runtime> {
  const files = library ?? libraryOf((await findTensorFlow()).loaders);
  if (files) return openLibrary(files, { threads });
  throw new Failure(
    'train/engine',
    'Mixed precision (`precision: mixed`) needs options that tfjs-node-gpu does not pass on, and no libtensorflow was found beside it. Set MODELWRIGHT_LIBTENSORFLOW to its folder, or train with `precision: float32`.',
  );
}

function libraryOf(loaders: readonly Loader[]): LibraryFiles | undefined {
  return loaders.flatMap((loader) => (loader.kind === 'library' ? [loader.files] : []))[0];
}

function describe(loader: Loader): string {
  return loader.kind === 'package' ? loader.folder : loader.files.main;
}
