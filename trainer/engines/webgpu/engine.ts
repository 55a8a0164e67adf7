/** ONNX Runtime on a GPU of any maker, by its WebGPU provider: nothing needs to be installed but the GPU's own driver. */

import { encodeModel } from '../../../compiler/index.ts';
import type { Engine } from '../../engine.ts';
import { Failure } from '../../failure.ts';
import { loadRuntime, type Runtime } from '../onnx/runtime.ts';
import { createArithmetic } from './arithmetic.ts';
import { findGpu } from './devices.ts';
import { createGpuSession, type GpuSettings } from './graph.ts';
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
  if (!runtime.listSupportedBackends().some(({ name }) => name === 'webgpu')) {
    throw new Failure(
      'train/engine',
      `ONNX Runtime has no GPU provider for ${process.platform} ${process.arch}. Set the device to cpu or auto.`,
    );
  }
  // With the last session the runtime gives the device back, and every shader that was compiled for it.
  const anchor = createArithmetic(runtime, gpu);
  const one = new runtime.Tensor('float32', Float32Array.of(1), []);
  for (const tensor of (await anchor.upload(new Map([['', one]]))).values()) tensor.dispose();
  const half = await multipliesHalves(runtime, gpu);
  const version = runtime.env.versions.node ?? runtime.env.versions.common;
  return {
    info: {
      id: 'onnx',
      device: 'gpu',
      title: `ONNX Runtime ${version}, WebGPU on ${gpu.name}`,
      reason: options.reason ?? 'asked for',
      threads: 1,
      ...(half ? { mixed: true } : {}),
    },
    open: (compiled, { batch, seed }) =>
      openGpuSession(runtime, compiled, { batch, seed, power: gpu.power, gpu, half }),
    dispose: () => anchor.dispose(),
  };
}

/** Whether the GPU computes with 16 bits, which is a feature that not all have: found by trying. */
async function multipliesHalves(runtime: Runtime, settings: GpuSettings): Promise<boolean> {
  const value = (name: string) => ({ name, dtype: 'float32' as const, shape: [1] });
  const cast = (input: string, output: string, to: number) => ({
    type: 'Cast',
    domain: '',
    inputs: [input],
    outputs: [output],
    attributes: { to },
  });
  const model = encodeModel({
    name: 'halves',
    operations: [cast('x', 'h', 10), cast('h', 'y', 1)],
    initializers: [],
    inputs: [value('x')],
    outputs: [value('y')],
  });
  try {
    const session = await createGpuSession(runtime, model, settings, { y: 'cpu' }, 'quiet');
    try {
      await session.run({ x: new runtime.Tensor('float32', Float32Array.of(1), [1]) }, { logSeverityLevel: 4 });
      return true;
    } finally {
      await session.release();
    }
  } catch {
    return false;
  }
}
