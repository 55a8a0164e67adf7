/** Opens TensorFlow as an engine, by the best loader that is there. */
import type { Engine } from '../../engine.ts';
import { Failure } from '../../failure.ts';
import { findTensorFlow, type Loader, tensorflowCure } from './find.ts';
import { openLoader } from './loader.ts';
import type { Runtime } from './saved-model.ts';
import { openSession } from './session.ts';

export interface TensorFlowEngineOptions {
  readonly threads: number;
  readonly device?: 'cpu' | 'gpu';
  /** Why this engine was chosen, in one sentence. */
  readonly reason?: string;
  /** This one instead of the best that is found. */
  readonly loader?: Loader;
}

export async function createTensorFlowEngine(options: TensorFlowEngineOptions): Promise<Engine> {
  const { threads, device = 'cpu' } = options;
  // Without this TensorFlow would take the memory of every GPU that it sees.
  if (device === 'cpu') process.env.CUDA_VISIBLE_DEVICES = '-1';
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
    },
    // A GPU runs one chain of operations at a time.
    open: (compiled, settings) =>
      openSession(runtime, compiled, { ...settings, threads: device === 'gpu' ? 1 : settings.threads }),
    dispose: () => Promise.resolve(),
  };
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

function describe(loader: Loader): string {
  return loader.kind === 'package' ? loader.folder : loader.files.main;
}
