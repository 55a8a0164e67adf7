/** Kernels of the WebGPU provider over many sizes against those of the processor: where one is wrong, the form is another. */
import type { InferenceSession } from 'onnxruntime-node';
import { afterAll, describe, expect, test } from 'vitest';
import { encodeModel } from '../../../compiler/index.ts';
import { forGpu } from '../../../compiler/onnx/gpu/rewrite.ts';
import type { OnnxOperation } from '../../../compiler/onnx/model.ts';
import { loadRuntime } from '../../../trainer/engines/onnx/runtime.ts';
import { createWebgpuEngine } from '../../../trainer/engines/webgpu/index.ts';
import { numbers } from '../../compiler/cases.ts';
import { gpuForTests } from './software.ts';

const gpu = await gpuForTests();
const engine = gpu.missing === '' ? await createWebgpuEngine() : undefined;
afterAll(() => engine?.dispose());

interface Case {
  readonly type: string;
  readonly inputs: readonly (readonly number[])[];
  readonly output: readonly number[];
  readonly attributes: OnnxOperation['attributes'];
}

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
const window = (kernel: number, group: number): OnnxOperation['attributes'] => ({
  kernel_shape: [kernel, kernel],
  strides: [1, 1],
  dilations: [1, 1],
  pads: [0, 0, 0, 0],
  group,
});

const convolutions = [1, 2, 3, 5, 6, 8, 9, 15].flatMap((channels) =>
  [3, 4, 8].map(
    (filters): Case => ({
      type: 'Conv',
      inputs: [
        [2, channels, 6, 6],
        [filters, channels, 3, 3],
      ],
      output: [2, filters, 4, 4],
      attributes: window(3, 1),
    }),
  ),
);
const transposed = [1, 2, 3, 4].flatMap((channels) =>
  [1, 2].map(
    (filters): Case => ({
      type: 'ConvTranspose',
      inputs: [
        [2, 3 * channels, 5, 5],
        [3 * channels, filters, 3, 3],
      ],
      output: [2, 3 * filters, 7, 7],
      attributes: window(3, 3),
    }),
  ),
);
const products = [1, 3, 4, 7, 32, 65].flatMap((m) =>
  [1, 4, 6, 33].flatMap((k) =>
    [1, 3, 8, 64].map(
      (n): Case => ({
        type: 'MatMul',
        inputs: [
          [2, m, k],
          [2, k, n],
        ],
        output: [2, m, n],
        attributes: {},
      }),
    ),
  ),
);
const turned = [3, 4, 9, 64].flatMap((m) =>
  [2, 5, 16].flatMap((k) =>
    [1, 4, 10].flatMap((n) =>
      [0, 1].map(
        (transA): Case => ({
          type: 'Gemm',
          inputs: [transA === 1 ? [k, m] : [m, k], transA === 1 ? [k, n] : [n, k]],
          output: [m, n],
          attributes: { transA, transB: 1 - transA, alpha: 0.5 },
        }),
      ),
    ),
  ),
);

async function run(provider: string, example: Case): Promise<Float32Array> {
  const runtime = await loadRuntime();
  const inputs = example.inputs.map((shape, i) => ({ name: `x${i}`, dtype: 'float32' as const, shape }));
  const operation: OnnxOperation = {
    type: example.type,
    domain: '',
    inputs: inputs.map(({ name }) => name),
    outputs: ['y'],
    attributes: example.attributes,
  };
  const plain = { operations: [operation], initializers: [] };
  const graph = provider === 'webgpu' ? forGpu({ ...plain, inputs }) : plain;
  const model = encodeModel({
    name: 'kernel',
    ...graph,
    inputs,
    outputs: [{ name: 'y', dtype: 'float32', shape: example.output }],
  });
  const session: InferenceSession = await runtime.InferenceSession.create(model, {
    executionProviders: [provider],
    graphOptimizationLevel: 'disabled',
  });
  const feeds = Object.fromEntries(
    inputs.map(({ name, shape }, i) => [
      name,
      new runtime.Tensor('float32', Float32Array.from(numbers(size(shape), i + 1)), shape),
    ]),
  );
  const { y } = await session.run(feeds);
  await session.release();
  return y!.data as Float32Array;
}

describe.each([
  ['convolutions', convolutions],
  ['transposed convolutions in groups', transposed],
  ['products', products],
  ['products of turned matrices', turned],
] as const)('%s', (_title, cases) => {
  const title = gpu.missing === '' ? 'are those of the processor' : `skipped: ${gpu.missing}`;
  test.skipIf(gpu.missing !== '')(title, async () => {
    for (const example of cases) {
      const [expected, actual] = [await run('cpu', example), await run('webgpu', example)];
      const gap = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[i]!)), 0);
      expect(gap, `${example.type} of ${example.inputs.map((shape) => `[${shape}]`).join(' and ')}`).toBeLessThan(1e-4);
    }
  });
});
