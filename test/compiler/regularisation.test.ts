/** Penalties and limits against Keras: the reported loss, and the weights after each update. */
import { expect, test } from 'vitest';
import type { DataHeader } from '../../language/index.ts';
import { numbers } from '../language/catalog/apply.ts';
import { missing, python } from '../language/catalog/keras.ts';
import { type TrainedCase, trainBoth } from './train-both.ts';
import { planOfModel, train } from './trained.ts';

const BATCH = 4;

const l1l2 = (l1: number, l2: number) => ({ keras: 'regularizers.L1L2', l1, l2 });
const maxNorm = (value: number, axis: unknown) => ({ keras: 'constraints.MaxNorm', max_value: value, axis });
const nonNeg = { keras: 'constraints.NonNeg' };

const cases: readonly TrainedCase[] = [
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
    moves: true,
    shape: [5],
    lines: ['output y = x -> BatchNorm(l2: 0.3, maxNorm: 1.5) -> Dense(2)'],
    layers: [
      { keras: 'layers.BatchNormalization', gamma_regularizer: l1l2(0, 0.3), gamma_constraint: maxNorm(1.5, 0) },
      { keras: 'layers.Dense', units: 2 },
    ],
  },
];

test('losses and weights as Keras has them', (context) => {
  if (python === undefined) context.skip(missing);
  trainBoth(cases);
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
