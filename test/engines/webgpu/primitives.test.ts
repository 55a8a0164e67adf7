/** Every primitive and its gradient on WebGPU against the interpreter. */
import { afterAll, describe, expect, test } from 'vitest';
import { interpret } from '../../../compiler/program/interpret.ts';
import { loadRuntime } from '../../../trainer/engines/onnx/runtime.ts';
import { openGpuGraph } from '../../../trainer/engines/webgpu/graph.ts';
import { createWebgpuEngine } from '../../../trainer/engines/webgpu/index.ts';
import { cases, gruCases, lstmCases, numbers } from '../../compiler/cases.ts';
import { programOf } from '../programs.ts';
import { gpuForTests } from './software.ts';

const gpu = await gpuForTests();
// It keeps the device from test to test.
const engine = gpu.missing === '' ? await createWebgpuEngine() : undefined;
afterAll(() => engine?.dispose());
const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
/** A processor that plays a GPU computes these with the few digits that Vulkan asks for. */
const rough = new Set(['unary sin', 'unary cos']);

describe('WebGPU agrees with the interpreter', () => {
  for (const example of [...cases, ...lstmCases, ...gruCases]) {
    test.skipIf(gpu.missing !== '')(
      `${example.name}${gpu.missing === '' ? '' : ` (skipped: ${gpu.missing})`}`,
      async () => {
        const runtime = await loadRuntime();
        const program = programOf(example);
        const data = Object.fromEntries(
          program.inputs.map(({ name, tensor }, i) => [
            `field ${name}`,
            numbers(size(tensor.shape), i + 1, i < example.inputs.length ? example.range : undefined),
          ]),
        );
        const expected = interpret(program, data);
        const graph = await openGpuGraph(runtime, program, { name: 'test', power: 'high-performance' });
        const results = await graph.run(
          ({ name, tensor }) => new runtime.Tensor('float32', Float32Array.from(data[`field ${name}`]!), tensor.shape),
        );
        await graph.dispose();
        const bound = gpu.software && rough.has(example.name) ? 1e-3 : 1e-5;
        results.forEach(({ of, tensor }, i) => {
          const actual = tensor.data as Float32Array;
          expect(tensor.dims, of.name).toEqual(of.tensor.shape);
          const largest = Math.max(1, ...Array.from(expected[i]!.data, Math.abs));
          for (const [k, value] of expected[i]!.data.entries()) {
            expect(Math.abs(actual[k]! - value), `${of.name}, cell ${k}: ${actual[k]} and ${value}`).toBeLessThan(
              bound * largest,
            );
          }
        });
      },
    );
  }
});
