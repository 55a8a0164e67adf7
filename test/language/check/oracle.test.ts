/** Shapes and numbers of weights of random layers, checked from their text, against those of TensorFlow.js. */
import { expect, test } from 'vitest';
import { createAnalyser } from '../../../language/check/index.ts';
import { constant } from '../../../language/shapes/dim.ts';
import { loadTfjs, type Tfjs } from '../catalog/tfjs.ts';
import { filesOf } from './check.ts';

const COUNT = 2400;

interface Sample {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
  /** In the language. */
  readonly text: string;
  /** In TensorFlow.js: the layer's name and settings; `inner` for wrappers. */
  readonly layer: string;
  readonly settings: Record<string, unknown>;
  readonly inner?: { readonly layer: string; readonly settings: Record<string, unknown> };
}

function randomness(seed: number): (low: number, high: number) => number {
  let state = seed;
  return (low, high) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return low + Math.floor((state / 2 ** 32) * (high - low + 1));
  };
}

function sample(random: (low: number, high: number) => number): Sample {
  const image = [random(4, 40), random(4, 40), random(1, 6)];
  const pair = (low: number, high: number): [number, number] => {
    const first = random(low, high);
    return random(0, 2) > 0 ? [first, first] : [first, random(low, high)];
  };
  const write = ([a, b]: [number, number]) => (a === b ? `${a}` : `(${a}, ${b})`);
  const padding = random(0, 1) ? 'same' : 'valid';
  const bias = random(0, 1) === 1;
  const common = { shape: image, dtype: 'float32' } as const;
  switch (random(0, 9)) {
    case 0: {
      const [kernel, filters] = [pair(1, 4), random(1, 8)];
      const strided = random(0, 1) === 1;
      const [stride, dilation] = [strided ? pair(1, 3) : ([1, 1] as [number, number]), strided ? 1 : random(1, 2)];
      return {
        ...common,
        text: `Conv2D(${filters}, ${write(kernel)}, stride: ${write(stride)}, padding: ${padding}, dilation: ${dilation}, bias: ${bias})`,
        layer: 'conv2d',
        settings: { filters, kernelSize: kernel, strides: stride, padding, dilationRate: dilation, useBias: bias },
      };
    }
    case 1: {
      const [kernel, stride, filters] = [pair(1, 4), pair(1, 3), random(1, 8)];
      return {
        ...common,
        text: `Conv2DTranspose(${filters}, ${write(kernel)}, stride: ${write(stride)}, padding: ${padding}, bias: ${bias})`,
        layer: 'conv2dTranspose',
        settings: { filters, kernelSize: kernel, strides: stride, padding, useBias: bias },
      };
    }
    case 2:
    case 3: {
      const max = random(0, 1) === 1;
      const [window, stride] = [pair(1, 4), pair(1, 3)];
      return {
        ...common,
        text: `${max ? 'Max' : 'Avg'}Pool2D(${write(window)}, stride: ${write(stride)}, padding: ${padding})`,
        layer: max ? 'maxPooling2d' : 'averagePooling2d',
        settings: { poolSize: window, strides: stride, padding },
      };
    }
    case 4: {
      const units = random(1, 50);
      const shape = random(0, 1) ? [random(1, 60)] : [random(1, 12), random(1, 60)];
      return {
        shape,
        dtype: 'float32',
        text: `Dense(${units}, bias: ${bias})`,
        layer: 'dense',
        settings: { units, useBias: bias },
      };
    }
    case 5: {
      const plain = [
        ['Flatten', 'flatten'],
        ['GlobalAvgPool2D', 'globalAveragePooling2d'],
        ['BatchNorm', 'batchNormalization'],
        ['LayerNorm', 'layerNormalization'],
        ['Dropout(0.3)', 'dropout'],
      ] as const;
      const [text, layer] = plain[random(0, plain.length - 1)]!;
      return { ...common, text, layer, settings: layer === 'dropout' ? { rate: 0.3 } : {} };
    }
    case 6: {
      const [size, width] = [random(2, 90), random(1, 30)];
      const shape = random(0, 1) ? [random(1, 20)] : [];
      return {
        shape,
        dtype: 'int32',
        text: `Embedding(${size}, ${width})`,
        layer: 'embedding',
        settings: { inputDim: size, outputDim: width },
      };
    }
    case 7:
    case 8: {
      const [units, sequences] = [random(1, 20), random(0, 1) === 1];
      const shape = [random(1, 15), random(1, 15)];
      const inner = { layer: 'lstm', settings: { units, returnSequences: sequences, useBias: bias } };
      const text = `LSTM(${units}, sequences: ${sequences}, bias: ${bias})`;
      if (random(0, 1)) return { shape, dtype: 'float32', text, ...inner };
      return {
        shape,
        dtype: 'float32',
        text: `Bidirectional { ${text} }`,
        layer: 'bidirectional',
        settings: { mergeMode: 'concat' },
        inner,
      };
    }
    default: {
      const shape = [random(1, 6), random(1, 6), random(1, 6)];
      const target = [shape[0]! * shape[1]!, shape[2]!];
      return {
        shape,
        dtype: 'float32',
        text: `reshape([${target.join(', ')}])`,
        layer: 'reshape',
        settings: { targetShape: target },
      };
    }
  }
}

