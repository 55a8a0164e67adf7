/** Penalties and limits against Keras: the reported loss, and the weights after each update. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { DataHeader } from '../../language/index.ts';
import { numbers } from '../language/catalog/apply.ts';
import { close, missing, python } from '../language/catalog/keras.ts';
import { planOfModel, train } from './trained.ts';

const BATCH = 4;
const STEPS = 3;
const RATE = 0.1;

const l1l2 = (l1: number, l2: number) => ({ keras: 'regularizers.L1L2', l1, l2 });
const maxNorm = (value: number, axis: unknown) => ({ keras: 'constraints.MaxNorm', max_value: value, axis });
const nonNeg = { keras: 'constraints.NonNeg' };

interface Case {
  readonly name: string;
  readonly lines: readonly string[];
  readonly shape: readonly number[];
  readonly whole?: true;
  readonly layers: readonly unknown[];
}

const cases: readonly Case[] = [
  {
    name: 'Dense',
    shape: [5],
    lines: [
      'output y = x -> Dense(4, tanh, l1: 0.01, l2: 0.02, activityL1: 0.03, activityL2: 0.04)',
      '  -> Dense(2, nonNegative: true, l2: 0.1)',
    ],
    layers: [
      {
        keras: 'layers.Dense',
        units: 4,
        activation: 'tanh',
        kernel_regularizer: l1l2(0.01, 0.02),
        activity_regularizer: l1l2(0.03, 0.04),
      },
      { keras: 'layers.Dense', units: 2, kernel_constraint: nonNeg, kernel_regularizer: l1l2(0, 0.1) },
    ],
  },
  {
    name: 'Dense, limited',
    shape: [5],
    lines: ['output y = x -> Dense(4, tanh, maxNorm: 0.5) -> Dense(2, maxNorm: 0.3, nonNegative: false)'],
    layers: [
      { keras: 'layers.Dense', units: 4, activation: 'tanh', kernel_constraint: maxNorm(0.5, 0) },
      { keras: 'layers.Dense', units: 2, kernel_constraint: maxNorm(0.3, 0) },
    ],
  },
  {
    name: 'convolutions',
    shape: [4, 5, 2],
    lines: [
      'output y = x -> Conv2D(3, 2, l2: 0.1, maxNorm: 0.4, activityL2: 0.01) -> Conv2DTranspose(2, 2, l1: 0.01, maxNorm: 0.5)',
      '  -> DepthwiseConv2D(2, maxNorm: 0.2) -> Flatten -> Dense(2)',
    ],
    layers: [
      {
        keras: 'layers.Conv2D',
        filters: 3,
        kernel_size: 2,
        kernel_regularizer: l1l2(0, 0.1),
        activity_regularizer: l1l2(0, 0.01),
        kernel_constraint: maxNorm(0.4, [0, 1, 2]),
      },
      {
        keras: 'layers.Conv2DTranspose',
        filters: 2,
        kernel_size: 2,
        kernel_regularizer: l1l2(0.01, 0),
        kernel_constraint: maxNorm(0.5, [0, 1, 3]),
      },
      { keras: 'layers.DepthwiseConv2D', kernel_size: 2, depthwise_constraint: maxNorm(0.2, [0, 1]) },
      { keras: 'layers.Flatten' },
      { keras: 'layers.Dense', units: 2 },
    ],
  },
  {
    name: 'recurrent',
    shape: [4, 3],
    lines: ['output y = x -> LSTM(3, l2: 0.05, maxNorm: 0.6) -> Dense(2)'],
    layers: [
      {
        keras: 'layers.LSTM',
        units: 3,
        kernel_regularizer: l1l2(0, 0.05),
        recurrent_regularizer: l1l2(0, 0.05),
        kernel_constraint: maxNorm(0.6, 0),
        recurrent_constraint: maxNorm(0.6, 0),
      },
      { keras: 'layers.Dense', units: 2 },
    ],
  },
  {
    name: 'rows of a table',
    shape: [4],
    whole: true,
    lines: ['output y = x -> Embedding(6, 3, l1: 0.02, maxNorm: 0.05) -> Flatten -> Dense(2)'],
    layers: [
      {
        keras: 'layers.Embedding',
        input_dim: 6,
        output_dim: 3,
        embeddings_regularizer: l1l2(0.02, 0),
        embeddings_constraint: maxNorm(0.05, 1),
      },
      { keras: 'layers.Flatten' },
      { keras: 'layers.Dense', units: 2 },
    ],
  },
  {
    name: 'BatchNorm',
    shape: [5],
    lines: ['output y = x -> BatchNorm(l2: 0.3, maxNorm: 1.5) -> Dense(2)'],
    layers: [
      { keras: 'layers.BatchNormalization', gamma_regularizer: l1l2(0, 0.3), gamma_constraint: maxNorm(1.5, 0) },
      { keras: 'layers.Dense', units: 2 },
    ],
  },
];

const volume = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

function dataOf({ shape, whole }: Case): readonly number[] {
  const drawn = numbers(BATCH * volume(shape), 5);
  return whole ? drawn.map((value) => Math.abs(Math.round(value * 10)) % 6) : drawn;
}

function planned({ lines, shape, whole }: Case) {
  const dtype = whole ? 'int32' : 'float32';
  const header: DataHeader = { kind: 'idx', dtype, shape: [100, ...shape] };
  return planOfModel(lines, { type: `${dtype}[${shape.join(', ')}]`, header });
}

test('losses and weights as Keras has them', (context) => {
  if (python === undefined) context.skip(missing);
  const target = numbers(BATCH * 2, 9);
  const runs = cases.map((one) => train(planned(one), BATCH));
  const asked = cases.map((one, i) => ({
    layers: one.layers,
    x: { shape: [BATCH, ...one.shape], data: dataOf(one), dtype: one.whole ? 'int32' : 'float64' },
    y: { shape: [BATCH, 2], data: target },
    weights: [...runs[i]!.weights.values()].map((data) => Array.from(data)),
    rate: RATE,
    steps: STEPS,
  }));
  const script = fileURLToPath(new URL('./keras_training.py', import.meta.url));
  const text = execFileSync(python!, [script], {
    input: JSON.stringify(asked),
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const answers = JSON.parse(text) as readonly { losses: number[]; evaluated: number; weights: number[][] }[];
  for (const [i, one] of cases.entries()) {
    const fields = { x: dataOf(one), target };
    const losses = Array.from({ length: STEPS }, () => runs[i]!.step(fields, RATE));
    close(losses, answers[i]!.losses, `${one.name}: losses`);
    if (one.name !== 'BatchNorm') close([runs[i]!.evaluate(fields)], [answers[i]!.evaluated], `${one.name}: evaluated`);
    [...runs[i]!.weights].forEach(([path, data], k) => {
      close(Array.from(data), answers[i]!.weights[k]!, `${one.name}: ${path}`);
    });
  }
});

test('a weight that two calls share is penalised once, a frozen one not at all', () => {
  const header: DataHeader = { kind: 'idx', dtype: 'float32', shape: [100, 2] };
  const x = { type: 'float32[2]', header };
  const fields = { x: numbers(BATCH * 2, 3), target: numbers(BATCH * 2, 4) };
  const losses = (l2: string, ...more: string[]) => {
    const lines = [`layer again = Dense(2, l2: ${l2})`, 'output y = x -> again -> again -> Dense(2)'];
    const run = train(planOfModel(lines, x, ['loss: mse(y, target)', 'optimizer: SGD(0.1)', ...more]), BATCH);
    const kernel = [...run.weights].find(([path]) => path.endsWith('again/kernel'))![1];
    return { loss: run.evaluate(fields), squares: Array.from(kernel).reduce((sum, value) => sum + value * value, 0) };
  };
  const plain = losses('0');
  expect(losses('0.5').loss - plain.loss).toBeCloseTo(0.5 * plain.squares, 10);
  expect(losses('0.5', 'freeze: again').loss).toBe(plain.loss);
});

test('what is out of range is told', () => {
  const header: DataHeader = { kind: 'idx', dtype: 'float32', shape: [100, 2] };
  const x = { type: 'float32[2]', header };
  for (const [setting, told] of [
    ['l1: -0.1', 'l1'],
    ['l2: -1', 'l2'],
    ['activityL1: -1', 'activityL1'],
    ['maxNorm: 0', 'maxNorm'],
    ['nonNegative: 1', 'nonNegative'],
  ] as const) {
    expect(() => planOfModel([`output y = x -> Dense(2, ${setting})`], x), setting).toThrow(told);
  }
  expect(() => planOfModel(['output y = x -> Dropout(0.5, l2: 0.1) -> Dense(2)'], x)).toThrow('l2');
});
