/** Every example of the catalogue on ONNX Runtime against the interpreter, forwards and backwards. */
import { expect, test } from 'vitest';
import { interpret, type Program, writeOnnx } from '../../compiler/index.ts';
import { loadRuntime } from '../../trainer/engines/onnx/runtime.ts';
import { cases, compiledExample, feed } from '../language/catalog/planned.ts';

const runtime = await loadRuntime();

test.each(cases)('$entry.place/$entry.name: $example', async ({ entry, example }) => {
  const compiled = compiledExample(entry, example);
  for (const mode of ['predict', 'train'] as const) {
    const program = compiled.lower(mode, 3);
    if (program.outputs.length === 0 || program.nodes.length === 0) continue;
    const data = feed(program, compiled);
    const wanted = interpret(program, data);
    const actual = await run(program, data);
    actual.forEach((values, i) => {
      const { name } = program.outputs[i]!;
      const largest = wanted[i]!.data.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      for (const [k, value] of wanted[i]!.data.entries()) {
        const gap = Math.abs(Number(values[k]) - value);
        if (!(gap <= 2e-5 * largest)) expect.fail(`${mode} ${name}, cell ${k}: ${values[k]}, should be ${value}`);
      }
    });
  }
});

async function run(
  program: Program,
  data: Record<string, ArrayLike<number>>,
): Promise<readonly ArrayLike<number | boolean>[]> {
  const graph = writeOnnx(program, 'test');
  const session = await runtime.InferenceSession.create(graph.model, {
    graphOptimizationLevel: 'extended',
    logSeverityLevel: 3,
  });
  const feeds = Object.fromEntries(
    graph.inputs.map(({ name, of }) => {
      const values = data[`${of.kind} ${of.name}`]!;
      const { dtype, shape } = of.tensor;
      return [name, new runtime.Tensor(dtype, typed(dtype, values) as never, shape)];
    }),
  );
  const results = await session.run(feeds);
  await session.release();
  return graph.outputs.map(({ name }) => results[name]!.data as ArrayLike<number | boolean>);
}

function typed(dtype: string, values: ArrayLike<number>) {
  if (dtype === 'int32') return Int32Array.from(values);
  return dtype === 'float32' ? Float32Array.from(values) : Uint8Array.from(values);
}
