/**
 * The gradient of a convolution's input on ONNX. With stride 1 it is a convolution with the kernel turned round, which the
 * engine runs far better than its transposed convolution.
 */
import { axes, type ConvGradientAttributes } from '../program/ops/conv2d.ts';
import { onnxPads, type Slide } from '../program/ops/window.ts';
import { at } from '../program/tensor.ts';
import { convolve } from './convolve.ts';
import type { OnnxNode } from './emitter.ts';

export function inputGradientOnnx(o: OnnxNode<ConvGradientAttributes>): void {
  const { attributes, inputs } = o.node;
  const kernel = at(inputs, 1).shape;
  const places = axes(attributes.shape, kernel, attributes);
  const turns = attributes.groups === 1 && places.every(isDense);
  o.set(turns ? turnedConvolution(o, places) : transposedConvolution(o, places), 'channels');
}

/** Stride 1, and no more padding than a convolution with the turned kernel can take away. */
function isDense({ stride, dilation, window, before, after }: Slide): boolean {
  const reach = dilation * (window - 1);
  return stride === 1 && before <= reach && after <= reach;
}

function turnedConvolution(o: OnnxNode<ConvGradientAttributes>, places: readonly Slide[]): string {
  const { attributes } = o.node;
  const pads = places.map(({ dilation, window, before, after }) => {
    const reach = dilation * (window - 1);
    return [reach - before, reach - after];
  });
  const swapped = o.op('Transpose', [o.input(1)], { perm: [2, 3, 0, 1] });
  const single = places.every(({ window }) => window === 1);
  const back = o.ints([-1, -1]);
  const turned = single ? swapped : o.op('Slice', [swapped, back, o.ints([-1000, -1000]), o.ints([2, 3]), back]);
  return convolve(o, {
    x: o.input(0, 'channels'),
    kernel: turned,
    bias: undefined,
    attributes: {
      kernel_shape: places.map(({ window }) => window),
      strides: [1, 1],
      dilations: attributes.dilation,
      pads: onnxPads(pads),
    },
    channels: at(at(o.node.inputs, 1).shape, 3),
    filters: at(attributes.shape, 3),
    groups: 1,
  });
}

function transposedConvolution(o: OnnxNode<ConvGradientAttributes>, places: readonly Slide[]): string {
  const { attributes } = o.node;
  const names = [o.input(0, 'channels'), o.op('Transpose', [o.input(1)], { perm: [3, 2, 0, 1] })];
  const ends = places.map((slide) => slide.after - unread(slide));
  const dx = o.op('ConvTranspose', names, {
    kernel_shape: places.map(({ window }) => window),
    strides: attributes.stride,
    dilations: attributes.dilation,
    group: attributes.groups,
    pads: onnxPads(places.map(({ before }, i) => [before, Math.max(0, ends[i] ?? 0)])),
  });
  // Cells at the far edge that no window read: their gradient is zero.
  const rest = ends.map((end) => Math.max(0, -end));
  if (rest.every((cells) => cells === 0)) return dx;
  return o.op('Pad', [dx, o.ints([0, 0, 0, 0, 0, 0, rest[0] ?? 0, rest[1] ?? 0])]);
}

/** Cells at the end of an axis that the last window does not reach. */
function unread(slide: Slide): number {
  const reach = (slide.output - 1) * slide.stride + slide.dilation * (slide.window - 1) + 1;
  return slide.input + slide.before + slide.after - reach;
}
