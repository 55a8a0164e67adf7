/** Cases of single primitives beyond those that all engines share: groups, dilation, padding of every kind, types of numbers. */
import type { Attributes, DType } from '../../../compiler/program/tensor.ts';

/** Shapes of float32 inputs, or a type with a shape and the range of whole numbers. */
export type Input =
  | readonly number[]
  | { readonly dtype: DType; readonly shape: readonly number[]; readonly below: number };

export interface Case {
  readonly title: string;
  readonly primitive: string;
  readonly inputs: readonly Input[];
  readonly attributes?: Attributes;
  /** Turns the random numbers (between −2 and 2) into ones that the primitive likes. */
  readonly map?: (x: number) => number;
  readonly outputs?: readonly number[];
}

const unary = ['negate', 'exp', 'sqrt', 'rsqrt', 'log', 'log1p', 'abs', 'square', 'sign', 'sin', 'cos', 'erf', 'round'];
const more = ['floor', 'ceil', 'relu', 'sigmoid', 'tanh', 'softplus', 'reciprocal', 'positive'];
const positive = new Set(['sqrt', 'rsqrt', 'log', 'log1p']);
const arithmetic = ['add', 'subtract', 'multiply', 'divide', 'floorDivide', 'modulo', 'minimum', 'maximum'];
const comparisons = ['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual'];
const whole = (shape: readonly number[], below = 5): Input => ({ dtype: 'int32', shape, below });
const flags = (shape: readonly number[]): Input => ({ dtype: 'bool', shape, below: 2 });
const none = [
  [0, 0],
  [0, 0],
] as const;
const one = [
  [1, 1],
  [1, 1],
] as const;
const odd = [
  [0, 2],
  [1, 0],
] as const;

interface Conv {
  readonly title: string;
  readonly x: readonly number[];
  readonly kernel: readonly number[];
  readonly y: readonly number[];
  readonly stride?: readonly number[];
  readonly padding?: readonly (readonly number[])[];
  readonly dilation?: readonly number[];
  readonly groups?: number;
}
const convs: readonly Conv[] = [
  { title: 'plain', x: [2, 6, 7, 3], kernel: [3, 3, 3, 4], y: [2, 4, 5, 4] },
  { title: 'same', x: [2, 6, 7, 3], kernel: [3, 3, 3, 4], y: [2, 6, 7, 4], padding: one },
  { title: 'stride 2', x: [2, 7, 8, 3], kernel: [3, 3, 3, 4], y: [2, 3, 3, 4], stride: [2, 2] },
  {
    title: 'same with stride 2',
    x: [2, 8, 8, 3],
    kernel: [3, 3, 3, 4],
    y: [2, 4, 4, 4],
    stride: [2, 2],
    padding: [
      [0, 1],
      [0, 1],
    ],
  },
  { title: 'odd padding', x: [2, 6, 7, 3], kernel: [3, 2, 3, 4], y: [2, 6, 7, 4], padding: odd },
  {
    title: 'numeric padding with stride 2',
    x: [2, 8, 8, 3],
    kernel: [3, 3, 3, 4],
    y: [2, 4, 4, 4],
    stride: [2, 2],
    padding: one,
  },
  { title: 'dilated', x: [2, 9, 8, 3], kernel: [3, 3, 3, 4], y: [2, 5, 4, 4], dilation: [2, 2] },
  {
    title: 'dilated and padded',
    x: [2, 9, 8, 3],
    kernel: [3, 3, 3, 4],
    y: [2, 9, 6, 4],
    dilation: [3, 2],
    padding: [
      [3, 3],
      [1, 1],
    ],
  },
  { title: 'two groups', x: [2, 6, 6, 4], kernel: [3, 3, 2, 6], y: [2, 4, 4, 6], groups: 2 },
  { title: 'depthwise', x: [2, 6, 6, 4], kernel: [3, 3, 1, 8], y: [2, 6, 6, 8], groups: 4, padding: one },
  {
    title: 'depthwise, numeric padding',
    x: [2, 6, 6, 4],
    kernel: [3, 3, 1, 4],
    y: [2, 6, 5, 4],
    groups: 4,
    padding: [
      [2, 0],
      [1, 0],
    ],
  },
];
export const pools = [
  { title: 'plain', x: [2, 6, 8, 3], y: [2, 3, 4, 3], window: [2, 2], stride: [2, 2], padding: none },
  { title: 'a row left over', x: [2, 7, 8, 3], y: [2, 3, 4, 3], window: [2, 2], stride: [2, 2], padding: none },
  { title: 'overlapping', x: [2, 7, 7, 3], y: [2, 3, 3, 3], window: [3, 3], stride: [2, 2], padding: none },
  { title: 'same', x: [2, 7, 7, 3], y: [2, 7, 7, 3], window: [3, 3], stride: [1, 1], padding: one },
  {
    title: 'odd padding',
    x: [2, 7, 7, 3],
    y: [2, 7, 6, 3],
    window: [3, 3],
    stride: [1, 1],
    padding: [
      [0, 2],
      [1, 0],
    ],
  },
];

