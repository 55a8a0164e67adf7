/** Random layers that Keras has, with settings of every kind, also such as it refuses. */
import { call, type Draw, placesOf, type Sample, written } from './draw.ts';

type Maker = (draw: Draw) => Omit<Sample, 'library' | 'dtype'> & { readonly dtype?: Sample['dtype'] };

const axesOf = (draw: Draw) => draw.whole(1, 3);

/** A window that leaps or has holes, never both: there the libraries part. */
function slide(draw: Draw, axes: number) {
  const holes = draw.whole(0, 3) === 0;
  const ones = Array.from({ length: axes }, () => 1);
  return {
    kernel: draw.span(axes, 1, 4),
    stride: holes ? ones : draw.span(axes, 1, 3),
    dilation: holes ? draw.span(axes, 1, 3) : ones,
  };
}

const convolution: Maker = (draw) => {
  const axes = axesOf(draw);
  const { kernel, stride, dilation } = slide(draw, axes);
  const padding = draw.of(axes === 1 ? ['valid', 'same', 'causal'] : ['valid', 'same']);
  const [groups, filters, bias] = [draw.of([1, 1, 1, 2, 3]), draw.whole(1, 6), draw.flip()];
  const named = { stride: written(stride), padding, dilation: written(dilation), groups, bias };
  return {
    shape: placesOf(draw, axes),
    text: call(`Conv${axes}D`, [filters, written(kernel)], named),
    layer: `Conv${axes}D`,
    settings: {
      filters,
      kernel_size: kernel,
      strides: stride,
      padding,
      dilation_rate: dilation,
      groups,
      use_bias: bias,
    },
  };
};

const transposed: Maker = (draw) => {
  const axes = axesOf(draw);
  const [kernel, stride, filters, bias] = [draw.span(axes, 1, 4), draw.span(axes, 1, 3), draw.whole(1, 6), draw.flip()];
  const padding = draw.of(['valid', 'same']);
  const more = draw.whole(0, 2) === 0 ? stride.map((step) => draw.whole(0, step - 1)) : undefined;
  const named = {
    stride: written(stride),
    padding,
    ...(more ? { outputPadding: written(more) } : {}),
    bias,
  };
  return {
    shape: placesOf(draw, axes),
    text: call(`Conv${axes}DTranspose`, [filters, written(kernel)], named),
    layer: `Conv${axes}DTranspose`,
    settings: { filters, kernel_size: kernel, strides: stride, padding, output_padding: more ?? null, use_bias: bias },
  };
};

const byChannel: Maker = (draw) => {
  const axes = draw.whole(1, 2);
  const separable = draw.flip();
  const { kernel, stride, dilation } = slide(draw, axes);
  // Keras' depthwise layers take one step for all axes.
  const [step = 1, hole = 1] = [stride[0], dilation[0]];
  const padding = draw.of(['valid', 'same']);
  const [multiplier, filters, bias] = [draw.whole(1, 3), draw.whole(1, 6), draw.flip()];
  const named = { stride: step, padding, dilation: hole, multiplier, bias };
  const name = `${separable ? 'Separable' : 'Depthwise'}Conv${axes}D`;
  return {
    shape: placesOf(draw, axes),
    text: call(name, [...(separable ? [filters] : []), written(kernel)], named),
    layer: name,
    settings: {
      ...(separable ? { filters } : {}),
      kernel_size: kernel,
      strides: Array.from({ length: axes }, () => step),
      dilation_rate: Array.from({ length: axes }, () => hole),
      padding,
      depth_multiplier: multiplier,
      use_bias: bias,
    },
  };
};

const pool: Maker = (draw) => {
  const axes = axesOf(draw);
  const [kind, theirs] = draw.of([
    ['Max', 'Max'],
    ['Avg', 'Average'],
  ] as const);
  const [window, stride] = [draw.span(axes, 1, 4), draw.flip() ? draw.span(axes, 1, 3) : undefined];
  const padding = draw.of(['valid', 'same']);
  return {
    shape: placesOf(draw, axes),
    text: call(`${kind}Pool${axes}D`, [written(window)], { ...(stride ? { stride: written(stride) } : {}), padding }),
    layer: `${theirs}Pooling${axes}D`,
    settings: { pool_size: window, strides: stride ?? null, padding },
  };
};

