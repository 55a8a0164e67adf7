/**
 * Functions, operators and activations of the catalogue, each with what PyTorch or Keras calls it. `x`, `a`, `b` … are the inputs
 * by their names (`x0`, `x1` of those that take any number), without a batch.
 */
import type { Settings } from '../../../language/index.ts';
import { type Numbers, numbers } from './apply.ts';

export interface Expression {
  readonly key: string;
  readonly inputs: Readonly<Record<string, Numbers>>;
  readonly settings?: Settings;
  readonly expression: string;
}

const decimal = (shape: readonly number[], seed = 5): Numbers => ({
  shape,
  data: numbers(
    shape.reduce((a, b) => a * b, 1),
    seed,
  ),
  constant: true,
});
const positive = (value: Numbers): Numbers => ({ ...value, data: value.data.map((x) => Math.abs(x) + 0.1) });
const whole = (shape: readonly number[], least: number, most: number, seed = 3): Numbers => ({
  shape,
  dtype: 'int32',
  data: numbers(
    shape.reduce((a, b) => a * b, 1),
    seed,
  ).map((x) => least + (Math.abs(Math.round(x * 100)) % (most - least + 1))),
});
const bits = (shape: readonly number[], seed = 3): Numbers => ({
  shape,
  dtype: 'bool',
  data: numbers(
    shape.reduce((a, b) => a * b, 1),
    seed,
  ).map((x) => (x > 0 ? 1 : 0)),
});

const x = { x: decimal([3, 4]) };
const pair = { a: decimal([3, 4]), b: decimal([3, 4], 8) };

const nearestDistribution = `(lambda s, k: torch.relu(
  x - ((s.cumsum(-1) - 1) / k).gather(-1, (1 + k * s > s.cumsum(-1)).sum(-1, keepdim=True) - 1)
))(x.sort(-1, descending=True).values, torch.arange(1, 5))`;

const elementwise: readonly (readonly [string, string, Settings?])[] = [
  ['abs', 'torch.abs(x)'],
  ['ceil', 'torch.ceil(x)'],
  ['celu', 'F.celu(x, 0.7)', { alpha: 0.7 }],
  ['clip', 'torch.clamp(x, -0.5, 0.6)', { range: [-0.5, 0.6] }],
  ['cos', 'torch.cos(x)'],
  ['elu', 'F.elu(x, 0.7)', { alpha: 0.7 }],
  ['erf', 'torch.erf(x)'],
  ['exp', 'torch.exp(x)'],
  ['exponential', 'keras.activations.exponential(x)'],
  ['floor', 'torch.floor(x)'],
  ['gelu', 'F.gelu(x)'],
  ['geluTanh', "F.gelu(x, approximate='tanh')"],
  ['glu', 'F.glu(x, -1)'],
  ['glu', 'keras.activations.glu(x)'],
  ['hardShrink', 'F.hardshrink(x, 0.4)', { threshold: 0.4 }],
  ['hardSigmoid', 'keras.activations.hard_sigmoid(x)'],
  ['hardSigmoid', 'F.hardsigmoid(x)'],
  ['hardSwish', 'F.hardswish(x)'],
  ['hardSwish', 'keras.activations.hard_silu(x)'],
  ['hardTanh', 'F.hardtanh(x)'],
  ['leakyRelu', 'F.leaky_relu(x, 0.3)', { slope: 0.3 }],
  ['leakyRelu', 'keras.activations.leaky_relu(x)'],
  ['logSigmoid', 'F.logsigmoid(x)'],
  ['logSoftmax', 'F.log_softmax(x, -1)'],
  ['mish', 'F.mish(x)'],
  ['relu', 'F.relu(x)'],
  ['relu6', 'F.relu6(x)'],
  ['round', 'torch.round(x)'],
  ['rrelu', 'F.rrelu(x)'],
  ['selu', 'F.selu(x)'],
  ['sigmoid', 'torch.sigmoid(x)'],
  ['sign', 'torch.sign(x)'],
  ['silu', 'F.silu(x)'],
  ['sin', 'torch.sin(x)'],
  ['softmax', 'F.softmax(x, 0)', { axis: 0 }],
  ['softmin', 'F.softmin(x, -1)'],
  ['softplus', 'F.softplus(x)'],
  ['softShrink', 'F.softshrink(x, 0.4)', { threshold: 0.4 }],
  ['softsign', 'F.softsign(x)'],
  // Of the paper: Keras 3.15 gives zeros for some rows of several.
  ['sparsemax', nearestDistribution],
  ['sparsePlus', 'keras.activations.sparse_plus(x)'],
  ['sparseSigmoid', 'keras.activations.sparse_sigmoid(x)'],
  ['square', 'torch.square(x)'],
  ['squareplus', 'keras.activations.squareplus(x, 2)', { bend: 2 }],
  ['swish', 'F.silu(x)'],
  ['tanh', 'torch.tanh(x)'],
  ['tanhShrink', 'F.tanhshrink(x)'],
  ['threshold', 'F.threshold(x, 0.2, -1.0)', { at: 0.2, value: -1 }],
  ['scale', '(x + 1) / 2 * 3 - 2', { from: [-1, 1], to: [-2, 1] }],
  ['l2norm', 'F.normalize(x, dim=0)', { axis: 0 }],
  ['cumsum', 'torch.cumsum(x, 0)', { axis: 0 }],
];

