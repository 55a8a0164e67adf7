/** Small models trained as Keras trains them: layers in wrappers, volumes, films, sequences, from the same weights. */
import { test } from 'vitest';
import { missing, python } from '../language/catalog/keras.ts';
import { type TrainedCase, trainBoth } from './train-both.ts';

const dense = { keras: 'layers.Dense', units: 2 };
const flatten = { keras: 'layers.Flatten' };

function bothWays(merge: string, theirs: string, layer: string): TrainedCase {
  const inner = { keras: `layers.${layer}`, units: 3, return_sequences: true };
  return {
    name: `Bidirectional ${layer} ${merge}`,
    shape: [4, 3],
    lines: [`output y = x -> Bidirectional(merge: ${merge}) { ${layer}(3, sequences: true) } -> Flatten -> Dense(2)`],
    layers: [{ keras: 'layers.Bidirectional', layer: inner, merge_mode: theirs }, flatten, dense],
  };
}

const cases: readonly TrainedCase[] = [
  bothWays('concat', 'concat', 'LSTM'),
  bothWays('sum', 'sum', 'GRU'),
  bothWays('multiply', 'mul', 'SimpleRNN'),
  bothWays('average', 'ave', 'LSTM'),
  {
    name: 'TimeDistributed',
    shape: [3, 4, 4, 2],
    lines: ['output y = x -> TimeDistributed { Conv2D(2, 3, tanh) } -> Flatten -> Dense(2)'],
    layers: [
      {
        keras: 'layers.TimeDistributed',
        layer: { keras: 'layers.Conv2D', filters: 2, kernel_size: 3, activation: 'tanh' },
      },
      flatten,
      dense,
    ],
  },
  {
    name: 'volumes',
    shape: [4, 4, 5, 2],
    lines: [
      'output y = x -> Conv3D(3, 2, tanh, padding: same) -> MaxPool3D(2) -> Conv3DTranspose(2, 2, stride: 2, padding: same)',
      '  -> AvgPool3D(2) -> Flatten -> Dense(2)',
    ],
    layers: [
      { keras: 'layers.Conv3D', filters: 3, kernel_size: 2, activation: 'tanh', padding: 'same' },
      { keras: 'layers.MaxPooling3D', pool_size: 2 },
      { keras: 'layers.Conv3DTranspose', filters: 2, kernel_size: 2, strides: 2, padding: 'same' },
      { keras: 'layers.AveragePooling3D', pool_size: 2 },
      flatten,
      dense,
    ],
  },
  {
    name: 'films',
    shape: [3, 4, 4, 2],
    lines: [
      'output y = x -> ConvLSTM2D(2, 3, padding: same, sequences: true) -> BatchNorm -> ConvLSTM2D(2, 2) -> GlobalAvgPool2D',
      '  -> Dense(2)',
    ],
    layers: [
      { keras: 'layers.ConvLSTM2D', filters: 2, kernel_size: 3, padding: 'same', return_sequences: true },
      { keras: 'layers.BatchNormalization' },
      { keras: 'layers.ConvLSTM2D', filters: 2, kernel_size: 2 },
      { keras: 'layers.GlobalAveragePooling2D' },
      dense,
    ],
    moves: true,
  },
  {
    name: 'words',
    shape: [5],
    whole: true,
    lines: [
      'output y = x -> Embedding(6, 3) -> GRU(4, sequences: true, reset: before) -> Conv1D(3, 2, padding: causal)',
      '  -> LayerNorm -> GlobalMaxPool1D -> Dense(2)',
    ],
    layers: [
      { keras: 'layers.Embedding', input_dim: 6, output_dim: 3 },
      { keras: 'layers.GRU', units: 4, return_sequences: true, reset_after: false },
      { keras: 'layers.Conv1D', filters: 3, kernel_size: 2, padding: 'causal' },
      { keras: 'layers.LayerNormalization' },
      { keras: 'layers.GlobalMaxPooling1D' },
      dense,
    ],
  },
  {
    name: 'images',
    shape: [6, 6, 3],
    lines: [
      'output y = x -> SeparableConv2D(4, 3, relu) -> GroupNorm(2) -> PReLU -> DepthwiseConv2D(2, multiplier: 2)',
      '  -> UpSample2D(2) -> MaxPool2D(3, stride: 2, padding: same) -> Flatten -> Dense(2)',
    ],
    layers: [
      { keras: 'layers.SeparableConv2D', filters: 4, kernel_size: 3, activation: 'relu' },
      { keras: 'layers.GroupNormalization', groups: 2 },
      { keras: 'layers.PReLU', shared_axes: [1, 2] },
      { keras: 'layers.DepthwiseConv2D', kernel_size: 2, depth_multiplier: 2 },
      { keras: 'layers.UpSampling2D', size: 2 },
      { keras: 'layers.MaxPooling2D', pool_size: 3, strides: 2, padding: 'same' },
      flatten,
      dense,
    ],
  },
];

test('losses, gradients and updates as Keras has them', (context) => {
  if (python === undefined) context.skip(missing);
  trainBoth(cases);
});