const globalPool: Maker = (draw) => {
  const axes = axesOf(draw);
  const [kind, theirs] = draw.of([
    ['Max', 'Max'],
    ['Avg', 'Average'],
  ] as const);
  const keep = draw.flip();
  return {
    // One axis too few or too many now and then.
    shape: placesOf(draw, Math.min(3, Math.max(1, axes + (draw.whole(0, 9) === 0 ? 1 : 0)))),
    text: call(`Global${kind}Pool${axes}D`, [], { keep }),
    layer: `Global${theirs}Pooling${axes}D`,
    settings: { keepdims: keep },
  };
};

const larger: Maker = (draw) => {
  const axes = draw.whole(1, 2);
  const size = draw.span(axes, 1, 4);
  return {
    shape: placesOf(draw, axes),
    text: call(`UpSample${axes}D`, [written(size)]),
    layer: `UpSampling${axes}D`,
    settings: { size: axes === 1 ? size[0] : size },
  };
};

const around: Maker = (draw) => {
  const [top, bottom, left, right] = [0, 0, 0, 0].map(() => draw.whole(0, 4));
  return {
    shape: placesOf(draw, 2),
    text: `pad(((${top}, ${bottom}), (${left}, ${right})))`,
    layer: 'ZeroPadding2D',
    settings: {
      padding: [
        [top, bottom],
        [left, right],
      ],
    },
  };
};

const dense: Maker = (draw) => {
  const [units, bias] = [draw.whole(1, 50), draw.flip()];
  const shape = Array.from({ length: draw.whole(1, 3) }, () => draw.whole(1, 20));
  return { shape, text: call('Dense', [units], { bias }), layer: 'Dense', settings: { units, use_bias: bias } };
};

const embedding: Maker = (draw) => {
  const [size, width] = [draw.whole(2, 90), draw.whole(1, 30)];
  return {
    shape: Array.from({ length: draw.whole(0, 2) }, () => draw.whole(1, 12)),
    dtype: 'int32',
    text: call('Embedding', [size, width]),
    layer: 'Embedding',
    settings: { input_dim: size, output_dim: width },
  };
};

const norm: Maker = (draw) => {
  const shape = placesOf(draw, draw.whole(1, 3));
  const [scale, shift, groups] = [draw.flip(), draw.flip(), draw.of([1, 2, 3, 4])];
  const affine = { scale, shift };
  const theirs = { scale, center: shift };
  return draw.of([
    { shape, text: call('BatchNorm', [], affine), layer: 'BatchNormalization', settings: theirs },
    { shape, text: call('LayerNorm', [], affine), layer: 'LayerNormalization', settings: theirs },
    { shape, text: call('GroupNorm', [groups], affine), layer: 'GroupNormalization', settings: { groups, ...theirs } },
    { shape, text: call('InstanceNorm', [], affine), layer: 'GroupNormalization', settings: { groups: -1, ...theirs } },
    { shape, text: 'RMSNorm', layer: 'RMSNormalization', settings: {} },
    { shape, text: 'UnitNorm', layer: 'UnitNormalization', settings: {} },
    {
      shape,
      text: 'PReLU',
      layer: 'PReLU',
      settings: { shared_axes: Array.from({ length: shape.length - 1 }, (_, i) => i + 1) },
    },
  ]);
};

const plain: Maker = (draw) => {
  const shape = placesOf(draw, draw.whole(1, 3));
  return draw.of([
    { shape, text: 'Flatten', layer: 'Flatten', settings: {} },
    { shape, text: 'Dropout(0.3)', layer: 'Dropout', settings: { rate: 0.3 } },
    { shape, text: 'GaussianNoise(0.3)', layer: 'GaussianNoise', settings: { stddev: 0.3 } },
    { shape, text: 'AlphaDropout(0.3)', layer: 'AlphaDropout', settings: { rate: 0.3 } },
  ]);
};

