/** What TensorFlow.js lacks, against PyTorch: numbers as padding, groups, holes, rounding up, attention, training statistics. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Settings } from '../../../language/index.ts';
import { apply, lossOf, type Numbers, numbers, type Ran, shapesOf, slope, weightShapes } from './apply.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const oracle = fileURLToPath(new URL('./torch_oracle.py', import.meta.url));
const python = [`${root}.references/bin/python`, `${root}.references/Scripts/python.exe`].find((path) =>
  existsSync(path),
);

const missing = 'no reference Python here (npm run references)';

interface Case {
  readonly key: string;
  readonly shape: readonly number[];
  readonly settings: Settings;
  /** Settings as the oracle reads them, where they differ. */
  readonly torch?: Settings;
  readonly training?: boolean;
}

const conv: readonly Case[] = [
  { padding: 1, stride: [1, 1], dilation: [1, 1], groups: 1 },
  { padding: [2, 0], stride: [2, 1], dilation: [1, 1], groups: 2 },
  { padding: 0, stride: [1, 1], dilation: [2, 1], groups: 4 },
  { padding: 2, stride: [1, 1], dilation: [2, 2], groups: 1 },
  { padding: 1, stride: [3, 3], dilation: [1, 1], groups: 2 },
].map((s) => ({ key: 'model/Conv2D', shape: [7, 6, 4], settings: { ...s, filters: 8, kernel: [3, 2] } }));

const transposed: readonly Case[] = [
  { padding: 0, stride: [2, 2], dilation: [1, 1], outputPadding: null },
  { padding: 1, stride: [2, 2], dilation: [1, 1], outputPadding: [1, 1] },
  { padding: 1, stride: [3, 2], dilation: [1, 1], outputPadding: [2, 0] },
  { padding: 1, stride: [2, 1], dilation: [2, 2], outputPadding: [1, 0] },
].map((s) => ({
  key: 'model/Conv2DTranspose',
  shape: [4, 3, 2],
  settings: { ...s, filters: 3, kernel: [3, 3] },
  torch: { ...s, outputPadding: s.outputPadding ?? [0, 0] },
}));

const pools: readonly Case[] = [
  { window: [2, 2], stride: [2, 2], padding: 0, ceil: true },
  { window: [3, 3], stride: [2, 2], padding: 1, ceil: false },
  { window: [3, 2], stride: [2, 3], padding: 1, ceil: true },
  { window: [2, 2], stride: [3, 3], padding: 1, ceil: true },
].flatMap((s) => [
  { key: 'model/MaxPool2D', shape: [7, 7, 3], settings: s },
  { key: 'model/AvgPool2D', shape: [7, 7, 3], settings: { ...s, countPadding: false } },
]);

const counted: readonly Case[] = [
  {
    key: 'model/AvgPool2D',
    shape: [6, 5, 2],
    settings: { window: [3, 3], stride: [2, 2], padding: 1, ceil: false, countPadding: true },
  },
];

const others: readonly Case[] = [
  { key: 'model/Attention', shape: [5, 6], settings: { heads: 3 }, torch: { heads: 3, causal: false } },
  {
    key: 'model/Attention',
    shape: [5, 6],
    settings: { heads: 2, mask: ['causal'] },
    torch: { heads: 2, causal: true },
  },
  { key: 'model/BatchNorm', shape: [3, 4], settings: { epsilon: 1e-3 }, training: true },
];

