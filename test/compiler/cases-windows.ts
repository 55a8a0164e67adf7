/** Convolutions and pools over windows of many forms. */
import { binary } from '../../compiler/program/ops/binary.ts';
import { concat } from '../../compiler/program/ops/concat.ts';
import { constantOf } from '../../compiler/program/ops/constant.ts';
import { conv2d, conv2dInput, conv2dKernel } from '../../compiler/program/ops/conv2d.ts';
import { pad } from '../../compiler/program/ops/pad.ts';
import { maxPool, meanPool } from '../../compiler/program/ops/pool.ts';
import { reduce } from '../../compiler/program/ops/reduce.ts';
import { slice } from '../../compiler/program/ops/slice.ts';
import { stopGradient } from '../../compiler/program/ops/stop-gradient.ts';
import { unary } from '../../compiler/program/ops/unary.ts';
import { type Case, one, two } from './case.ts';

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

/** A convolution and its two gradients. */
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

/** Largest values and means. */
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

/** All of them, and what is most often between them. */
export const windowCases: readonly Case[] = [
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
];
