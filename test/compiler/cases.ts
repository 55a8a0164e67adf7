/** One or more small programs for every primitive: inputs that a gradient can be taken of, and how the result is made. */
import type { Graph } from '../../compiler/program/graph.ts';
import { type BinaryName, binary } from '../../compiler/program/ops/binary.ts';
import { broadcastTo } from '../../compiler/program/ops/broadcast.ts';
import { castTo } from '../../compiler/program/ops/cast.ts';
import { concat } from '../../compiler/program/ops/concat.ts';
import { constantOf } from '../../compiler/program/ops/constant.ts';
import { gelu, geluGradientOp } from '../../compiler/program/ops/gelu.ts';
import { largest } from '../../compiler/program/ops/largest.ts';
import { argmax, cumsum, gather, oneHot, pick, scatterAddOp } from '../../compiler/program/ops/lookup.ts';
import { matmul } from '../../compiler/program/ops/matmul.ts';
import { affine, batchNormalise, layerNormalise } from '../../compiler/program/ops/normalise.ts';
import { pad } from '../../compiler/program/ops/pad.ts';
import { type ReduceName, reduce } from '../../compiler/program/ops/reduce.ts';
import { reshape } from '../../compiler/program/ops/reshape.ts';
import { slice } from '../../compiler/program/ops/slice.ts';
import { softmax } from '../../compiler/program/ops/softmax.ts';
import { stopGradient } from '../../compiler/program/ops/stop-gradient.ts';
import { transpose } from '../../compiler/program/ops/transpose.ts';
import { type UnaryName, unary } from '../../compiler/program/ops/unary.ts';
import { select } from '../../compiler/program/ops/where.ts';
import type { Tensor } from '../../compiler/program/tensor.ts';
import { type Case, one, two } from './case.ts';
import { windowCases } from './cases-windows.ts';

export type { Case } from './case.ts';
export { gruCases, gruCasesOf, lstmCases, lstmCasesOf } from './cases-recurrent.ts';

const unaryRanges: Partial<Record<UnaryName, readonly [number, number]>> = {
  log: [0.3, 3],
  log1p: [-0.5, 2],
  sqrt: [0.3, 3],
  rsqrt: [0.3, 3],
  reciprocal: [0.5, 2],
};
const flat: readonly UnaryName[] = ['sign', 'round', 'floor', 'ceil', 'positive'];
const smooth: readonly UnaryName[] = [
  'negate',
  'exp',
  'log',
  'log1p',
  'sqrt',
  'rsqrt',
  'abs',
  'square',
  'sin',
  'cos',
  'erf',
  'relu',
  'sigmoid',
  'tanh',
  'softplus',
  'reciprocal',
];
const arithmetic: readonly BinaryName[] = [
  'add',
  'subtract',
  'multiply',
  'divide',
  'power',
  'minimum',
  'maximum',
  'modulo',
];
const comparisons: readonly BinaryName[] = ['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual'];
const reductions: readonly ReduceName[] = ['sum', 'mean', 'max', 'min', 'prod'];

const flags = (g: Graph, shape: readonly number[]): Tensor => {
  const size = shape.reduce((a, b) => a * b, 1);
  return constantOf(
    g,
    Array.from({ length: size }, (_, i) => (i % 3 === 0 ? 1 : 0)),
    shape,
    'bool',
  );
};
const indices = (g: Graph, shape: readonly number[], below: number): Tensor => {
  const size = shape.reduce((a, b) => a * b, 1);
  return constantOf(
    g,
    Array.from({ length: size }, (_, i) => (i * 7 + 2) % below),
    shape,
    'int32',
  );
};

