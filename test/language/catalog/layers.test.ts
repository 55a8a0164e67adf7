/** Layers against TensorFlow.js: shapes, parameter counts, values and weight gradients, over many settings drawn by seed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { close, compare, tf, withTfjs } from './against-tfjs.ts';
import { apply, numbers } from './apply.ts';

const seeded = { numRuns: 40, seed: 7 };
const size = fc.integer({ min: 1, max: 9 });

withTfjs('Conv2D', () => {
  const settings = fc.record({
    height: size,
    width: size,
    channels: fc.integer({ min: 1, max: 3 }),
    filters: fc.integer({ min: 1, max: 4 }),
    kernel: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    stride: fc.integer({ min: 1, max: 3 }),
    dilation: fc.integer({ min: 1, max: 2 }),
    padding: fc.constantFrom('valid', 'same'),
    bias: fc.boolean(),
    relu: fc.boolean(),
  });
  fc.assert(
    fc.property(settings, (s) => {
      const dilation = s.stride > 1 ? 1 : s.dilation;
      const fits = (n: number, k: number) => s.padding === 'same' || n >= (k - 1) * dilation + 1;
      fc.pre(fits(s.height, s.kernel[0]) && fits(s.width, s.kernel[1]));
      const shape = [s.height, s.width, s.channels];
      compare({
        key: 'model/Conv2D',
        given: { x: { shape, data: numbers(2 * s.height * s.width * s.channels, 3) } },
        settings: {
          filters: s.filters,
          kernel: s.kernel,
          stride: s.stride,
          dilation,
          padding: s.padding,
          bias: s.bias,
          activation: s.relu ? { call: 'model/tanh', settings: {} } : null,
        },
        layer: (t) =>
          t.layers.conv2d!({
            filters: s.filters,
            kernelSize: s.kernel,
            strides: s.stride,
            dilationRate: dilation,
            padding: s.padding,
            useBias: s.bias,
            ...(s.relu ? { activation: 'tanh' } : {}),
          }),
        order: s.bias ? ['kernel', 'bias'] : ['kernel'],
      });
    }),
    seeded,
  );
});

withTfjs('Conv2DTranspose', () => {
  const settings = fc.record({
    height: fc.integer({ min: 1, max: 5 }),
    width: fc.integer({ min: 1, max: 5 }),
    channels: fc.integer({ min: 1, max: 3 }),
    filters: fc.integer({ min: 1, max: 3 }),
    kernel: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
    stride: fc.integer({ min: 1, max: 3 }),
    padding: fc.constantFrom('valid', 'same'),
    bias: fc.boolean(),
  });
  fc.assert(
    fc.property(settings, (s) => {
      compare({
        key: 'model/Conv2DTranspose',
        given: { x: { shape: [s.height, s.width, s.channels], data: numbers(2 * s.height * s.width * s.channels, 5) } },
        settings: { filters: s.filters, kernel: s.kernel, stride: s.stride, padding: s.padding, bias: s.bias },
        layer: (t) =>
          t.layers.conv2dTranspose!({
            filters: s.filters,
            kernelSize: s.kernel,
            strides: s.stride,
            padding: s.padding,
            useBias: s.bias,
          }),
        order: s.bias ? ['kernel', 'bias'] : ['kernel'],
      });
    }),
    seeded,
  );
});

for (const [key, name] of [
  ['model/MaxPool2D', 'maxPooling2d'],
  ['model/AvgPool2D', 'averagePooling2d'],
] as const) {
  withTfjs(key, () => {
    const settings = fc.record({
      height: size,
      width: size,
      window: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
      stride: fc.option(fc.integer({ min: 1, max: 3 })),
      padding: fc.constantFrom('valid', 'same'),
    });
    fc.assert(
      fc.property(settings, (s) => {
        fc.pre(s.padding === 'same' || (s.height >= s.window[0] && s.width >= s.window[1]));
        compare({
          key,
          given: { x: { shape: [s.height, s.width, 2], data: numbers(4 * s.height * s.width, 11) } },
          settings: { window: s.window, stride: s.stride, padding: s.padding },
          layer: (t) =>
            t.layers[name]!({
              poolSize: s.window,
              padding: s.padding,
              ...(s.stride === null ? {} : { strides: s.stride }),
            }),
          order: [],
        });
      }),
      seeded,
    );
  });
}

withTfjs('Dense on a row and on each step of a sequence', () => {
  for (const shape of [[5], [4, 5]]) {
    for (const bias of [true, false]) {
      compare({
        key: 'model/Dense',
        given: { x: { shape, data: numbers(3 * shape.reduce((a, c) => a * c, 1), 2) } },
        settings: { units: 3, bias, activation: { call: 'model/sigmoid', settings: {} } },
        layer: (t) => t.layers.dense!({ units: 3, useBias: bias, activation: 'sigmoid' }),
        order: bias ? ['kernel', 'bias'] : ['kernel'],
      });
    }
  }
});

withTfjs('BatchNorm outside training', () => {
  for (const [scale, shift] of [
    [true, true],
    [false, true],
    [true, false],
  ] as const) {
    compareInference(scale, shift);
  }
});

function compareInference(scale: boolean, shift: boolean): void {
  if (!tf) return;
  const given = { x: { shape: [3, 2, 4], data: numbers(48, 8) } };
  const settings = { scale, shift, epsilon: 1e-2 };
  const ran = apply('model/BatchNorm', given, { settings });
  const order = [...(scale ? ['scale'] : []), ...(shift ? ['shift'] : []), 'mean', 'variance'];
  const layer = tf.layers.batchNormalization!({ scale, center: shift, epsilon: 1e-2 });
  layer.build([null, 3, 2, 4]);
  layer.setWeights(order.map((name) => tf!.tensor(ran.weights[`Test/${name}`]!, [4])));
  close(ran.outputs[0]!, layer.apply(tf.tensor(given.x.data, [2, 3, 2, 4])).dataSync(), 'BatchNorm');
}

test('BatchNorm while training uses the statistics of the batch and moves the moving ones', () => {
  const data = [1, 10, 3, 20, 5, 60];
  const ran = apply(
    'model/BatchNorm',
    { x: { shape: [2], data } },
    {
      batch: 3,
      training: true,
      settings: { momentum: 0.9, epsilon: 0 + 1e-9 },
      weights: { scale: [1, 1], shift: [0, 0], mean: [1, 2], variance: [4, 9] },
    },
  );
  // Means 3 and 30, variances 8/3 and 466.67.
  expect(ran.moved.mean![0]).toBeCloseTo(0.9 * 1 + 0.1 * 3, 6);
  expect(ran.moved.mean![1]).toBeCloseTo(0.9 * 2 + 0.1 * 30, 6);
  expect(ran.moved.variance![0]).toBeCloseTo(0.9 * 4 + (0.1 * 8) / 3, 5);
  expect(ran.moved.variance![1]).toBeCloseTo(0.9 * 9 + (0.1 * 1400) / 3, 4);
});

withTfjs('LayerNorm', () => {
  compare({
    key: 'model/LayerNorm',
    given: { x: { shape: [3, 5], data: numbers(30, 4) } },
    settings: { epsilon: 1e-2 },
    layer: (t) => t.layers.layerNormalization!({ epsilon: 1e-2 }),
    order: ['scale', 'shift'],
  });
});

withTfjs('Embedding', () => {
  compare({
    key: 'model/Embedding',
    given: { x: { shape: [4], data: [0, 3, 6, 3, 1, 1, 2, 5], dtype: 'int32' } },
    settings: { size: 7, width: 3 },
    layer: (t) => t.layers.embedding!({ inputDim: 7, outputDim: 3 }),
    order: ['weight'],
  });
});

withTfjs('LSTM: last state and all states, forwards and backwards, with and without bias', () => {
  for (const sequences of [false, true]) {
    for (const backwards of [false, true]) {
      const bias = sequences !== backwards;
      const given = { x: { shape: [5, 3], data: numbers(30, 6) } };
      const order = bias ? ['kernel', 'recurrent', 'bias'] : ['kernel', 'recurrent'];
      if (!(sequences && backwards)) {
        compare({
          key: 'model/LSTM',
          given,
          settings: { units: 4, sequences, backwards, bias },
          layer: (t) =>
            t.layers.lstm!({
              units: 4,
              returnSequences: sequences,
              goBackwards: backwards,
              useBias: bias,
              recurrentActivation: 'sigmoid',
            }),
          order,
        });
        continue;
      }
      // Ours stay in the order of time; those of tfjs are in the order of reading.
      const ours = apply('model/LSTM', given, { settings: { units: 4, sequences, backwards, bias } });
      const last = apply('model/LSTM', given, { settings: { units: 4, backwards, bias } });
      expect(ours.outputs[0]!.slice(0, 4)).toEqual(last.outputs[0]!.slice(0, 4));
    }
  }
});

test('LSTM: a mask makes it as if the masked steps were not there', () => {
  const steps = numbers(15, 9);
  const whole = { shape: [5, 3], data: steps };
  const mask = { shape: [5], data: [1, 1, 0, 1, 0], dtype: 'bool' } as const;
  const kept = { shape: [3, 3], data: [...steps.slice(0, 6), ...steps.slice(9, 12)] };
  for (const backwards of [false, true]) {
    const settings = { units: 4, state: true, backwards };
    const masked = apply('model/LSTM', { x: whole, mask }, { settings, batch: 1 });
    const short = apply('model/LSTM', { x: kept }, { settings, batch: 1 });
    for (const i of [0, 1, 2]) close(masked.outputs[i]!, short.outputs[i]!, `result ${i}`);
  }
});

test('LSTM: goes on from given states', () => {
  const steps = numbers(12, 10);
  const settings = { units: 2, state: true };
  const weights = { kernel: numbers(24, 1), recurrent: numbers(16, 2), bias: numbers(8, 3) };
  const whole = apply('model/LSTM', { x: { shape: [4, 3], data: steps } }, { settings, batch: 1, weights });
  const first = apply('model/LSTM', { x: { shape: [2, 3], data: steps.slice(0, 6) } }, { settings, batch: 1, weights });
  const second = apply(
    'model/LSTM',
    {
      x: { shape: [2, 3], data: steps.slice(6) },
      initial: { shape: [2], data: first.outputs[1]! },
      cell: { shape: [2], data: first.outputs[2]! },
    },
    { settings, batch: 1, weights },
  );
  for (const i of [0, 1, 2]) close(second.outputs[i]!, whole.outputs[i]!, `result ${i}`);
});
