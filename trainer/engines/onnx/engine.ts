/** The embedded default engine: ONNX Runtime on the processor. */
import type { Engine } from '../../engine.ts';
import { findBlock } from './blocks.ts';
import { loadRuntime } from './runtime.ts';
import { openSession } from './session.ts';

export interface OnnxEngineOptions {
  readonly threads: number;
  /** Why this engine was chosen, in one sentence. */
  readonly reason?: string;
}

export async function createOnnxEngine(options: OnnxEngineOptions): Promise<Engine> {
  const runtime = await loadRuntime();
  const { threads } = options;
  const block = await findBlock(runtime);
  const version = runtime.env.versions.node ?? runtime.env.versions.common;
  return {
    info: {
      id: 'onnx',
      device: 'cpu',
      title: `ONNX Runtime ${version}, CPU, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
      reason: options.reason ?? 'the default',
      threads,
    },
    open: (compiled, settings) => openSession(runtime, compiled, { ...settings, block }),
    dispose: () => Promise.resolve(),
  };
}