export const cases: readonly Case[] = [
  ...smooth.map(
    (op): Case => ({
      name: `unary ${op}`,
      inputs: [[2, 5]],
      build: one((g, x) => unary(g, op, x)),
      range: unaryRanges[op] ?? [-2, 2],
    }),
  ),
  ...flat.map(
    (op): Case => ({ name: `unary ${op}`, inputs: [[2, 5]], build: one((g, x) => unary(g, op, x)), rough: true }),
  ),
  ...arithmetic.map(
    (op): Case => ({
      name: `binary ${op}`,
      inputs: [
        [2, 3, 4],
        [3, 1],
      ],
      build: two((g, a, b) => binary(g, op, a, b)),
      range: [0.4, 2.9],
    }),
  ),
  {
    name: 'binary floorDivide',
    inputs: [[2, 3], [3]],
    range: [-3, 3],
    rough: true,
    build: two((g, a, b) => binary(g, 'floorDivide', a, b)),
  },
  {
    name: 'binary floorDivide and modulo of whole numbers',
    inputs: [[6]],
    rough: true,
    build: (g, [x]) => {
      const a = constantOf(g, [-7, -1, 0, 5, 7, 9], [6], 'int32');
      const b = binary(
        g,
        'add',
        castTo(g, binary(g, 'multiply', x!, constantOf(g, [0], [])), 'int32'),
        constantOf(g, [2, 3, 4, 3, -2, 5], [6], 'int32'),
      );
      return castTo(g, binary(g, 'add', binary(g, 'floorDivide', a, b), binary(g, 'modulo', a, b)), 'float32');
    },
  },
  ...comparisons.map(
    (op): Case => ({
      name: `binary ${op}`,
      inputs: [[2, 5], [5]],
      rough: true,
      build: two((g, a, b) => castTo(g, binary(g, op, unary(g, 'round', a), unary(g, 'round', b)), 'float32')),
    }),
  ),
  {
    name: 'binary and, or; unary not',
    inputs: [[6], [6]],
    rough: true,
    build: two((g, a, b) => {
      const [p, q] = [castTo(g, unary(g, 'round', a), 'bool'), castTo(g, unary(g, 'round', b), 'bool')];
      return castTo(g, binary(g, 'or', binary(g, 'and', p, q), unary(g, 'not', q)), 'float32');
    }),
  },
  {
    name: 'flags and small numbers in arithmetic, comparisons and choices',
    inputs: [[6], [6]],
    rough: true,
    build: two((g, a, b) => {
      const [p, q] = [castTo(g, unary(g, 'round', a), 'bool'), castTo(g, unary(g, 'round', b), 'bool')];
      const [small, other] = [castTo(g, unary(g, 'abs', a), 'uint8'), castTo(g, unary(g, 'abs', b), 'uint8')];
      const chosen = select(g, binary(g, 'less', p, q), p, q);
      const sum = binary(g, 'add', binary(g, 'add', small, other), binary(g, 'multiply', p, q));
      const same = binary(g, 'and', binary(g, 'equal', small, other), binary(g, 'greaterEqual', small, other));
      return castTo(g, binary(g, 'add', sum, binary(g, 'or', chosen, same)), 'float32');
    }),
  },
  { name: 'where', inputs: [[2, 3, 4], [4]], build: two((g, a, b) => select(g, flags(g, [3, 4]), a, b)) },
  {
    name: 'cast to whole numbers',
    inputs: [[2, 5]],
    rough: true,
    build: one((g, x) => castTo(g, castTo(g, x, 'int32'), 'float32')),
  },
  { name: 'broadcast', inputs: [[3, 1]], build: one((g, x) => broadcastTo(g, x, [2, 3, 4])) },
  { name: 'reshape', inputs: [[2, 6]], build: one((g, x) => reshape(g, x, [3, 4])) },
  { name: 'transpose', inputs: [[2, 3, 4]], build: one((g, x) => transpose(g, x, [2, 0, 1])) },
  {
    name: 'concat',
    inputs: [
      [2, 3],
      [2, 1],
    ],
    build: two((g, a, b) => concat(g, [a, b, a], 1)),
  },
  {
    name: 'slice',
    inputs: [[4, 7]],
    build: one((g, x) =>
      slice(g, x, [
        [1, 3, 1],
        [0, 7, 2],
      ]),
    ),
  },
  {
    name: 'slice with steps on both axes',
    inputs: [[5, 7]],
    build: one((g, x) =>
      slice(g, x, [
        [1, 5, 3],
        [1, 7, 2],
      ]),
    ),
  },
  {
    name: 'pad',
    inputs: [[2, 3]],
    build: one((g, x) =>
      pad(
        g,
        x,
        [
          [1, 0],
          [2, 1],
        ],
        1.5,
      ),
    ),
  },
  ...reductions.flatMap((op): Case[] => [
    {
      name: `reduce ${op}`,
      inputs: [[2, 3, 4]],
      range: [0.5, 2],
      build: one((g, x) => reduce(g, op, x, [0, 2], false)),
    },
    {
      name: `reduce ${op}, axes kept`,
      inputs: [[2, 3, 4]],
      range: [0.5, 2],
      build: one((g, x) => reduce(g, op, x, [1], true)),
    },
  ]),
  {
    name: 'matmul',
    inputs: [
      [3, 4],
      [4, 5],
    ],
    build: two((g, a, b) => matmul(g, a, b)),
  },
  { name: 'matmul with bias', inputs: [[3, 4], [4, 5], [5]], build: (g, [a, b, c]) => matmul(g, a!, b!, { bias: c! }) },
  {
    name: 'matmul transposed, scaled',
    inputs: [
      [4, 3],
      [5, 4],
    ],
    build: two((g, a, b) => matmul(g, a, b, { transposeA: true, transposeB: true, scale: 0.5 })),
  },
  {
    name: 'matmul of stacks',
    inputs: [
      [2, 3, 4],
      [2, 4, 5],
    ],
    build: two((g, a, b) => matmul(g, a, b)),
  },
  {
    name: 'matmul of stacks, second transposed',
    inputs: [
      [2, 3, 4],
      [2, 5, 4],
    ],
    build: two((g, a, b) => matmul(g, a, b, { transposeB: true, scale: 2 })),
  },
  {
    name: 'matmul of stacks, first transposed, broadcast',
    inputs: [
      [2, 1, 4, 3],
      [3, 4, 5],
    ],
    build: two((g, a, b) => matmul(g, a, b, { transposeA: true })),
  },
  {
    name: 'matmul of a stack and a matrix',
    inputs: [
      [2, 3, 4],
      [4, 5],
    ],
    build: two((g, a, b) => matmul(g, a, b)),
  },
  ...windowCases,
  { name: 'gather', inputs: [[5, 3]], build: one((g, x) => gather(g, x, indices(g, [2, 4], 5))) },
  {
    name: 'scatterAdd',
    inputs: [[4, 3]],
    build: one((g, x) => g.apply(scatterAddOp, [x, indices(g, [4], 3)], { rows: 3 })[0]!),
  },
  {
    name: 'scatterAdd of many rows',
    inputs: [[4, 3]],
    build: one((g, x) => g.apply(scatterAddOp, [x, indices(g, [4], 3)], { rows: 1500 })[0]!),
  },
  { name: 'pick', inputs: [[2, 3, 5]], build: one((g, x) => pick(g, x, indices(g, [2, 3], 5))) },
  {
    name: 'oneHot, argmax',
    inputs: [[3, 4]],
    rough: true,
    build: one((g, x) => oneHot(g, argmax(g, x, 1), 4)),
  },
  {
    name: 'argmax over the first axis',
    inputs: [[3, 4]],
    rough: true,
    build: one((g, x) => castTo(g, argmax(g, x, 0), 'float32')),
  },
  {
    name: 'largest',
    inputs: [[2, 3, 5]],
    rough: true,
    build: one((g, x) => castTo(g, largest(g, x, 3), 'float32')),
  },
  { name: 'cumsum', inputs: [[2, 4, 3]], build: one((g, x) => cumsum(g, x, 1)) },
  { name: 'cumsum from the end', inputs: [[2, 4]], build: one((g, x) => cumsum(g, x, 1, true)) },
  { name: 'softmax', inputs: [[2, 5]], build: one((g, x) => softmax(g, x, 1)) },
  { name: 'softmax over a middle axis', inputs: [[2, 5, 3]], build: one((g, x) => softmax(g, x, 1)) },
  { name: 'log of softmax', inputs: [[2, 5]], build: one((g, x) => softmax(g, x, 1, true)) },
  {
    name: 'attention',
    inputs: [
      [2, 5, 3],
      [2, 5, 3],
      [2, 5, 2],
    ],
    build: (g, [q, k, v]) => matmul(g, softmax(g, matmul(g, q!, k!, { transposeB: true, scale: 0.7 }), 2), v!),
  },
  { name: 'layerNormalise', inputs: [[3, 6]], build: one((g, x) => layerNormalise(g, x, 1e-3)) },
  {
    name: 'batchNormalise',
    inputs: [[3, 4, 2, 3], [3], [3]],
    build: (g, [x, a, b]) => batchNormalise(g, x!, a!, b!, 1e-3).y,
  },
  {
    name: 'batchNormalise of rows',
    inputs: [[6, 3], [3], [3]],
    build: (g, [x, a, b]) => batchNormalise(g, x!, a!, b!, 1e-3).y,
  },
  { name: 'affine', inputs: [[2, 3, 4], [4], [4]], build: (g, [x, a, b]) => affine(g, x!, a!, b!) },
  { name: 'gelu', inputs: [[2, 5]], build: one((g, x) => gelu(g, x, false)) },
  { name: 'gelu by tanh', inputs: [[2, 5]], build: one((g, x) => gelu(g, x, true)) },
  ...[true, false].map(
    (tanh): Case => ({
      name: `geluGradient ${tanh ? 'by tanh' : 'exact'}`,
      inputs: [
        [2, 5],
        [2, 5],
      ],
      build: two((g, x, dy) => g.apply(geluGradientOp, [x, dy], { tanh })[0]!),
    }),
  ),
  {
    name: 'stopGradient',
    inputs: [[3]],
    rough: true,
    build: one((g, x) => binary(g, 'multiply', x, stopGradient(g, x))),
  },
];

/** Numbers without a pattern, the same in every run. */
export function numbers(
  count: number,
  seed: number,
  [low, high]: readonly [number, number] = [-1.5, 1.5],
): Float64Array {
  let state = (seed * 2654435761 + 12345) >>> 0;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.fround(low + ((high - low) * state) / 2 ** 32);
  });
}