const overTime: readonly Case[] = [
  ...[
    { padding: 1, stride: 1, dilation: 1, groups: 1 },
    { padding: 2, stride: 2, dilation: 1, groups: 2 },
    { padding: 0, stride: 1, dilation: 2, groups: 4 },
    { padding: 'causal', stride: 1, dilation: 3, groups: 1 },
    { padding: 'causal', stride: 2, dilation: 1, groups: 2 },
  ].map((s) => ({ key: 'model/Conv1D', shape: [7, 4], settings: { ...s, filters: 8, kernel: 3 } })),
  ...[
    { padding: 1, stride: 1, dilation: 1, multiplier: 1 },
    { padding: 0, stride: 2, dilation: 1, multiplier: 2 },
    { padding: 2, stride: 1, dilation: 2, multiplier: 3 },
    { padding: 'causal', stride: 1, dilation: 2, multiplier: 2 },
  ].flatMap((s) => [
    { key: 'model/DepthwiseConv1D', shape: [7, 3], settings: { ...s, kernel: 3 } },
    { key: 'model/SeparableConv1D', shape: [7, 3], settings: { ...s, kernel: 3, filters: 5 } },
  ]),
  ...[
    { padding: 0, stride: 2, dilation: 1, outputPadding: null },
    { padding: 1, stride: 3, dilation: 1, outputPadding: [2] },
    { padding: 1, stride: 2, dilation: 2, outputPadding: [1] },
  ].map((s) => ({
    key: 'model/Conv1DTranspose',
    shape: [4, 2],
    settings: { ...s, filters: 3, kernel: 3 },
    torch: { ...s, outputPadding: s.outputPadding?.[0] ?? 0 },
  })),
  ...[
    { window: 2, stride: 2, padding: 0, ceil: true },
    { window: 3, stride: 2, padding: 1, ceil: false },
    { window: 2, stride: 3, padding: 1, ceil: true },
  ].flatMap((s) => [
    { key: 'model/MaxPool1D', shape: [7, 3], settings: s },
    { key: 'model/AvgPool1D', shape: [7, 3], settings: { ...s, countPadding: false } },
  ]),
  {
    key: 'model/AvgPool1D',
    shape: [6, 2],
    settings: { window: 3, stride: 2, padding: 1, ceil: false, countPadding: true },
  },
];

const resized: readonly Case[] = [
  ...[3, 5, 7, 9].flatMap((size) =>
    ['Avg', 'Max'].map((kind) => ({ key: `model/Adaptive${kind}Pool1D`, shape: [7, 2], settings: { size } })),
  ),
  ...[
    [3, 2],
    [6, 5],
    [1, 1],
    [8, 4],
  ].flatMap((size) =>
    ['Avg', 'Max'].map((kind) => ({ key: `model/Adaptive${kind}Pool2D`, shape: [6, 5, 2], settings: { size } })),
  ),
  ...['nearest', 'bilinear'].flatMap((method) => [
    { key: 'model/UpSample1D', shape: [4, 2], settings: { size: 3, method } },
    { key: 'model/UpSample2D', shape: [4, 3, 2], settings: { size: [2, 3], method } },
  ]),
];

const sizes: readonly Case[] = [
  [7, 9],
  [3, 2],
  [5, 11],
  [1, 1],
].flatMap(([height, width]) =>
  ['bilinear', 'nearest'].map((method) => ({
    key: 'model/resize',
    shape: [5, 4, 2],
    settings: { height: height!, width: width!, method },
  })),
);

const norms: readonly Case[] = [
  { key: 'model/RMSNorm', shape: [3, 5], settings: { epsilon: 1e-3 } },
  { key: 'model/GroupNorm', shape: [3, 2, 6], settings: { groups: 3, epsilon: 1e-3 } },
  { key: 'model/GroupNorm', shape: [6], settings: { groups: 2, epsilon: 1e-3 } },
  { key: 'model/InstanceNorm', shape: [3, 2, 4], settings: { epsilon: 1e-3 } },
  { key: 'model/InstanceNorm', shape: [5, 3], settings: { epsilon: 1e-5 } },
  { key: 'model/LocalResponseNorm', shape: [2, 3, 7], settings: { radius: 2, bias: 2, alpha: 0.3, beta: 0.75 } },
  { key: 'model/UnitNorm', shape: [3, 4], settings: { axis: -1 } },
  { key: 'model/PReLU', shape: [3, 4], settings: {} },
  { key: 'model/Highway', shape: [3, 4], settings: {} },
];

