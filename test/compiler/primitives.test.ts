/** Every primitive: its gradient against differences in float64. */
import { describe, expect, test } from 'vitest';
import { gradients } from '../../compiler/gradients.ts';
import { createGraph } from '../../compiler/program/graph.ts';
import { interpretNodes } from '../../compiler/program/interpret.ts';
import { type NdArray, ndarray } from '../../compiler/program/ndarray.ts';
import { multiply } from '../../compiler/program/ops/binary.ts';
import { primitives } from '../../compiler/program/ops/index.ts';
import { reduce } from '../../compiler/program/ops/reduce.ts';
import type { Tensor } from '../../compiler/program/tensor.ts';
import { type Case, cases, gruCases, lstmCases, numbers } from './cases.ts';

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** A number that all of the result goes into, with another weight for each cell. */
function lossOf(g: ReturnType<typeof createGraph>, y: Tensor, weights: Tensor): Tensor {
  return reduce(
    g,
    'sum',
    multiply(g, y, weights),
    y.shape.map((_, i) => i),
    false,
  );
}

function differences(example: Case): void {
  const g = createGraph();
  const inputs = example.inputs.map((shape) => g.input({ dtype: 'float32', shape }));
  const y = example.build(g, inputs);
  // From outside, so that nothing of the gradient is folded away.
  const weights = g.input(y);
  const loss = lossOf(g, y, weights);
  const forward = [...g.nodes];
  const slopes = gradients(g, loss, inputs);
  const data = example.inputs.map((shape, i) => numbers(size(shape), i + 1, example.range));
  const run = (nodes: typeof forward): Map<number, NdArray> =>
    interpretNodes(
      nodes,
      new Map([
        ...inputs.map((t, i) => [t.id, ndarray('float32', t.shape, data[i]!)] as const),
        [weights.id, ndarray('float32', y.shape, numbers(size(y.shape), 99))],
      ]),
    );
  const values = run([...g.nodes]);
  for (const [i, slope] of slopes.entries()) {
    const computed = slope ? values.get(slope.id)!.data : new Float64Array(data[i]!.length);
    for (let k = 0; k < data[i]!.length; k++) {
      const kept = data[i]![k]!;
      const step = 1e-5;
      data[i]![k] = kept + step;
      const above = run(forward).get(loss.id)!.data[0]!;
      data[i]![k] = kept - step;
      const below = run(forward).get(loss.id)!.data[0]!;
      data[i]![k] = kept;
      const expected = (above - below) / (2 * step);
      expect(Math.abs(computed[k]! - expected), `input ${i}, cell ${k}: ${computed[k]} and ${expected}`).toBeLessThan(
        1e-6 * Math.max(1, Math.abs(expected)),
      );
    }
  }
}

describe('gradients agree with differences', () => {
  for (const example of [...cases, ...lstmCases, ...gruCases]) {
    if (!example.rough) test(example.name, () => differences(example));
  }
});

test('every primitive has a case', () => {
  const met = new Set<string>(['constant']);
  for (const example of [...cases, ...lstmCases, ...gruCases]) {
    const g = createGraph();
    const inputs = example.inputs.map((shape) => g.input({ dtype: 'float32', shape }));
    const y = example.build(g, inputs);
    gradients(g, lossOf(g, y, g.input(y)), inputs);
    for (const node of g.nodes) met.add(node.primitive.name);
  }
  expect(primitives.map((primitive) => primitive.name).filter((name) => !met.has(name))).toEqual([]);
});

test('a gradient stops at stopGradient', () => {
  const g = createGraph();
  const x = g.input({ dtype: 'float32', shape: [3] });
  const stopped = cases.find((example) => example.name === 'stopGradient')!.build(g, [x]);
  const [slope] = gradients(g, reduce(g, 'sum', stopped, [0], false), [x]);
  const values = interpretNodes(g.nodes, new Map([[x.id, ndarray('float32', [3], [1, 2, 3])]]));
  expect(Array.from(values.get(slope!.id)!.data)).toEqual([1, 2, 3]);
});
