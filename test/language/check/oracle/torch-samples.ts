/** Random layers that only PyTorch has: numbers as padding, rounding up, groups and holes over every number of axes, projections. */
import { call, type Draw, placesOf, type Sample, written } from './draw.ts';

type Maker = (draw: Draw) => Omit<Sample, 'library' | 'dtype'>;

const convolution: Maker = (draw) => {
  const axes = draw.whole(1, 3);
  const ones = Array.from({ length: axes }, () => 1);
  const holes = draw.whole(0, 3) === 0;
  const [kernel, padding] = [draw.span(axes, 1, 4), draw.span(axes, 0, 3)];
  const [stride, dilation] = holes ? [ones, draw.span(axes, 1, 3)] : [draw.span(axes, 1, 3), ones];
  const [groups, filters, bias] = [draw.of([1, 1, 2, 3]), draw.whole(1, 6), draw.flip()];
  const named = { stride: written(stride), padding: written(padding), dilation: written(dilation), groups, bias };
  return {
    shape: placesOf(draw, axes),
    text: call(`Conv${axes}D`, [filters, written(kernel)], named),
    layer: `Conv${axes}d`,
    settings: { out_channels: filters, kernel_size: kernel, stride, padding, dilation, groups, bias },
  };
};

const transposed: Maker = (draw) => {
  const axes = draw.whole(1, 3);
  const [kernel, stride, dilation] = [draw.span(axes, 2, 4), draw.span(axes, 1, 3), draw.span(axes, 1, 2)];
  const padding = kernel.map((size) => draw.whole(0, size - 1));
  const more = stride.map((step) => draw.whole(0, step - 1));
  const [filters, bias] = [draw.whole(1, 6), draw.flip()];
  const named = {
    stride: written(stride),
    padding: written(padding),
    outputPadding: written(more),
    dilation: written(dilation),
    bias,
  };
  return {
    shape: placesOf(draw, axes),
    text: call(`Conv${axes}DTranspose`, [filters, written(kernel)], named),
    layer: `ConvTranspose${axes}d`,
    settings: { out_channels: filters, kernel_size: kernel, stride, padding, output_padding: more, dilation, bias },
  };
};

const pool: Maker = (draw) => {
  const axes = draw.whole(1, 3);
  const kind = draw.of(['Max', 'Avg']);
  const shape = placesOf(draw, axes);
  const [drawn, stride, ceil] = [draw.span(axes, 1, 5), draw.span(axes, 1, 4), draw.flip()];
  // A mean over volumes takes no window larger than the volume there, however much padding there is.
  const window = drawn.map((size, i) => (kind === 'Avg' && axes === 3 ? Math.min(size, shape[i]!) : size));
  // More than half a window of padding is an error in PyTorch.
  const padding = window.map((size) => draw.whole(0, Math.floor(size / 2)));
  const named = { stride: written(stride), padding: written(padding), ceil };
  return {
    shape,
    text: call(`${kind}Pool${axes}D`, [written(window)], named),
    layer: `${kind}Pool${axes}d`,
    settings: { kernel_size: window, stride, padding, ceil_mode: ceil },
  };
};

const adaptive: Maker = (draw) => {
  const axes = draw.whole(1, 2);
  const kind = draw.of(['Max', 'Avg']);
  const size = draw.span(axes, 1, 9);
  return {
    shape: placesOf(draw, axes),
    text: call(`Adaptive${kind}Pool${axes}D`, [written(size)]),
    layer: `Adaptive${kind}Pool${axes}d`,
    settings: { output_size: size },
  };
};

const recurrent: Maker = (draw) => {
  const units = draw.whole(2, 12);
  const projection = draw.flip() ? draw.whole(1, units - 1) : undefined;
  const named = { sequences: true, bias: false, ...(projection ? { projection } : {}) };
  return {
    shape: [draw.whole(1, 12), draw.whole(1, 12)],
    text: call('LSTM', [units], named),
    layer: 'LSTM',
    settings: { hidden_size: units, batch_first: true, bias: false, ...(projection ? { proj_size: projection } : {}) },
  };
};

const attention: Maker = (draw) => {
  const heads = draw.whole(1, 4);
  const width = draw.flip() ? heads * draw.whole(1, 6) : draw.whole(1, 24);
  return {
    shape: [draw.whole(1, 9), width],
    text: call('Attention', [heads]),
    layer: 'MultiheadAttention',
    settings: { embed_dim: width, num_heads: heads, batch_first: true },
  };
};

const makers = [convolution, convolution, transposed, transposed, pool, pool, adaptive, recurrent, attention];

export function torchSample(draw: Draw): Sample {
  return { library: 'torch', dtype: 'float32', ...draw.of(makers)(draw) };
}