const volumes: readonly Case[] = [
  ...[
    { padding: 0, stride: [1, 1, 1], dilation: [1, 1, 1], groups: 1, kernel: [2, 3, 1] },
    { padding: [1, 0, 2], stride: [2, 1, 3], dilation: [1, 1, 1], groups: 2, kernel: [3, 2, 2] },
    { padding: 2, stride: [1, 1, 1], dilation: [2, 1, 2], groups: 4, kernel: [2, 2, 3] },
  ].map((s) => ({ key: 'model/Conv3D', shape: [4, 5, 6, 4], settings: { ...s, filters: 4 } })),
  ...[
    { padding: 0, stride: [1, 2, 2], dilation: [1, 1, 1], outputPadding: null, kernel: [2, 3, 2] },
    { padding: 1, stride: [2, 3, 1], dilation: [1, 1, 1], outputPadding: [1, 2, 0], kernel: [3, 3, 3] },
    { padding: [2, 0, 1], stride: [3, 1, 2], dilation: [2, 1, 2], outputPadding: [0, 0, 1], kernel: [3, 2, 2] },
  ].map((s) => ({
    key: 'model/Conv3DTranspose',
    shape: [3, 2, 3, 2],
    settings: { ...s, filters: 3 },
    torch: { ...s, outputPadding: s.outputPadding ?? [0, 0, 0] },
  })),
  ...[
    { window: [2, 2, 2], stride: [2, 2, 2], padding: 0, ceil: true },
    { window: [3, 2, 3], stride: [2, 1, 2], padding: 1, ceil: false },
    { window: [2, 3, 2], stride: [3, 2, 3], padding: [1, 1, 0], ceil: true },
  ].flatMap((s) => [
    { key: 'model/MaxPool3D', shape: [5, 4, 7, 2], settings: s },
    { key: 'model/AvgPool3D', shape: [5, 4, 7, 2], settings: { ...s, countPadding: false } },
    { key: 'model/AvgPool3D', shape: [5, 4, 6, 2], settings: { ...s, ceil: false, countPadding: true } },
  ]),
  { key: 'model/GlobalAvgPool3D', shape: [2, 3, 4, 2], settings: {} },
  { key: 'model/GlobalMaxPool3D', shape: [2, 3, 4, 2], settings: {} },
];

const cases = [
  ...volumes,
  ...sizes,
  ...norms,
  ...overTime,
  ...resized,
  ...conv,
  ...transposed,
  ...pools,
  ...counted,
  ...others,
];

test('layers as PyTorch has them', (context) => {
  if (python === undefined) context.skip(missing);
  const ours = cases.map(({ key, shape, settings, training }, i) => {
    const given = { x: { shape, data: numbers(2 * volume(shape), i + 5) } };
    return { given, ran: apply(key, given, { settings, ...(training ? { training } : {}) }) };
  });
  const asked = cases.map((one, i) => {
    const { given, ran } = ours[i]!;
    const shapes = weightShapes(one.key, given, one.settings);
    const trained = Object.keys(shapes).filter((name) => name !== 'mean' && name !== 'variance');
    return {
      key: one.key,
      settings: one.torch ?? one.settings,
      x: { shape: [2, ...one.shape], data: given.x.data },
      weights: Object.fromEntries(
        trained.map((name) => [name, { shape: shapes[name]!, data: ran.weights[`Test/${name}`]! }]),
      ),
      slope: slope(volume(shapesOf(one.key, given, one.settings)[0]!)),
    };
  });
  const answers = ask(asked);
  cases.forEach((one, i) => {
    const what = `${one.key} ${JSON.stringify(one.settings)}`;
    const { given, ran } = ours[i]!;
    const shape = shapesOf(one.key, given, one.settings)[0]!;
    expect(answers[i]!.shape.slice(1), what).toEqual(shape);
    const training = one.training === true;
    if (!training) close(ran.outputs[0]!, answers[i]!.data, what);
    for (const [name, wanted] of Object.entries(answers[i]!.gradients))
      close(gradientOf(ran, name), wanted, `${what}: ${name}`);
  });
});

test('crossEntropy with smoothing as PyTorch has it', (context) => {
  if (python === undefined) context.skip(missing);
  const prediction: Numbers = { shape: [4, 5], data: numbers(40, 3) };
  const truth: Numbers = { shape: [4], data: [0, 1, 2, 3, 4, 0, 3, 2], dtype: 'int32' };
  const answers = ask(
    [0, 0.1, 0.3].map((smoothing) => ({
      key: 'loss/crossEntropy',
      settings: { smoothing },
      x: { shape: [2, 4, 5], data: prediction.data },
      truth: { shape: [2, 4], data: truth.data },
      weights: {},
    })),
  );
  [0, 0.1, 0.3].forEach((smoothing, i) => {
    const ours = lossOf('loss/crossEntropy', { prediction, truth }, { settings: { smoothing } });
    expect(ours).toBeCloseTo(answers[i]!.data[0]!, 9);
  });
});

