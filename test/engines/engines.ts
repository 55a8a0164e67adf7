/** The engines that the shared suites run on: each that is there, and why one is not. */
import type { Engine } from '../../trainer/engine.ts';
import { createOnnxEngine } from '../../trainer/engines/onnx/engine.ts';
import { createTensorFlowEngine } from '../../trainer/engines/tensorflow/index.ts';
import { createWebgpuEngine } from '../../trainer/engines/webgpu/index.ts';
import { type Kind, loaderFor, whyNot } from './tensorflow/runtime.ts';
import { gpuForSuites } from './webgpu/software.ts';

export interface EngineUnderTest {
  readonly name: string;
  /** '' where the engine is there. */
  readonly missing: string;
  /** A processor plays the GPU: a tenth of the speed or less. */
  readonly slow?: boolean;
  open(): Promise<Engine>;
}

const byTensorFlow = (kind: Kind): EngineUnderTest => ({
  name: `TensorFlow by ${kind}`,
  missing: whyNot(kind),
  open: () => createTensorFlowEngine({ threads: 1, loader: loaderFor(kind)! }),
});

const gpu = await gpuForSuites();

export const engines: readonly EngineUnderTest[] = [
  { name: 'ONNX Runtime', missing: '', open: () => createOnnxEngine({ threads: 1 }) },
  byTensorFlow('package'),
  byTensorFlow('library'),
  { name: 'WebGPU', missing: gpu.missing, slow: gpu.software, open: () => createWebgpuEngine() },
];
