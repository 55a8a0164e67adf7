/** One or more small programs for every primitive: inputs that a gradient can be taken of, and how the result is made. */
import type { Graph } from '../../compiler/program/graph.ts';
import { type BinaryName, binary } from '../../compiler/program/ops/binary.ts';
import { broadcastTo } from '../../compiler/program/ops/broadcast.ts';
import { castTo } from '../../compiler/program/ops/cast.ts';
import { concat } from '../../compiler/program/ops/concat.ts';
import { constantOf } from '../../compiler/program/ops/constant.ts';
import { conv2d, conv2dInput, conv2dKernel } from '../../compiler/program/ops/conv2d.ts';
import { gelu, geluGradientOp } from '../../compiler/program/ops/gelu.ts';
import { gru } from '../../compiler/program/ops/gru.ts';
import { largest } from '../../compiler/program/ops/largest.ts';
import { argmax, cumsum, gather, oneHot, pick, scatterAddOp } from '../../compiler/program/ops/lookup.ts';
import { lstm } from '../../compiler/program/ops/lstm.ts';
import { matmul } from '../../compiler/program/ops/matmul.ts';
import { affine, batchNormalise, layerNormalise } from '../../compiler/program/ops/normalise.ts';
import { pad } from '../../compiler/program/ops/pad.ts';
import { maxPool, meanPool } from '../../compiler/program/ops/pool.ts';
import { type ReduceName, reduce } from '../../compiler/program/ops/reduce.ts';
import { reshape } from '../../compiler/program/ops/reshape.ts';
import { slice } from '../../compiler/program/ops/slice.ts';
import { softmax } from '../../compiler/program/ops/softmax.ts';
import { stopGradient } from '../../compiler/program/ops/stop-gradient.ts';
import { transpose } from '../../compiler/program/ops/transpose.ts';
import { type UnaryName, unary } from '../../compiler/program/ops/unary.ts';
import { select } from '../../compiler/program/ops/where.ts';
import type { Tensor } from '../../compiler/program/tensor.ts';

export interface Case {
  readonly name: string;
  /** Shapes of the float32 inputs. */
  readonly inputs: readonly (readonly number[])[];
  build(g: Graph, inputs: readonly Tensor[]): Tensor;
  /** Where the inputs lie. */
  readonly range?: readonly [number, number];
  /** Not smooth everywhere, or flat: gradients are not compared with differences. */
  readonly rough?: true;
}

const one = (build: (g: Graph, x: Tensor) => Tensor) => (g: Graph, inputs: readonly Tensor[]) => build(g, inputs[0]!);
const two = (build: (g: Graph, a: Tensor, b: Tensor) => Tensor) => (g: Graph, inputs: readonly Tensor[]) =>
  build(g, inputs[0]!, inputs[1]!);

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

interface Window {
  name: string;
  kernel: readonly number[];
  stride: readonly number[];
  padding: readonly (readonly number[])[];
  dilation?: readonly number[];
  groups?: number;
}
const convolutions: readonly Window[] = [
  {
    name: 'plain',
    kernel: [3, 3],
    stride: [1, 1],
    padding: [
      [0, 0],
      [0, 0],
    ],
  },
  {
    name: 'same',
    kernel: [3, 3],
    stride: [1, 1],
    padding: [
      [1, 1],
      [1, 1],
    ],
  },
  {
    name: 'stride 2, same',
    kernel: [3, 3],
    stride: [2, 2],
    padding: [
      [0, 1],
      [1, 1],
    ],
  },
  {
    name: 'stride that leaves cells over',
    kernel: [2, 3],
    stride: [2, 3],
    padding: [
      [0, 0],
      [0, 0],
    ],
  },
  {
    name: '1×1 stride 2',
    kernel: [1, 1],
    stride: [2, 2],
    padding: [
      [0, 0],
      [0, 0],
    ],
  },
  {
    name: '1×1',
    kernel: [1, 1],
    stride: [1, 1],
    padding: [
      [0, 0],
      [0, 0],
    ],
  },
  {
    name: 'dilation',
    kernel: [2, 2],
    stride: [1, 1],
    padding: [
      [1, 0],
      [0, 1],
    ],
    dilation: [2, 2],
  },
  {
    name: 'groups',
    kernel: [3, 3],
    stride: [1, 1],
    padding: [
      [1, 1],
      [1, 1],
    ],
    groups: 2,
  },
  {
    name: 'one channel each',
    kernel: [3, 3],
    stride: [2, 2],
    padding: [
      [1, 1],
      [1, 1],
    ],
    groups: 4,
  },
  {
    name: 'wide padding',
    kernel: [5, 5],
    stride: [1, 1],
    padding: [
      [2, 2],
      [2, 2],
    ],
  },
];
const pools: readonly Window[] = [
  {
    name: '2×2',
    kernel: [2, 2],
    stride: [2, 2],
    padding: [
      [0, 0],
      [0, 0],
    ],
  },
  {
    name: 'overlapping, padded',
    kernel: [3, 3],
    stride: [2, 2],
    padding: [
      [1, 1],
      [0, 1],
    ],
  },
  {
    name: 'apart',
    kernel: [2, 2],
    stride: [3, 3],
    padding: [
      [0, 0],
      [0, 0],
    ],
  },
  {
    name: 'apart, padded',
    kernel: [2, 2],
    stride: [2, 2],
    padding: [
      [0, 1],
      [1, 0],
    ],
  },
];

