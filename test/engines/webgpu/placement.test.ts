/** No operation of a training step goes to the processor and back: the runtime refuses such graphs where it is told to. */
import { afterAll, expect, test } from 'vitest';
import { compile, writeOnnx } from '../../../compiler/index.ts';
import { loadRuntime } from '../../../trainer/engines/onnx/runtime.ts';
import { createWebgpuEngine } from '../../../trainer/engines/webgpu/index.ts';
import { benchModels, benchPlan } from '../../compiler/bench-plans.ts';
import { gpuForTests } from './software.ts';

const gpu = await gpuForTests();
const engine = gpu.missing === '' ? await createWebgpuEngine() : undefined;
afterAll(() => engine?.dispose());
const why = gpu.missing === '' ? '' : ` (skipped: ${gpu.missing})`;

async function fits(gpuForm: boolean, model: (typeof benchModels)[number], mode: 'train' | 'evaluate' | 'predict') {
  const runtime = await loadRuntime();
  const plan = benchPlan(model);
  const program = compile({ ...plan, train: { ...plan.train!, batch: 4 } }).lower(mode, 4);
  const session = await runtime.InferenceSession.create(writeOnnx(program, 'placed', { gpu: gpuForm }).model, {
    executionProviders: ['webgpu'],
    graphOptimizationLevel: 'disabled',
    logSeverityLevel: 4,
    extra: { session: { disable_cpu_ep_fallback: '1' } },
  });
  await session.release();
}

test.skipIf(gpu.missing !== '').each(benchModels)(`%s stays on the GPU${why}`, async (model) => {
  for (const mode of ['train', 'evaluate', 'predict'] as const) {
    await expect(fits(true, model, mode), mode).resolves.toBeUndefined();
  }
});

test.skipIf(gpu.missing !== '')(`the processor’s form would not${why}`, async () => {
  await expect(fits(false, 'gpt', 'train')).rejects.toThrow();
});
