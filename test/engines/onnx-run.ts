/** One pass of a program through ONNX Runtime. */
import { type Program, writeOnnx } from '../../compiler/index.ts';
import { loadRuntime } from '../../trainer/engines/onnx/runtime.ts';

const runtime = await loadRuntime();

export async function runOnnx(
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
