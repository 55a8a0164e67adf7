/** Every primitive and its gradient on ONNX Runtime against the interpreter. */
import { describe, expect, test } from 'vitest';
import { writeOnnx } from '../../compiler/onnx/write.ts';
import { interpret } from '../../compiler/program/interpret.ts';
import { findBlock } from '../../trainer/engines/onnx/blocks.ts';
import { loadRuntime } from '../../trainer/engines/onnx/runtime.ts';
import { cases, gruCases, lstmCases, numbers } from '../compiler/cases.ts';
import { programOf } from './programs.ts';

const runtime = await loadRuntime();
const block = await findBlock(runtime);
const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

describe('ONNX Runtime agrees with the interpreter', () => {
  for (const example of [...cases, ...lstmCases, ...gruCases]) {
    test(example.name, async () => {
      const program = programOf(example);
      const data = Object.fromEntries(
        program.inputs.map(({ name, tensor }, i) => [
          `field ${name}`,
          numbers(size(tensor.shape), i + 1, i < example.inputs.length ? example.range : undefined),
        ]),
      );
      const expected = interpret(program, data);
      const graph = writeOnnx(program, 'test', { block });
      const session = await runtime.InferenceSession.create(graph.model, {
        graphOptimizationLevel: 'disabled',
        logSeverityLevel: 3,
      });
      const feeds = Object.fromEntries(
        graph.inputs.map(({ name, of }) => [
          name,
          new runtime.Tensor('float32', Float32Array.from(data[`field ${of.name}`]!), of.tensor.shape),
        ]),
      );
      const results = await session.run(feeds);
      await session.release();
      graph.outputs.forEach(({ name, of }, i) => {
        const actual = results[name]!.data as Float32Array;
        expect(results[name]!.dims, of.name).toEqual(of.tensor.shape);
        const largest = Math.max(1, ...Array.from(expected[i]!.data, Math.abs));
        for (const [k, value] of expected[i]!.data.entries()) {
          expect(Math.abs(actual[k]! - value), `${of.name}, cell ${k}: ${actual[k]} and ${value}`).toBeLessThan(
            1e-5 * largest,
          );
        }
      });
    });
  }
});
