/** Results of a graph are written where they are wanted and nowhere else, and a run that fails still says so. */
import { expect, test } from 'vitest';
import { createGraph } from '../../compiler/program/graph.ts';
import { multiply } from '../../compiler/program/ops/binary.ts';
import { finish } from '../../compiler/program/program.ts';
import { openGraph } from '../../trainer/engines/onnx/graph.ts';
import { loadRuntime } from '../../trainer/engines/onnx/runtime.ts';

const size = 1 << 20;

async function squares() {
  const g = createGraph();
  const x = g.input({ dtype: 'float32', shape: [size] });
  const program = finish(
    g,
    [{ kind: 'weight', name: 'x', tensor: x }],
    [{ kind: 'gradient', name: 'x', tensor: multiply(g, x, x) }],
  );
  const result = new Float32Array(size);
  const options = { name: 'squares', threads: 1, block: 0, place: () => result };
  return { graph: await openGraph(await loadRuntime(), program, options), result };
}

test('no copies of results are made', async () => {
  const { graph, result } = await squares();
  const data = new Float32Array(size).fill(3);
  const host = { dtype: 'float32' as const, shape: [size], data };
  await graph.run(() => host);
  expect(result.every((value) => value === 9)).toBe(true);
  const before = process.memoryUsage().arrayBuffers;
  for (let i = 0; i < 4; i++) {
    data.fill(i);
    await graph.run(() => host);
    expect(result[size - 1]).toBe(i * i);
  }
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * size);
  await graph.dispose();
});

test('a run that fails says why', async () => {
  const { graph } = await squares();
  const host = { dtype: 'float32' as const, shape: [3], data: new Float32Array(3) };
  await expect(graph.run(() => host)).rejects.toThrow(/invalid dimensions/iu);
  await graph.dispose();
});