const rooted: readonly (readonly [string, string])[] = [
  ['log', 'torch.log(x)'],
  ['log1p', 'torch.log1p(x)'],
  ['rsqrt', 'torch.rsqrt(x)'],
  ['sqrt', 'torch.sqrt(x)'],
];

const reductions: readonly (readonly [string, string, Settings?])[] = [
  ['sum', 'x.sum()'],
  ['sum', 'x.sum(1, keepdim=True)', { axis: 1, keep: true }],
  ['mean', 'x.mean(0)', { axis: 0 }],
  ['max', 'x.amax(1)', { axis: 1 }],
  ['min', 'x.amin(0)', { axis: 0 }],
  ['prod', 'x.prod(1)', { axis: 1 }],
  ['std', 'x.std(1, correction=0)', { axis: 1 }],
  ['var', 'x.var(0, correction=0)', { axis: 0 }],
  ['norm', 'x.norm(dim=1)', { axis: 1 }],
  ['logSumExp', 'torch.logsumexp(x, 1)', { axis: 1 }],
  ['argmax', 'x.argmax(1)', { axis: 1 }],
  ['argmin', 'x.argmin(0)', { axis: 0 }],
];

const shapes: readonly (readonly [string, string, Settings?])[] = [
  ['reshape', 'x.reshape(2, 6)', { shape: [2, 6] }],
  ['expand', 'x.unsqueeze(1)', { axis: 1 }],
  ['transpose', 'x.T'],
  ['Flatten', 'x.flatten()'],
  ['flip', 'x.flip(1)', { axis: 1 }],
  ['roll', 'x.roll(-2, 1)', { by: -2, axis: 1 }],
  ['tile', 'x.tile(2, 3)', { times: [2, 3] }],
  ['pad', 'F.pad(x, (0, 0, 3, 1))', { amount: [3, 1] }],
  ['split', 'x.split([1, 3], -1)', { parts: [1, 3] }],
  ['stopGradient', 'x.detach()'],
  ['sort', 'x.sort(1).values', { axis: 1 }],
  ['topK', 'x.topk(2, -1)', { k: 2 }],
  ['UnitNorm', 'F.normalize(x, dim=-1)'],
];

const image = { x: decimal([4, 6, 3]) };
const images: readonly (readonly [string, string, Settings?])[] = [
  [
    'pad',
    'F.pad(x, (0, 0, 2, 3, 1, 0), value=-1)',
    {
      amount: [
        [1, 0],
        [2, 3],
      ],
      value: -1,
    },
  ],
  ['centerCrop', 'x[1:3, 1:5]', { height: 2, width: 4 }],
  ['spaceToDepth', 'x.reshape(2, 2, 3, 2, 3).permute(0, 2, 1, 3, 4).reshape(2, 3, 12)', { block: 2 }],
  [
    'patches',
    'F.unfold(x.permute(2, 0, 1)[None], (2, 3), stride=(2, 3))[0].T.reshape(2, 2, 3, 2, 3).permute(0, 1, 3, 4, 2).reshape(2, 2, 18)',
    { size: [2, 3], stride: [2, 3] },
  ],
];

const operators: readonly (readonly [string, string])[] = [
  ['+', 'a + b'],
  ['-', 'a - b'],
  ['*', 'a * b'],
  ['/', 'a / b'],
  ['//', 'torch.floor(a / b)'],
  ['%', 'a % b'],
  ['>', 'a > b'],
  ['>=', 'a >= b'],
  ['<', 'a < b'],
  ['<=', 'a <= b'],
];

