/** Slopes of slices: parts in a row are joined, whatever their order and the gaps between them. */
import { expect, test } from 'vitest';
import { gradients } from '../../compiler/gradients.ts';
import { interpret } from '../../compiler/index.ts';
import { createGraph, type Graph } from '../../compiler/program/graph.ts';
import { add, multiply } from '../../compiler/program/ops/binary.ts';
import { constantOf } from '../../compiler/program/ops/constant.ts';
import { reduce } from '../../compiler/program/ops/reduce.ts';
import { slice } from '../../compiler/program/ops/slice.ts';
import { finish } from '../../compiler/program/program.ts';
import type { Tensor } from '../../compiler/program/tensor.ts';

/** The gradient of Σ factor · rows start … end, for each [start, end, factor]. */
function gradientOf(parts: readonly (readonly [number, number, number])[]) {
  const g = createGraph();
  const x = g.input({ dtype: 'float32', shape: [6, 2] });
  const term = (graph: Graph, [start, end, factor]: readonly [number, number, number]): Tensor => {
    const rows = slice(graph, x, [
      [start, end, 1],
      [0, 2, 1],
    ]);
    return reduce(graph, 'sum', multiply(graph, rows, constantOf(graph, [factor, factor + 1], [2])), [0, 1], false);
  };
  const loss = parts.map((part) => term(g, part)).reduce((sum, next) => add(g, sum, next));
  const [slope] = gradients(g, loss, [x]);
  const program = finish(
    g,
    [{ kind: 'field', name: 'x', tensor: x }],
    [{ kind: 'output', name: 'slope', tensor: slope! }],
  );
  const [result] = interpret(program, { 'field x': new Float64Array(12) });
  return { rows: Array.from(result!.data), ops: program.nodes.map(({ primitive }) => primitive.name) };
}

const wanted = (parts: readonly (readonly [number, number, number])[]): number[] =>
  Array.from({ length: 12 }, (_, i) =>
    parts
      .filter(([start, end]) => i >> 1 >= start && i >> 1 < end)
      .reduce((sum, [, , factor]) => sum + factor + (i % 2), 0),
  );

test.each([
  [
    'in a row',
    [
      [0, 2, 1],
      [2, 5, 2],
      [5, 6, 3],
    ],
  ],
  [
    'in another order',
    [
      [4, 6, 1],
      [0, 1, 2],
      [1, 4, 3],
    ],
  ],
  [
    'with gaps',
    [
      [1, 2, 1],
      [4, 5, 2],
    ],
  ],
] as const)('parts %s are joined', (_name, parts) => {
  const { rows, ops } = gradientOf(parts);
  expect(rows).toEqual(wanted(parts));
  expect(ops).not.toContain('unslice');
});

test('parts that overlap are added', () => {
  const parts = [
    [0, 4, 1],
    [2, 6, 2],
    [4, 6, 5],
  ] as const;
  expect(gradientOf(parts).rows).toEqual(wanted(parts));
});
