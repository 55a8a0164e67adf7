/** The embedded default engine: ONNX Runtime on the processor. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Engine } from '../../engine.ts';
import { findBlock } from './blocks.ts';
import { loadRuntime } from './runtime.ts';
import { openSession } from './session.ts';

export interface OnnxEngineOptions {
  readonly threads: number;
  /** Why this engine was chosen, in one sentence. */
  readonly reason?: string;
  /** The bundled thread for parts of a batch; looked for beside the script that runs unless given. */
  readonly partScript?: string;
}

/** `engine-worker.js`, which is bundled beside the trainer. */
function findPartScript(): string | undefined {
  const folder = dirname(process.argv[1] ?? '');
  return [folder, dirname(folder)].map((place) => join(place, 'engine-worker.js')).find((path) => existsSync(path));
}

export async function createOnnxEngine(options: OnnxEngineOptions): Promise<Engine> {
  const runtime = await loadRuntime();
  const { threads } = options;
  const block = await findBlock(runtime);
  const partScript = options.partScript ?? findPartScript();
  const version = runtime.env.versions.node ?? runtime.env.versions.common;
  return {
    info: {
      id: 'onnx',
      device: 'cpu',
      title: `ONNX Runtime ${version}, CPU, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
      reason: options.reason ?? 'the default',
      threads,
    },
    open: (compiled, settings) => openSession(runtime, compiled, { ...settings, block, partScript }),
    dispose: () => Promise.resolve(),
  };
}
