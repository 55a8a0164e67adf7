/** Layers over time, layers of one channel each, and global pools against TensorFlow.js. */
import fc from 'fast-check';
import { compare, withTfjs } from './against-tfjs.ts';
import { numbers } from './apply.ts';

const seeded = { numRuns: 40, seed: 7 };
const size = fc.integer({ min: 1, max: 9 });

withTfjs('Conv1D', () => {
  const settings = fc.record({
    time: size,
    features: fc.integer({ min: 1, max: 3 }),
    kernel: fc.integer({ min: 1, max: 4 }),
    stride: fc.integer({ min: 1, max: 3 }),
    dilation: fc.integer({ min: 1, max: 2 }),
    padding: fc.constantFrom('valid', 'same'),
    bias: fc.boolean(),
  });
  fc.assert(
    fc.property(settings, (s) => {
      const dilation = s.stride > 1 ? 1 : s.dilation;
      fc.pre(s.padding !== 'valid' || s.time >= (s.kernel - 1) * dilation + 1);
      compare({
        key: 'model/Conv1D',
        given: { x: { shape: [s.time, s.features], data: numbers(2 * s.time * s.features, 3) } },
        settings: { filters: 4, kernel: s.kernel, stride: s.stride, dilation, padding: s.padding, bias: s.bias },
        layer: (t) =>
          t.layers.conv1d!({
            filters: 4,
            kernelSize: s.kernel,
            strides: s.stride,
            dilationRate: dilation,
            padding: s.padding,
            useBias: s.bias,
          }),
        order: s.bias ? ['kernel', 'bias'] : ['kernel'],
      });
    }),
    seeded,
  );
});

withTfjs('DepthwiseConv2D and SeparableConv2D', () => {
  const settings = fc.record({
    height: size,
    width: size,
    channels: fc.integer({ min: 1, max: 3 }),
    kernel: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    stride: fc.integer({ min: 1, max: 2 }),
    padding: fc.constantFrom('valid', 'same'),
    multiplier: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(settings, (s) => {
      fc.pre(s.padding === 'same' || (s.height >= s.kernel[0] && s.width >= s.kernel[1]));
      const given = {
        x: { shape: [s.height, s.width, s.channels], data: numbers(2 * s.height * s.width * s.channels, 5) },
      };
      const ours = { kernel: s.kernel, stride: s.stride, padding: s.padding, multiplier: s.multiplier };
      const theirs = {
        kernelSize: s.kernel,
        strides: s.stride,
        padding: s.padding,
        depthMultiplier: s.multiplier,
      };
      compare({
        key: 'model/DepthwiseConv2D',
        given,
        settings: ours,
        layer: (t) => t.layers.depthwiseConv2d!(theirs),
        order: ['kernel', 'bias'],
      });
      compare({
        key: 'model/SeparableConv2D',
        given,
        settings: { ...ours, filters: 4 },
        layer: (t) => t.layers.separableConv2d!({ ...theirs, filters: 4 }),
        order: ['depthwise', 'pointwise', 'bias'],
      });
    }),
    seeded,
  );
});

withTfjs('pools over time, with every padding that tfjs has', () => {
  for (const [key, name] of [
    ['model/MaxPool1D', 'maxPooling1d'],
    ['model/AvgPool1D', 'averagePooling1d'],
  ] as const) {
    for (const [window, stride, padding] of [
      [2, null, 'valid'],
      [3, 1, 'same'],
      [3, 2, 'same'],
    ] as const) {
      compare({
        key,
        given: { x: { shape: [7, 2], data: numbers(28, 11) } },
        settings: { window, stride, padding },
        layer: (t) => t.layers[name]!({ poolSize: window, padding, ...(stride === null ? {} : { strides: stride }) }),
        order: [],
      });
    }
  }
});

withTfjs('global pools, and images made larger', () => {
  const sequence = { x: { shape: [5, 3], data: numbers(30, 4) } };
  const image = { x: { shape: [4, 3, 2], data: numbers(48, 4) } };
  for (const [key, name, given] of [
    ['model/GlobalAvgPool1D', 'globalAveragePooling1d', sequence],
    ['model/GlobalMaxPool1D', 'globalMaxPooling1d', sequence],
    ['model/GlobalAvgPool2D', 'globalAveragePooling2d', image],
    ['model/GlobalMaxPool2D', 'globalMaxPooling2d', image],
  ] as const) {
    compare({ key, given, settings: {}, layer: (t) => t.layers[name]!({}), order: [] });
  }
  compare({
    key: 'model/UpSample2D',
    given: image,
    settings: { size: [2, 3] },
    layer: (t) => t.layers.upSampling2d!({ size: [2, 3] }),
    order: [],
  });
});
