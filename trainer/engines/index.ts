/** The engines by name. Each is loaded when it is first opened, so that nothing native comes in before it is needed. */
import type { EngineOptions } from '../../protocol/index.ts';
import type { Engine } from '../engine.ts';

export interface OpenOptions {
  readonly threads: number;
  readonly device: 'cpu' | 'gpu';
  /** Which GPU, from 0; the first where it is left out. */
  readonly index?: number;
  /** Why this engine was chosen, in one sentence. */
  readonly reason: string;
}

export type EngineName = Exclude<EngineOptions['engine'], 'auto'>;

export const openers: Readonly<Record<EngineName, (options: OpenOptions) => Promise<Engine>>> = {
  async onnx(options) {
    if (options.device === 'gpu') {
      const { createWebgpuEngine } = await import('./webgpu/index.ts');
      return createWebgpuEngine({ index: options.index, reason: options.reason });
    }
    const { createOnnxEngine } = await import('./onnx/engine.ts');
    return createOnnxEngine({ threads: options.threads, reason: options.reason });
  },
  async tensorflow(options) {
    const { createTensorFlowEngine } = await import('./tensorflow/engine.ts');
    return createTensorFlowEngine(options);
  },
};
