/** ONNX Runtime on a GPU of any maker, by its WebGPU provider: nothing needs to be installed but the GPU's own driver. */
import type { Engine } from '../../engine.ts';
import { loadRuntime } from '../onnx/runtime.ts';
import { createArithmetic } from './arithmetic.ts';
import { findGpu } from './devices.ts';
import { openGpuSession } from './session.ts';

export interface WebgpuEngineOptions {
  /** Which GPU, from 0; the strongest where it is left out. */
  readonly index?: number;
  /** Why this engine was chosen, in one sentence. */
  readonly reason?: string;
}

export async function createWebgpuEngine(options: WebgpuEngineOptions = {}): Promise<Engine> {
  const gpu = await findGpu(options.index);
  const runtime = await loadRuntime();
  // With the last session the runtime gives the device back, and every shader that was compiled for it.
  const anchor = createArithmetic(runtime, gpu);
  const one = new runtime.Tensor('float32', Float32Array.of(1), []);
  for (const tensor of (await anchor.upload(new Map([['', one]]))).values()) tensor.dispose();
  const version = runtime.env.versions.node ?? runtime.env.versions.common;
  return {
    info: {
      id: 'onnx',
      device: 'gpu',
      title: `ONNX Runtime ${version}, WebGPU on ${gpu.name}`,
      reason: options.reason ?? 'asked for',
      threads: 1,
    },
    open: (compiled, { batch, seed }) => openGpuSession(runtime, compiled, { batch, seed, power: gpu.power, gpu }),
    dispose: () => anchor.dispose(),
  };
}