interface Answer {
  readonly shape: readonly (number | null)[];
  readonly parameters: number;
}

function theirs(tf: Tfjs, one: Sample): Answer | 'refused' {
  const batched = [null, ...one.shape];
  try {
    const make = (layer: string, settings: Record<string, unknown>) =>
      // How weights start is another matter, and slow to work out.
      tf.layers[layer]!({
        kernelInitializer: 'zeros',
        recurrentInitializer: 'zeros',
        embeddingsInitializer: 'zeros',
        ...settings,
      });
    const inner = one.inner && make(one.inner.layer, one.inner.settings);
    const layer = make(one.layer, inner ? { ...one.settings, layer: inner } : one.settings);
    const shape = layer.computeOutputShape(batched).slice(1);
    if (shape.some((size) => size !== null && size <= 0)) return 'refused';
    layer.build(batched);
    // Recurrent layers do not say that they are built, so their weights are counted one by one.
    const sizes = layer.getWeights().map((weight) => weight.shape.reduce((a, b) => a * b, 1));
    return { shape, parameters: sizes.reduce((a, b) => a + b, 0) };
  } catch {
    return 'refused';
  }
}

function ours(one: Sample): Answer | 'refused' {
  const text = `model M {\n  input x: ${one.dtype}[${one.shape.join(', ')}]\n  output x -> ${one.text}\n}\n`;
  const analyser = createAnalyser(filesOf({}));
  const file = analyser.analyse('test.model', text);
  expect(analyser.crashes).toEqual([]);
  if (file.problems.some(({ severity }) => severity === 'error')) return 'refused';
  const { outputs, parameters } = file.declarations[0]!.facts.unit!;
  return {
    shape: outputs[0]!.type.shape!.map((dim) => constant(dim) ?? null),
    parameters: constant(parameters) ?? Number.NaN,
  };
}

test(`shapes and weights of ${COUNT} random layers equal those of TensorFlow.js`, async (context) => {
  const tf = await loadTfjs();
  if (!tf) return context.skip('TensorFlow.js is not installed: it comes with the optional @tensorflow/tfjs-node-gpu.');
  const random = randomness(2026);
  let refused = 0;
  for (let i = 0; i < COUNT; i++) {
    const one = sample(random);
    const [a, b] = [ours(one), theirs(tf, one)];
    if (b === 'refused') refused++;
    expect({ ...one, answer: a }).toEqual({ ...one, answer: b });
  }
  expect(refused).toBeLessThan(COUNT / 5);
});
