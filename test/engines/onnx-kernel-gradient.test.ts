/** The gradient of a kernel over many channels and few places, in several rounds of examples, against the interpreter. */
import { expect, test } from 'vitest';
import { writeOnnx } from '../../compiler/onnx/write.ts';
import { createGraph } from '../../compiler/program/graph.ts';
import { interpret } from '../../compiler/program/interpret.ts';
import { conv2dKernel } from '../../compiler/program/ops/conv2d.ts';
import { finish } from '../../compiler/program/program.ts';
import { loadRuntime } from '../../trainer/engines/onnx/runtime.ts';
import { numbers } from '../compiler/cases.ts';

const runtime = await loadRuntime();
const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

const windows = [
  ['3 × 3', [3, 3], [1, 1], [1, 1]],
  ['3 × 3, nothing around', [3, 3], [0, 0], [0, 0]],
  ['2 × 3, uneven', [2, 3], [0, 1], [2, 0]],
  ['1 × 3', [1, 3], [0, 0], [1, 1]],
  ['3 × 1', [3, 1], [1, 1], [0, 0]],
] as const;

test.each(windows)('%s', async (_, kernel, above, beside) => {
  const x = [60, 3, 4, 96];
  const filters = 8;
  const y = [60, 3 + above[0] + above[1] - kernel[0] + 1, 4 + beside[0] + beside[1] - kernel[1] + 1, filters];
  const g = createGraph();
  const [a, b] = [x, y].map((shape) => g.input({ dtype: 'float32', shape }));
  const options = { stride: [1, 1], padding: [above, beside], dilation: [1, 1], groups: 1 };
  const slope = conv2dKernel(g, a!, b!, [...kernel, 96, filters], options);
  const program = finish(
    g,
    [
      { kind: 'field', name: 'x', tensor: a! },
      { kind: 'field', name: 'y', tensor: b! },
    ],
    [{ kind: 'output', name: 'slope', tensor: slope }],
  );
  const data = { 'field x': numbers(size(x), 1), 'field y': numbers(size(y), 2) };
  const [expected] = interpret(program, data);
  const graph = writeOnnx(program, 'test', { block: 0 });
  const session = await runtime.InferenceSession.create(graph.model, { graphOptimizationLevel: 'disabled' });
  const feeds = Object.fromEntries(
    graph.inputs.map(({ name, of }) => [
      name,
      new runtime.Tensor('float32', Float32Array.from(data[`field ${of.name}` as keyof typeof data]), of.tensor.shape),
    ]),
  );
  const result = (await session.run(feeds))[graph.outputs[0]!.name]!;
  await session.release();
  expect(result.dims).toEqual([...kernel, 96, filters]);
  const largest = Math.max(...Array.from(expected!.data, Math.abs));
  for (const [i, value] of expected!.data.entries()) {
    expect(Math.abs((result.data as Float32Array)[i]! - value)).toBeLessThan(1e-5 * largest);
  }
});
