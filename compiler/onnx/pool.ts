/** Gradients of pools on ONNX, which has no operation for them. */
import type { MeanPoolGradientAttributes } from '../program/ops/pool.ts';
import { onnxPads, slides, type WindowAttributes } from '../program/ops/window.ts';
import { at } from '../program/tensor.ts';
import type { OnnxNode } from './emitter.ts';

/**
 * Windows that do not overlap: MaxPool tells where each largest cell was, MaxUnpool puts the gradient there.
 * Windows that overlap: cells may be largest several times, so their gradients are added one by one (ScatterND).
 */
export function maxPoolGradientOnnx(o: OnnxNode<WindowAttributes>): void {
  const { inputs, attributes } = o.node;
  const x = at(inputs, 0);
  const { window, stride, padding } = attributes;
  const shape = [at(x.shape, 0), at(x.shape, 3), at(x.shape, 1), at(x.shape, 2)];
  const attributesOf = { kernel_shape: window, strides: stride, pads: onnxPads(padding) };
  const [, indices = ''] = o.ops('MaxPool', [o.input(0, 'channels')], 2, attributesOf);
  const dy = o.input(2, 'channels');
  const apart = window.every((size, i) => size <= (stride[i] ?? 1));
  if (apart) {
    o.set(o.op('MaxUnpool', [dy, indices, o.ints(shape)], attributesOf), 'channels');
    return;
  }
  const count = shape.reduce((a, b) => a * b, 1);
  const zeros = o.op('Expand', [o.float(0), o.ints([count])]);
  const flat = o.op('Reshape', [indices, o.ints([-1, 1])]);
  const updates = o.op('Reshape', [dy, o.ints([-1])]);
  const sums = o.op('ScatterND', [zeros, flat, updates], { reduction: 'add' });
  o.set(o.op('Reshape', [sums, o.ints(shape)]), 'channels');
}

/** Each cell of y is shared among the cells of its window: a transposed convolution with a kernel of ones, channel by channel. */
export function meanPoolGradientOnnx(o: OnnxNode<MeanPoolGradientAttributes>): void {
  const { attributes } = o.node;
  const { window, stride, padding, shape } = attributes;
  const [height, width, channels] = [at(shape, 1), at(shape, 2), at(shape, 3)];
  const places = slides([height, width], attributes);
  const shares = places.map((slide) =>
    Array.from({ length: slide.output }, (_, i) => {
      const start = i * slide.stride - slide.before;
      const inside = Math.min(start + slide.window, slide.input) - Math.max(start, 0);
      return attributes.countPadding ? slide.window : inside;
    }),
  );
  const [rows = [], columns = []] = shares;
  const share = rows.flatMap((a) => columns.map((b) => 1 / (a * b)));
  const weighted = o.op('Mul', [
    o.input(0, 'channels'),
    o.initializer('float32', [1, 1, rows.length, columns.length], share),
  ]);
  const ones = new Array<number>(channels * at(window, 0) * at(window, 1)).fill(1);
  const kernel = o.initializer('float32', [channels, 1, at(window, 0), at(window, 1)], ones);
  const full = o.op('ConvTranspose', [weighted, kernel], { kernel_shape: window, strides: stride, group: channels });
  // What a window did not reach is padded with zeros, what lies in the padding is cut off.
  const ends = places.map((slide) => {
    const reach = (slide.output - 1) * slide.stride + slide.window;
    return slide.input + slide.before - reach;
  });
  const cut = [0, 0, -(padding[0]?.[0] ?? 0), -(padding[1]?.[0] ?? 0), 0, 0, ends[0] ?? 0, ends[1] ?? 0];
  o.set(cut.some((cells) => cells !== 0) ? o.op('Pad', [full, o.ints(cut)]) : full, 'channels');
}