const others: readonly Expression[] = [
  { key: 'operator/**', inputs: { a: positive(pair.a), b: pair.b }, expression: 'a ** b' },
  { key: 'operator/@', inputs: { a: pair.a, b: decimal([4, 2]) }, expression: 'a @ b' },
  { key: 'operator/==', inputs: { a: whole([9], 0, 2), b: whole([9], 0, 2, 4) }, expression: 'a == b' },
  { key: 'operator/!=', inputs: { a: whole([9], 0, 2), b: whole([9], 0, 2, 4) }, expression: 'a != b' },
  { key: 'operator/and', inputs: { a: bits([9]), b: bits([9], 4) }, expression: 'a & b' },
  { key: 'operator/or', inputs: { a: bits([9]), b: bits([9], 4) }, expression: 'a | b' },
  { key: 'operator/not', inputs: { x: bits([9]) }, expression: '~x' },
  { key: 'operator/negate', inputs: x, expression: '-x' },
  { key: 'model/all', inputs: { x: bits([3, 4]) }, settings: { axis: 1 }, expression: 'x.all(1)' },
  { key: 'model/any', inputs: { x: bits([3, 4]) }, settings: { axis: 1 }, expression: 'x.any(1)' },
  { key: 'model/matmul', inputs: { a: pair.a, b: decimal([4, 2]) }, expression: 'torch.matmul(a, b)' },
  { key: 'model/dot', inputs: pair, expression: '(a * b).sum(-1)' },
  { key: 'model/cosine', inputs: pair, expression: 'F.cosine_similarity(a, b, dim=-1)' },
  {
    key: 'model/where',
    inputs: { condition: bits([3, 4]), ...pair },
    expression: 'torch.where(condition, a, b)',
  },
  {
    key: 'model/gather',
    inputs: { x: decimal([5, 3]), index: whole([4], 0, 4) },
    expression: 'x[index]',
  },
  { key: 'model/oneHot', inputs: { x: whole([4], 0, 4) }, settings: { size: 5 }, expression: 'F.one_hot(x, 5)' },
  { key: 'model/squeeze', inputs: { x: decimal([3, 1, 2]) }, settings: { axis: 1 }, expression: 'x.squeeze(1)' },
  {
    key: 'model/depthToSpace',
    inputs: { x: decimal([2, 3, 8]) },
    settings: { block: 2 },
    expression: 'x.reshape(2, 3, 2, 2, 2).permute(0, 2, 1, 3, 4).reshape(4, 6, 2)',
  },
  { key: 'model/ones', inputs: {}, settings: { shape: [2, 3] }, expression: 'torch.ones(2, 3)' },
  { key: 'model/zeros', inputs: {}, settings: { shape: [2, 3] }, expression: 'torch.zeros(2, 3)' },
  { key: 'model/range', inputs: {}, settings: { n: 5 }, expression: 'torch.arange(5)' },
  { key: 'model/lowerTriangle', inputs: {}, settings: { n: 4 }, expression: 'torch.ones(4, 4).tril() > 0' },
];

/** The mean of the cells inside the volume: that of the padded volume over that of padded ones. */
const meanInside = `(lambda p, m: m(p(x)) / m(p(torch.ones_like(x))))(
  lambda t: F.pad(t.movedim(-1, 0)[None], (0, 0, 1, 1, 0, 1)), lambda t: F.avg_pool3d(t, (2, 3, 2), (1, 2, 2))
)[0].movedim(0, -1)`;

const pooled: Expression = {
  key: 'model/AvgPool3D',
  inputs: { x: decimal([4, 5, 6, 2]) },
  settings: { window: [2, 3, 2], stride: [1, 2, 2], padding: 'same' },
  expression: meanInside,
};

const many: readonly Expression[] = [
  {
    key: 'model/concat',
    inputs: { x0: decimal([2, 3]), x1: decimal([2, 1], 8) },
    expression: 'torch.cat([x0, x1], -1)',
  },
  {
    key: 'model/stack',
    inputs: { x0: decimal([2, 3]), x1: decimal([2, 3], 8) },
    settings: { axis: 1 },
    expression: 'torch.stack([x0, x1], 1)',
  },
  {
    key: 'model/einsum',
    inputs: { x0: decimal([2, 3]), x1: decimal([4, 3], 8) },
    settings: { equation: 'ij,kj->ik' },
    expression: "torch.einsum('ij,kj->ik', x0, x1)",
  },
  { key: 'model/max', inputs: { x0: pair.a, x1: pair.b }, expression: 'torch.maximum(x0, x1)' },
  { key: 'model/min', inputs: { x0: pair.a, x1: pair.b }, expression: 'torch.minimum(x0, x1)' },
];

const named =
  (inputs: Readonly<Record<string, Numbers>>) =>
  ([name, expression, settings]: readonly [string, string, Settings?]): Expression => ({
    key: `model/${name}`,
    inputs,
    expression,
    ...(settings ? { settings } : {}),
  });

export const expressions: readonly Expression[] = [
  ...[...elementwise, ...reductions, ...shapes].map(named(x)),
  ...rooted.map(named({ x: positive(x.x) })),
  ...images.map(named(image)),
  ...operators.map(([sign, expression]) => ({ key: `operator/${sign}`, inputs: pair, expression })),
  ...others,
  pooled,
  ...many,
];