function convCases({ name, kernel, stride, padding, dilation = [1, 1], groups = 1 }: Window): readonly Case[] {
  const options = { stride, padding, dilation, groups };
  const filters = 4;
  const x = [2, 7, 6, 4];
  const k = [...kernel, 4 / groups, filters];
  const out = (n: number, i: number): number =>
    Math.floor((n + padding[i]![0]! + padding[i]![1]! - dilation[i]! * (kernel[i]! - 1) - 1) / stride[i]!) + 1;
  const y = [2, out(7, 0), out(6, 1), filters];
  return [
    { name: `conv2d ${name}`, inputs: [x, k, [filters]], build: (g, [a, b, c]) => conv2d(g, a!, b!, options, c!) },
    { name: `conv2dInput ${name}`, inputs: [y, k], build: two((g, a, b) => conv2dInput(g, a, b, x, options)) },
    { name: `conv2dKernel ${name}`, inputs: [x, y], build: two((g, a, b) => conv2dKernel(g, a, b, k, options)) },
  ];
}

function poolCases({ name, kernel, stride, padding }: Window): readonly Case[] {
  const window = { window: kernel, stride, padding };
  const x = [2, 6, 7, 3];
  return [
    { name: `maxPool2d ${name}`, inputs: [x], build: one((g, t) => maxPool(g, t, window)) },
    {
      name: `meanPool2d ${name}`,
      inputs: [x],
      build: one((g, t) => meanPool(g, t, { ...window, countPadding: false })),
    },
    {
      name: `meanPool2d ${name}, padding counts`,
      inputs: [x],
      build: one((g, t) => meanPool(g, t, { ...window, countPadding: true })),
    },
  ];
}

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
  ...convolutions.flatMap(convCases),
  ...(
    [
      { name: 'as many channels as blocks', channels: 16, filters: 32, stride: [1, 1] },
      { name: 'several blocks', channels: 32, filters: 16, stride: [1, 1] },
      { name: 'few channels into blocks', channels: 3, filters: 16, stride: [1, 1] },
      { name: 'blocks at stride 2', channels: 16, filters: 16, stride: [2, 2] },
    ] as const
  ).map(
    // Wide enough for the engines' blocked convolutions; that the gradients are right is shown by the small ones.
    ({ name, channels, filters, stride }): Case => ({
      name: `conv2d ${name}`,
      inputs: [[2, 6, 5, channels], [3, 3, channels, filters], [filters]],
      rough: true,
      build: (g, [x, k, b]) =>
        conv2d(
          g,
          x!,
          k!,
          {
            stride,
            padding: [
              [1, 1],
              [1, 1],
            ],
            dilation: [1, 1],
            groups: 1,
          },
          b!,
        ),
    }),
  ),
  ...pools.flatMap(poolCases),
  {
    name: 'maxPool2d after relu',
    inputs: [[2, 6, 7, 3]],
    build: one((g, t) =>
      maxPool(g, unary(g, 'relu', t), {
        window: [2, 2],
        stride: [2, 2],
        padding: [
          [0, 0],
          [0, 0],
        ],
      }),
    ),
  },
  {
    // All ways in which the cells of a window of 2×2 can be largest together: the first one gets the gradient.
    name: 'maxPool2d with equal cells',
    inputs: [[1, 8, 9, 1]],
    rough: true,
    build: one((g, t) => {
      const levels = Array.from({ length: 72 }, (_, i) => {
        const [row, column] = [Math.floor(i / 9), i % 9];
        const window = Math.floor(row / 2) * 4 + Math.floor(column / 2);
        return (window >> ((row % 2) * 2 + (column % 2))) & 1;
      });
      const flat = binary(g, 'subtract', t, stopGradient(g, t));
      const x = binary(g, 'add', flat, constantOf(g, levels, [1, 8, 9, 1]));
      return maxPool(g, x, {
        window: [2, 2],
        stride: [2, 2],
        padding: [
          [0, 0],
          [0, 0],
        ],
      });
    }),
  },
  {
    name: 'image operations in a row',
    inputs: [[2, 6, 6, 2], [3, 3, 2, 4], [4], [1, 6, 1]],
    build: (g, [x, k, b, w]) => {
      const options = {
        stride: [1, 1],
        padding: [
          [1, 1],
          [1, 1],
        ],
        dilation: [1, 1],
        groups: 1,
      };
      const y = binary(g, 'multiply', binary(g, 'add', conv2d(g, x!, k!, options), b!), w!);
      const parts = concat(
        g,
        [
          slice(g, y, [
            [0, 2, 1],
            [0, 6, 2],
            [1, 6, 1],
            [0, 4, 1],
          ]),
          pad(
            g,
            slice(g, y, [
              [0, 2, 1],
              [0, 3, 1],
              [0, 5, 1],
              [1, 4, 2],
            ]),
            [
              [0, 0],
              [0, 0],
              [0, 0],
              [1, 0],
            ],
            2,
          ),
        ],
        3,
      );
      return reduce(g, 'mean', unary(g, 'tanh', parts), [1], false);
    },
  },
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

