/** Values and slopes of everything that stands in a model against PyTorch or Keras: here, or in the test that is named. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { entries } from '../../../language/catalog/index.ts';
import type { Settings } from '../../../language/index.ts';
import { apply, type Given, type Numbers, numbers, operation, slope, weightShapes } from './apply.ts';
import { expressions } from './expressions.ts';
import { askKeras, close, type KerasCase, missing, python } from './keras.ts';

const volume = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

interface Answer {
  readonly shapes: readonly (readonly number[])[];
  readonly outputs: readonly (readonly number[])[];
  readonly gradients: Readonly<Record<string, readonly number[] | null>>;
}

/** Some entries take any number of values, which go by a list. */
function takesMany(key: string): boolean {
  return operation(key).inputs.some(({ many }) => many !== undefined);
}

function given(key: string, inputs: Readonly<Record<string, Numbers>>): Given {
  return takesMany(key) ? { list: Object.values(inputs) } : inputs;
}

/** What is drawn is right in the middle, as outside training. */
const middling = (size: number): readonly number[] => new Array<number>(size).fill(0.5);

test('functions, operators and activations as PyTorch or Keras has them', (context) => {
  if (python === undefined) context.skip(missing);
  const script = fileURLToPath(new URL('./torch_expressions.py', import.meta.url));
  const ours = expressions.map(({ key, inputs, settings = {} }) =>
    apply(key, given(key, inputs), { settings, batch: 1, random: middling }),
  );
  const asked = expressions.map(({ inputs, expression }, i) => ({
    inputs,
    expression,
    slope: slope(ours[i]!.outputs[0]!.length),
  }));
  const text = execFileSync(python!, [script], {
    input: JSON.stringify(asked),
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const answers = JSON.parse(text) as readonly Answer[];
  for (const [i, { key, expression }] of expressions.entries()) {
    const { outputs, gradients } = answers[i]!;
    const what = `${key}, ${expression}`;
    outputs.forEach((wanted, k) => {
      close(ours[i]!.outputs[k]!, wanted, what);
    });
    for (const [k, [name, wanted]] of Object.entries(gradients).entries()) {
      const found = ours[i]!.gradients[`in/${takesMany(key) ? `list${k}` : name}`];
      if (wanted && found) close(found, wanted, `${what}: slope of ${name}`);
      else if (wanted)
        expect(
          wanted.every((value) => value === 0),
          `${what}: slope of ${name}`,
        ).toBe(true);
    }
  }
});

interface LayerCase extends Pick<KerasCase, 'layer' | 'settings'> {
  readonly key: string;
  readonly shape: readonly number[];
  readonly ours: Settings;
  /** Largest whole number, where the layer takes whole ones. */
  readonly most?: number;
}

const image = [5, 6, 4];
const layers: readonly LayerCase[] = [
  { key: 'Dense', shape: [3, 4], ours: { units: 5 }, layer: 'Dense', settings: { units: 5 } },
  {
    key: 'Dense',
    shape: [4],
    ours: { units: 2, bias: false },
    layer: 'Dense',
    settings: { units: 2, use_bias: false },
  },
  {
    key: 'Embedding',
    shape: [6],
    most: 4,
    ours: { size: 5, width: 3 },
    layer: 'Embedding',
    settings: { input_dim: 5, output_dim: 3 },
  },
  { key: 'LayerNorm', shape: [3, 4], ours: {}, layer: 'LayerNormalization', settings: {} },
  { key: 'RMSNorm', shape: [3, 4], ours: {}, layer: 'RMSNormalization', settings: {} },
  { key: 'GroupNorm', shape: image, ours: { groups: 2 }, layer: 'GroupNormalization', settings: { groups: 2 } },
  { key: 'InstanceNorm', shape: image, ours: {}, layer: 'GroupNormalization', settings: { groups: -1 } },
  { key: 'UnitNorm', shape: [3, 4], ours: {}, layer: 'UnitNormalization', settings: {} },
  { key: 'PReLU', shape: [3, 4], ours: {}, layer: 'PReLU', settings: { shared_axes: [1] } },
  ...[
    { kernel: [3, 2], stride: [1, 1], padding: 'same', multiplier: 2 },
    { kernel: [2, 2], stride: [2, 2], padding: 'same', multiplier: 1 },
    { kernel: [2, 3], stride: [1, 1], padding: 'valid', multiplier: 3 },
  ].flatMap((s) => {
    const settings = { kernel_size: s.kernel, strides: s.stride, padding: s.padding, depth_multiplier: s.multiplier };
    return [
      { key: 'DepthwiseConv2D', shape: image, ours: s, layer: 'DepthwiseConv2D', settings },
      {
        key: 'SeparableConv2D',
        shape: image,
        ours: { ...s, filters: 3 },
        layer: 'SeparableConv2D',
        settings: { ...settings, filters: 3 },
      },
    ];
  }),
  ...[
    { kernel: [3, 2], stride: [2, 1], padding: 'same', dilation: [1, 1], groups: 2 },
    { kernel: [3, 3], stride: [1, 1], padding: 'same', dilation: [2, 2], groups: 1 },
  ].map((s) => ({
    key: 'Conv2D',
    shape: image,
    ours: { ...s, filters: 4 },
    layer: 'Conv2D',
    settings: {
      kernel_size: s.kernel,
      strides: s.stride,
      padding: s.padding,
      dilation_rate: s.dilation,
      groups: s.groups,
      filters: 4,
    },
  })),
  ...[
    { kernel: [2, 3, 2], stride: [2, 1, 2], padding: 'same' },
    { kernel: [2, 1, 3], stride: [1, 2, 1], padding: 'valid' },
  ].flatMap((s) => {
    const settings = { kernel_size: s.kernel, strides: s.stride, padding: s.padding, filters: 3 };
    return ['Conv3D', 'Conv3DTranspose'].map((layer) => ({
      key: layer,
      shape: [3, 4, 5, 2],
      ours: { ...s, filters: 3 },
      layer,
      settings,
    }));
  }),
  // Keras' mean under `same` counts the padding with PyTorch beneath, and does not with TensorFlow: it stands among the expressions.
  ...[
    ['MaxPool3D', 'MaxPooling3D', 'same'],
    ['MaxPool3D', 'MaxPooling3D', 'valid'],
    ['AvgPool3D', 'AveragePooling3D', 'valid'],
  ].map(([key = '', layer = '', padding = '']) => ({
    key,
    shape: [4, 5, 6, 2],
    ours: { window: [2, 3, 2], stride: [1, 2, 2], padding },
    layer,
    settings: { pool_size: [2, 3, 2], strides: [1, 2, 2], padding },
  })),
  ...[1, 2, 3].flatMap((axes) =>
    [
      ['Avg', 'Average'],
      ['Max', 'Max'],
    ].map(([ours = '', theirs = '']) => ({
      key: `Global${ours}Pool${axes}D`,
      shape: [...[3, 4, 2].slice(0, axes), 3],
      ours: {},
      layer: `Global${theirs}Pooling${axes}D`,
      settings: {},
    })),
  ),
];

test('layers as Keras has them', (context) => {
  if (python === undefined) context.skip(missing);
  const inputs = layers.map(({ shape, most }, i): Numbers => {
    const data = numbers(2 * volume(shape), i + 3);
    return most
      ? { shape, dtype: 'int32', data: data.map((x) => Math.abs(Math.round(x * 50)) % (most + 1)) }
      : { shape, data };
  });
  const ran = layers.map(({ key, ours }, i) => apply(`model/${key}`, { x: inputs[i]! }, { settings: ours }));
  const names = layers.map(({ key, ours }, i) => Object.keys(weightShapes(`model/${key}`, { x: inputs[i]! }, ours)));
  const answers = askKeras(
    layers.map(({ layer, settings = {} }, i) => ({
      layer,
      settings,
      inputs: [{ ...inputs[i]!, shape: [2, ...inputs[i]!.shape] }],
      weights: names[i]!.map((name) => ran[i]!.weights[`Test/${name}`]!),
      slope: slope(ran[i]!.outputs[0]!.length / 2),
    })),
  );
  for (const [i, { key, ours }] of layers.entries()) {
    const what = `${key} ${JSON.stringify(ours)}`;
    close(ran[i]!.outputs[0]!, answers[i]!.outputs[0]!, what);
    names[i]!.forEach((name, k) => {
      close(ran[i]!.gradients[name]!, answers[i]!.gradients[k]!, `${what}: ${name}`);
    });
  }
});

/** Compared in tests of their own, which name the entries. */
const elsewhere: Readonly<Record<string, string>> = {
  'torch.test.ts': `AdaptiveAvgPool1D AdaptiveAvgPool2D AdaptiveMaxPool1D AdaptiveMaxPool2D Attention AvgPool1D AvgPool2D BatchNorm
    Bilinear Conv1D Conv1DTranspose Conv2DTranspose DepthwiseConv1D Highway LocalResponseNorm MaxPool1D MaxPool2D
    SeparableConv1D UpSample1D UpSample2D resize`,
  'recurrent-keras.test.ts': 'ConvLSTM2D GRU LSTM SimpleRNN',
  'signals.test.ts': 'Spectrogram MelSpectrogram MFCC',
  'attention-more.test.ts': 'Rotary',
  'functions.test.ts': 'index',
};

/** What no library has under any name, or has only by chance: why, and what it is tested against. */
const without: Readonly<Record<string, string>> = {
  batch: 'our own: the way to losses over the whole batch (sequence.test.ts)',
  Bucketize: 'whole numbers without a slope (preparing.test.ts)',
  Cross: 'whole numbers by a hash of our own (preparing.test.ts)',
  Hash: 'whole numbers by a hash of our own (preparing.test.ts)',
  Pretrained: 'what its file says',
  Normalize: 'its numbers are measured, not trained (preparing.test.ts)',
  Weight: 'a value on its own',
  PositionSignal: 'the sines of the paper (noise.test.ts)',
  AlphaDropout: 'by chance (noise.test.ts)',
  Dropout: 'by chance (layers.test.ts)',
  DropPath: 'by chance (noise.test.ts)',
  GaussianDropout: 'by chance (noise.test.ts)',
  GaussianNoise: 'by chance (noise.test.ts)',
  SpatialDropout: 'by chance (noise.test.ts)',
  gaussian: 'by chance (functions.test.ts)',
  gumbelSoftmax: 'by chance (elementwise.test.ts)',
  uniform: 'by chance (functions.test.ts)',
};

test('nothing is left out', () => {
  const compared = new Set([...expressions.map(({ key }) => key), ...layers.map(({ key }) => `model/${key}`)]);
  for (const [file, names] of Object.entries(elsewhere)) {
    const text = readFileSync(new URL(file, import.meta.url), 'utf8');
    for (const name of names.split(/\s+/u)) {
      // A file may name `Avg` and `Max` of a kind in one go.
      const parts = name.split(/Avg|Max/u);
      expect(
        parts.every((part) => text.includes(part)),
        `${name} in ${file}`,
      ).toBe(true);
      compared.add(`model/${name}`);
    }
  }
  for (const [name, reason] of Object.entries(without)) {
    const [, file] = /\((.*)\)$/u.exec(reason) ?? [];
    if (file) expect(existsSync(new URL(file, import.meta.url)), `${name}: ${file}`).toBe(true);
    compared.add(`model/${name}`);
  }
  const missed = entries
    .filter((entry) => entry.kind === 'operation' && (entry.place === 'model' || entry.place === 'operator'))
    .map(({ place, name }) => `${place}/${name}`)
    .filter((key) => !compared.has(key));
  expect(missed).toEqual([]);
});