export const cases: readonly Case[] = [
  ...[...unary, ...more].map((of) => ({
    title: of,
    primitive: 'unary',
    inputs: [[3, 5]],
    attributes: { of },
    ...(positive.has(of) ? { map: (x: number) => Math.abs(x) + 0.1 } : {}),
  })),
  { title: 'not', primitive: 'unary', inputs: [flags([3, 5])], attributes: { of: 'not' } },
  { title: 'negate of whole numbers', primitive: 'unary', inputs: [whole([7])], attributes: { of: 'negate' } },
  ...[...arithmetic, ...comparisons].flatMap((of) => [
    {
      title: of,
      primitive: 'binary',
      inputs: [
        [3, 1, 5],
        [4, 1],
      ],
      attributes: { of },
    },
    ...(of === 'divide'
      ? []
      : [
          {
            title: `${of} of whole numbers`,
            primitive: 'binary',
            inputs: [whole([3, 4]), whole([4])],
            attributes: { of },
          },
        ]),
  ]),
  {
    title: 'power',
    primitive: 'binary',
    inputs: [[3, 5], [5]],
    attributes: { of: 'power' },
    map: (x) => Math.abs(x) + 0.1,
  },
  { title: 'and', primitive: 'binary', inputs: [flags([3, 4]), flags([4])], attributes: { of: 'and' } },
  { title: 'or', primitive: 'binary', inputs: [flags([3, 4]), flags([4])], attributes: { of: 'or' } },
  { title: 'where', primitive: 'where', inputs: [flags([3, 1]), [3, 4], [4]] },
  ...(['float32', 'int32', 'uint8', 'bool'] as const).map((to) => ({
    title: `to ${to}`,
    primitive: 'cast',
    inputs: [[3, 5]],
    attributes: { to },
    map: (x: number) => Math.abs(x) * 3,
  })),
  {
    title: 'bytes to float32',
    primitive: 'cast',
    inputs: [{ dtype: 'uint8', shape: [4], below: 255 }],
    attributes: { to: 'float32' },
  },
  { title: 'broadcast', primitive: 'broadcast', inputs: [[3, 1]], attributes: { shape: [2, 3, 4] } },
  { title: 'reshape', primitive: 'reshape', inputs: [[3, 4]], attributes: { shape: [2, 6] } },
  { title: 'transpose', primitive: 'transpose', inputs: [[2, 3, 4]], attributes: { order: [2, 0, 1] } },
  {
    title: 'concat',
    primitive: 'concat',
    inputs: [
      [2, 3],
      [2, 1],
      [2, 2],
    ],
    attributes: { axis: 1 },
  },
  {
    title: 'slice',
    primitive: 'slice',
    inputs: [[4, 5]],
    attributes: {
      ranges: [
        [1, 3, 1],
        [0, 4, 1],
      ],
    },
  },
  {
    title: 'slice with steps',
    primitive: 'slice',
    inputs: [[5, 6]],
    attributes: {
      ranges: [
        [0, 5, 2],
        [1, 6, 3],
      ],
    },
  },
  {
    title: 'unslice',
    primitive: 'unslice',
    inputs: [[2, 4]],
    attributes: {
      ranges: [
        [1, 3, 1],
        [0, 4, 1],
      ],
      shape: [4, 5],
    },
  },
  {
    title: 'unslice with steps',
    primitive: 'unslice',
    inputs: [[3, 2]],
    attributes: {
      ranges: [
        [0, 5, 2],
        [1, 6, 3],
      ],
      shape: [5, 6],
    },
  },
  {
    title: 'pad',
    primitive: 'pad',
    inputs: [[2, 3]],
    attributes: {
      amounts: [
        [1, 0],
        [2, 1],
      ],
      value: 0.5,
    },
  },
  ...['sum', 'mean', 'max', 'min', 'prod'].flatMap((of) =>
    [true, false].map((keep) => ({
      title: `${of}${keep ? ', kept' : ''}`,
      primitive: 'reduce',
      inputs: [[2, 3, 4]],
      attributes: { of, axes: [0, 2], keep },
    })),
  ),
  {
    title: 'sum of whole numbers',
    primitive: 'reduce',
    inputs: [whole([3, 4])],
    attributes: { of: 'sum', axes: [1], keep: false },
  },
  ...[false, true].flatMap((transposeA) =>
    [false, true].map((transposeB) => ({
      title: `matrices${transposeA ? ', left transposed' : ''}${transposeB ? ', right transposed' : ''}`,
      primitive: 'matmul',
      inputs: [transposeA ? [4, 3] : [3, 4], transposeB ? [5, 4] : [4, 5]],
      attributes: { transposeA, transposeB, scale: 0.5 },
    })),
  ),
  {
    title: 'with a bias',
    primitive: 'matmul',
    inputs: [[3, 4], [4, 5], [5]],
    attributes: { transposeA: false, transposeB: false, scale: 1 },
  },
  {
    title: 'stacks',
    primitive: 'matmul',
    inputs: [
      [2, 1, 3, 4],
      [3, 5, 4],
    ],
    attributes: { transposeA: false, transposeB: true, scale: 0.25 },
  },
  {
    title: 'stack by matrix',
    primitive: 'matmul',
    inputs: [
      [2, 3, 4],
      [4, 5],
    ],
    attributes: { transposeA: false, transposeB: false, scale: 1 },
  },
  ...convs.flatMap(({ title, x, kernel, y, stride = [1, 1], padding = none, dilation = [1, 1], groups = 1 }) => {
    const attributes = { stride, padding, dilation, groups };
    return [
      { title, primitive: 'conv2d', inputs: [x, kernel], attributes },
      {
        title: `${title}, input`,
        primitive: 'conv2dInput',
        inputs: [y, kernel],
        attributes: { ...attributes, shape: x },
      },
      {
        title: `${title}, kernel`,
        primitive: 'conv2dKernel',
        inputs: [x, y],
        attributes: { ...attributes, shape: kernel },
      },
    ];
  }),
  {
    title: 'with a bias',
    primitive: 'conv2d',
    inputs: [[2, 6, 7, 3], [3, 3, 3, 4], [4]],
    attributes: { stride: [1, 1], padding: none, dilation: [1, 1], groups: 1 },
  },
  ...pools.flatMap(({ title, x, y, ...attributes }) => [
    { title, primitive: 'maxPool2d', inputs: [x], attributes },
    ...[false, true].flatMap((countPadding) => [
      {
        title: `${title}${countPadding ? ', padding counted' : ''}`,
        primitive: 'meanPool2d',
        inputs: [x],
        attributes: { ...attributes, countPadding },
      },
      {
        title: `${title}${countPadding ? ', padding counted' : ''}`,
        primitive: 'meanPool2dGradient',
        inputs: [y],
        attributes: { ...attributes, countPadding, shape: x },
      },
    ]),
  ]),
  { title: 'rows', primitive: 'gather', inputs: [[7, 3], whole([2, 4], 7)] },
  { title: 'rows', primitive: 'scatterAdd', inputs: [[2, 4, 3], whole([2, 4], 7)], attributes: { rows: 7 } },
  { title: 'numbers', primitive: 'pick', inputs: [[2, 4, 5], whole([2, 4])] },
  { title: 'one-hot', primitive: 'oneHot', inputs: [whole([2, 4])], attributes: { depth: 5 } },
  { title: 'last axis', primitive: 'argmax', inputs: [[3, 4, 5]], attributes: { axis: 2 } },
  { title: 'middle axis', primitive: 'argmax', inputs: [[3, 4, 5]], attributes: { axis: 1 } },
  { title: 'three', primitive: 'largest', inputs: [[3, 4, 5]], attributes: { count: 3 } },
  { title: 'forwards', primitive: 'cumsum', inputs: [[3, 4]], attributes: { axis: 1, reverse: false } },
  { title: 'backwards', primitive: 'cumsum', inputs: [[3, 4]], attributes: { axis: 0, reverse: true } },
  ...[false, true].flatMap((log) =>
    [0, 1, 2].map((axis) => ({
      title: `${log ? 'log, ' : ''}axis ${axis}`,
      primitive: 'softmax',
      inputs: [[3, 4, 5]],
      attributes: { axis, log },
    })),
  ),
  { title: 'last axis', primitive: 'layerNormalise', inputs: [[2, 3, 8]], attributes: { epsilon: 1e-3 } },
  { title: 'of images', primitive: 'batchNormalise', inputs: [[3, 4, 4, 2], [2], [2]], attributes: { epsilon: 1e-3 } },
  { title: 'of rows', primitive: 'batchNormalise', inputs: [[9, 4], [4], [4]], attributes: { epsilon: 1e-3 } },
  { title: 'channels', primitive: 'affine', inputs: [[2, 3, 4], [4], [4]] },
  ...[false, true].flatMap((tanh) => [
    { title: tanh ? 'tanh' : 'exact', primitive: 'gelu', inputs: [[3, 5]], attributes: { tanh } },
    {
      title: tanh ? 'tanh' : 'exact',
      primitive: 'geluGradient',
      inputs: [
        [3, 5],
        [3, 5],
      ],
      attributes: { tanh },
    },
  ]),
  { title: 'value', primitive: 'stopGradient', inputs: [[3, 5]] },
];