/** LSTMs as one primitive; an engine may take them unrolled instead. Two examples, repeated as often as asked. */
export const lstmCasesOf = (times: number): readonly Case[] =>
  [
    { name: 'lstm, its sequence', output: 0, backwards: false, masked: false },
    { name: 'lstm, its last state', output: 1, backwards: false, masked: false },
    { name: 'lstm, its last cell, from the end', output: 2, backwards: true, masked: false },
    { name: 'lstm under a mask', output: 0, backwards: false, masked: true },
    { name: 'lstm under a mask, its last cell, from the end', output: 2, backwards: true, masked: true },
  ].map(({ name, output, backwards, masked }) => ({
    name,
    // x, kernel, recurrent, bias, h, c
    inputs: [[2 * times, 4, 3], [3, 20], [5, 20], [20], [2 * times, 5], [2 * times, 5]],
    build(g, [x, kernel, recurrent, bias, h, c]) {
      const rows = new Array<number[]>(times).fill([1, 1, 1, 0, 0, 1, 1, 1]);
      const mask = constantOf(g, rows.flat(), [2 * times, 4]);
      const results = lstm(
        g,
        { x: x!, kernel: kernel!, recurrent: recurrent!, bias: bias!, h: h!, c: c!, ...(masked ? { mask } : {}) },
        backwards,
      );
      return [results.sequence, results.h, results.c][output]!;
    },
  }));

export const lstmCases: readonly Case[] = lstmCasesOf(1);

export const gruCasesOf = (times: number): readonly Case[] =>
  [
    { name: 'gru, its sequence', output: 0, backwards: false, masked: false },
    { name: 'gru, its last state, from the end', output: 1, backwards: true, masked: false },
    { name: 'gru under a mask', output: 0, backwards: false, masked: true },
    { name: 'gru under a mask, its last state, from the end', output: 1, backwards: true, masked: true },
  ].map(({ name, output, backwards, masked }) => ({
    name,
    // x, kernel, recurrent, bias, h
    inputs: [
      [2 * times, 4, 3],
      [3, 15],
      [5, 15],
      [2, 15],
      [2 * times, 5],
    ],
    build(g, [x, kernel, recurrent, bias, h]) {
      const rows = new Array<number[]>(times).fill([1, 1, 1, 0, 0, 1, 1, 1]);
      const mask = constantOf(g, rows.flat(), [2 * times, 4]);
      const read = { x: x!, kernel: kernel!, recurrent: recurrent!, bias: bias!, h: h! };
      const results = gru(g, { ...read, ...(masked ? { mask } : {}) }, backwards);
      return [results.sequence, results.h][output]!;
    },
  }));

export const gruCases: readonly Case[] = gruCasesOf(1);

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