test('Bilinear as PyTorch has it', (context) => {
  if (python === undefined) context.skip(missing);
  const [a, c] = [
    { shape: [3, 2], data: numbers(12, 3) },
    { shape: [3, 4], data: numbers(24, 4) },
  ];
  const ran = apply('model/Bilinear', { a, b: c }, { settings: { units: 5 } });
  const [answer] = ask([
    {
      key: 'model/Bilinear',
      settings: {},
      x: { shape: [2, ...a.shape], data: a.data },
      other: { shape: [2, ...c.shape], data: c.data },
      weights: {
        kernel: { shape: [8, 5], data: ran.weights['Test/kernel'] },
        bias: { shape: [5], data: ran.weights['Test/bias'] },
      },
      slope: slope(15),
    },
  ]);
  close(ran.outputs[0]!, answer!.data, 'Bilinear');
  for (const name of ['kernel', 'bias']) close(ran.gradients[name]!, answer!.gradients[name]!, `Bilinear: ${name}`);
});

test('einsum as PyTorch has it', (context) => {
  if (python === undefined) context.skip(missing);
  const equations = [
    ['ij->ji', '2 3'],
    ['ijk->k', '2 3 4'],
    ['ij->', '2 3'],
    ['i,j->ij', '2, 3'],
    ['i,i->', '3, 3'],
    ['ij,jk->ik', '2 3, 3 4'],
    ['ij,jk->ki', '2 3, 3 4'],
    ['hij,hkj->hik', '2 3 4, 2 5 4'],
    ['aib,bjc->caij', '2 3 4, 4 2 3'],
    ['ij,ij->ij', '2 3, 2 3'],
    ['ij,kl->k', '2 3, 4 2'],
    ['ij,jk,kl->il', '2 3, 3 4, 4 2'],
    ['i,ij,j->', '2, 2 3, 3'],
  ] as const;
  const given = equations.map(([, shapes], i) =>
    shapes.split(',').map((sizes, k) => {
      const shape = sizes.trim().split(' ').map(Number);
      return { shape, data: numbers(2 * volume(shape), i * 3 + k + 1) };
    }),
  );
  const answers = ask(
    equations.map(([equation], i) => ({
      key: 'model/einsum',
      settings: { equation },
      x: { shape: [1], data: [0] },
      values: given[i]!.map(({ shape, data }) => ({ shape: [2, ...shape], data })),
      weights: {},
    })),
  );
  for (const [i, [equation]] of equations.entries()) {
    const ran = apply('model/einsum', { x: given[i]! }, { settings: { equation } });
    expect(shapesOf('model/einsum', { x: given[i]! }, { equation })[0], equation).toEqual(answers[i]!.shape.slice(1));
    close(ran.outputs[0]!, answers[i]!.data, equation);
  }
});

interface Answer {
  readonly shape: readonly number[];
  readonly data: readonly number[];
  readonly gradients: Readonly<Record<string, readonly number[]>>;
}

function ask(asked: readonly unknown[]): readonly Answer[] {
  const text = execFileSync(python!, [oracle], { input: JSON.stringify(asked), encoding: 'utf8', maxBuffer: 1 << 26 });
  return JSON.parse(text) as Answer[];
}

function gradientOf(ran: Ran, name: string): readonly number[] {
  return ran.gradients[name]!;
}

function close(ours: readonly number[], wanted: readonly number[], what: string): void {
  expect(ours.length, what).toBe(wanted.length);
  ours.forEach((value, i) => {
    if (!(Math.abs(value - wanted[i]!) < 1e-6 * (1 + Math.abs(wanted[i]!)))) {
      expect.fail(`${what}: place ${i} is ${value}, should be ${wanted[i]}`);
    }
  });
}

function volume(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}