const reshape: Maker = (draw) => {
  const shape = Array.from({ length: draw.whole(1, 4) }, () => draw.whole(1, 5));
  const [first = 1, ...rest] = shape;
  const right = draw.of([
    [shape.reduce((a, b) => a * b, 1)],
    [...shape].reverse(),
    [1, ...shape],
    [first, rest.reduce((a, b) => a * b, 1)],
  ]);
  const target = draw.whole(0, 4) === 0 ? [draw.whole(1, 5), draw.whole(1, 5)] : right;
  return { shape, text: `reshape([${target.join(', ')}])`, layer: 'Reshape', settings: { target_shape: target } };
};

const permute: Maker = (draw) => {
  const shape = Array.from({ length: draw.whole(2, 4) }, () => draw.whole(1, 5));
  const order = shape.map((_, i) => i);
  for (let i = order.length - 1; i > 0; i--) {
    const j = draw.whole(0, i);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  const dims = order.map((axis) => axis + 1);
  return { shape, text: `transpose([${order.join(', ')}])`, layer: 'Permute', settings: { dims } };
};

function recurrentLayer(draw: Draw, states = true) {
  const [units, sequences, bias] = [draw.whole(1, 20), draw.flip(), draw.flip()];
  const state = states && draw.whole(0, 3) === 0;
  const name = draw.of(['SimpleRNN', 'LSTM', 'GRU']);
  const reset = name === 'GRU' && draw.flip() ? 'before' : undefined;
  const named = { sequences, state, bias, ...(reset ? { reset } : {}) };
  return {
    ...(state ? { results: name === 'LSTM' ? 3 : 2 } : {}),
    text: call(name, [units], named),
    layer: name,
    settings: {
      units,
      return_sequences: sequences,
      return_state: state,
      use_bias: bias,
      ...(reset ? { reset_after: false } : {}),
    },
  };
}

const recurrent: Maker = (draw) => ({
  // A row without time now and then, which is refused.
  shape: draw.whole(0, 15) === 0 ? [draw.whole(1, 9)] : [draw.whole(1, 15), draw.whole(1, 15)],
  ...recurrentLayer(draw),
});

const bidirectional: Maker = (draw) => {
  const { text, layer, settings } = recurrentLayer(draw, false);
  const [merge, theirs] = draw.of([
    ['concat', 'concat'],
    ['sum', 'sum'],
    ['multiply', 'mul'],
    ['average', 'ave'],
  ] as const);
  return {
    shape: [draw.whole(1, 15), draw.whole(1, 15)],
    text: `Bidirectional(merge: ${merge}) { ${text} }`,
    layer: 'Bidirectional',
    settings: { merge_mode: theirs },
    inner: { layer, settings },
  };
};

const eachStep: Maker = (draw) => {
  const { text, layer, settings, shape } = draw.of([convolution, pool, dense, norm])(draw);
  return {
    shape: [draw.whole(1, 8), ...shape],
    text: `TimeDistributed { ${text} }`,
    layer: 'TimeDistributed',
    settings: {},
    inner: { layer, settings },
  };
};

const film: Maker = (draw) => {
  const { kernel, stride, dilation } = slide(draw, 2);
  const [filters, sequences, bias] = [draw.whole(1, 5), draw.flip(), draw.flip()];
  const padding = draw.of(['valid', 'same']);
  const named = { stride: written(stride), padding, dilation: written(dilation), sequences, bias };
  return {
    shape: [draw.whole(1, 5), ...placesOf(draw, 2)],
    text: call('ConvLSTM2D', [filters, written(kernel)], named),
    layer: 'ConvLSTM2D',
    settings: {
      filters,
      kernel_size: kernel,
      strides: stride,
      padding,
      dilation_rate: dilation,
      return_sequences: sequences,
      use_bias: bias,
    },
  };
};

const makers: readonly Maker[] = [
  convolution,
  convolution,
  convolution,
  transposed,
  transposed,
  byChannel,
  pool,
  pool,
  globalPool,
  larger,
  around,
  dense,
  embedding,
  norm,
  plain,
  reshape,
  permute,
  recurrent,
  bidirectional,
  eachStep,
  film,
];

export function kerasSample(draw: Draw): Sample {
  return { library: 'keras', dtype: 'float32', ...draw.of(makers)(draw) };
}
