/**
 * Convolutions and their gradients by TensorFlow's own kernels. On a CPU these know neither groups nor dilated gradients, so
 * groups are written as one convolution each (or as the depthwise kernel), and a dilated convolution as a plain one over
 * space moved into the batch, which holds for its gradients too.
 */
import { axes, type ConvAttributes, type ConvGradientAttributes } from '../../program/ops/conv2d.ts';
import type { Slide } from '../../program/ops/window.ts';
import { at } from '../../program/tensor.ts';
import { form, type TensorflowNode } from '../emitter.ts';
import type { TensorflowAttributes } from '../graph-def.ts';
import { concatenate, isSame, isUnpadded, split } from './space.ts';

type T = TensorflowNode<ConvAttributes> | TensorflowNode<ConvGradientAttributes>;

/** What one convolution without groups is made of; shapes are those of its own part of the channels. */
interface Part {
  readonly x: readonly number[];
  readonly kernel: readonly number[];
  readonly attributes: ConvAttributes;
}

export const conv2dForm = form<ConvAttributes>((t) => {
  const { inputs, attributes } = t.node;
  const [x, kernel] = [at(inputs, 0).shape, at(inputs, 1).shape];
  const product = grouped(
    t,
    { x, kernel, attributes },
    {
      depthwise: (depth, strides) =>
        t.typed('DepthwiseConv2dNative', [t.input(0), depth.reshaped(t.input(1))], 'float32', strides),
      parts(part, groups) {
        const images = split(t, t.input(0), 3, groups);
        const kernels = split(t, t.input(1), 3, groups);
        const results = images.map((image, i) => forward(t, part, image, at(kernels, i)));
        return concatenate(t, results, 3);
      },
    },
  );
  t.set(inputs.length > 2 ? t.typed('BiasAdd', [product, t.input(2)], 'float32') : product);
});

export const conv2dInputForm = form<ConvGradientAttributes>((t) => {
  const { inputs, attributes } = t.node;
  const [x, kernel] = [attributes.shape, at(inputs, 1).shape];
  t.set(
    grouped(
      t,
      { x, kernel, attributes },
      {
        depthwise: (depth, strides) =>
          t.typed(
            'DepthwiseConv2dNativeBackpropInput',
            [t.ints(x), depth.reshaped(t.input(1)), t.input(0)],
            'float32',
            strides,
          ),
        parts(part, groups) {
          const gradients = split(t, t.input(0), 3, groups);
          const kernels = split(t, t.input(1), 3, groups);
          const results = gradients.map((dy, i) => inputGradient(t, part, dy, at(kernels, i)));
          return concatenate(t, results, 3);
        },
      },
    ),
  );
});

export const conv2dKernelForm = form<ConvGradientAttributes>((t) => {
  const { inputs, attributes } = t.node;
  const [x, kernel] = [at(inputs, 0).shape, attributes.shape];
  t.set(
    grouped(
      t,
      { x, kernel, attributes },
      {
        depthwise: (depth, strides) =>
          depth.flat(
            t.typed(
              'DepthwiseConv2dNativeBackpropFilter',
              [t.input(0), t.ints(depth.shape), t.input(1)],
              'float32',
              strides,
            ),
          ),
        parts(part, groups) {
          const images = split(t, t.input(0), 3, groups);
          const gradients = split(t, t.input(1), 3, groups);
          const results = images.map((image, i) => kernelGradient(t, part, image, at(gradients, i)));
          return concatenate(t, results, 3);
        },
      },
    ),
  );
});

interface Depthwise {
  readonly shape: readonly number[];
  /** The kernel as [height, width, in, out per in], and back. */
  reshaped(kernel: string): string;
  flat(kernel: string): string;
}

/** One filter group per channel has a kernel of its own, if windows are plain; else each group is a convolution. */
function grouped(
  t: T,
  { x, kernel, attributes }: Part,
  write: {
    depthwise(depth: Depthwise, attributes: TensorflowAttributes): string;
    parts(part: Part, groups: number): string;
  },
): string {
  const { groups, stride, dilation } = attributes;
  const slides = axes(x, kernel, attributes);
  const channels = at(x, 3);
  const plain = dilation.every((d) => d === 1) && stride[0] === stride[1] && (isSame(slides) || isUnpadded(slides));
  if (groups > 1 && groups === channels && plain) {
    const shape = [at(kernel, 0), at(kernel, 1), channels, at(kernel, 3) / channels];
    const reshape = (name: string, to: readonly number[]): string =>
      t.typed('Reshape', [name, t.ints(to)], 'float32', { Tshape: { type: 'int32' } });
    const depth: Depthwise = {
      shape,
      reshaped: (name) => reshape(name, shape),
      flat: (name) => reshape(name, kernel),
    };
    return write.depthwise(depth, windowAttributes(slides));
  }
  const part: Part = {
    x: [...x.slice(0, 3), channels / groups],
    kernel: [...kernel.slice(0, 3), at(kernel, 3) / groups],
    attributes: { ...attributes, groups: 1 },
  };
  return write.parts(part, groups);
}

function forward(t: T, part: Part, x: string, kernel: string): string {
  const space = spaceToBatch(t, part);
  if (space) return space.restoreOutput(conv(t, [space.moveInput(x), kernel], space.slides));
  return conv(t, [x, kernel], slidesOf(part));
}

function inputGradient(t: T, part: Part, dy: string, kernel: string): string {
  const space = spaceToBatch(t, part);
  const backward = (shape: readonly number[], gradient: string, slides: readonly Slide[]): string =>
    t.typed('Conv2DBackpropInput', [t.ints(shape), kernel, gradient], 'float32', windowAttributes(slides));
  if (space) return space.restoreInput(backward(space.inputShape, space.moveOutput(dy), space.slides));
  return backward(part.x, dy, slidesOf(part));
}

function kernelGradient(t: T, part: Part, x: string, dy: string): string {
  const space = spaceToBatch(t, part);
  const backward = (image: string, gradient: string, slides: readonly Slide[]): string =>
    t.typed('Conv2DBackpropFilter', [image, t.ints(part.kernel), gradient], 'float32', windowAttributes(slides));
  if (space) return backward(space.moveInput(x), space.moveOutput(dy), space.slides);
  return backward(x, dy, slidesOf(part));
}

function conv(t: T, inputs: readonly string[], slides: readonly Slide[]): string {
  return t.typed('Conv2D', inputs, 'float32', windowAttributes(slides));
}

function slidesOf({ x, kernel, attributes }: Part): readonly Slide[] {
  return axes(x, kernel, attributes);
}

function windowAttributes(slides: readonly Slide[]): TensorflowAttributes {
  const common = { strides: { ints: [1, ...slides.map((slide) => slide.stride), 1] }, data_format: { text: 'NHWC' } };
  if (isUnpadded(slides)) return { ...common, padding: { text: 'VALID' } };
  if (isSame(slides)) return { ...common, padding: { text: 'SAME' } };
  const pads = [0, 0, ...slides.flatMap((slide) => [slide.before, slide.after]), 0, 0];
  return { ...common, padding: { text: 'EXPLICIT' }, explicit_paddings: { ints: pads } };
}

/** How a dilated convolution becomes a plain one: every dilation-th place of the padded image lies together in the batch. */
function spaceToBatch(t: T, part: Part) {
  const { dilation } = part.attributes;
  if (dilation.every((d) => d === 1)) return undefined;
  const slides = slidesOf(part);
  const [batch, channels] = [at(part.x, 0), at(part.x, 3)];
  const block = t.ints(dilation);
  const types = { Tblock_shape: { type: 'int32' }, Tpaddings: { type: 'int32' } } as const;
  const back = { Tblock_shape: { type: 'int32' }, Tcrops: { type: 'int32' } } as const;
  const table = (pairs: readonly (readonly number[])[]): string =>
    t.constant({ dtype: 'int32', shape: [pairs.length, 2], data: pairs.flat() });
  const up = (size: number, by: number): number => Math.ceil(size / by) * by;
  const inputPads = slides.map((slide, i) => {
    const padded = slide.input + slide.before + slide.after;
    return [slide.before, slide.after + up(padded, at(dilation, i)) - padded];
  });
  const rows = slides.map(
    (slide, i) => (slide.input + at(at(inputPads, i), 0) + at(at(inputPads, i), 1)) / slide.dilation,
  );
  const outputs = slides.map((slide, i) => at(rows, i) - slide.window + 1);
  const outputPads = slides.map((slide, i) => [0, at(outputs, i) * slide.dilation - slide.output]);
  const move = (name: string, pads: readonly (readonly number[])[]): string =>
    t.typed('SpaceToBatchND', [name, block, table(pads)], 'float32', types);
  const restore = (name: string, crops: readonly (readonly number[])[]): string =>
    t.typed('BatchToSpaceND', [name, block, table(crops)], 'float32', back);
  return {
    inputShape: [batch * at(dilation, 0) * at(dilation, 1), ...rows, channels],
    slides: slides.map((slide, i) => ({
      ...slide,
      input: at(rows, i),
      output: at(outputs, i),
      dilation: 1,
      before: 0,
      after: 0,
    })),
    moveInput: (name: string) => move(name, inputPads),
    moveOutput: (name: string) => move(name, outputPads),
    restoreInput: (name: string) => restore(name, inputPads),
    restoreOutput: (name: string) => restore(name, outputPads),
  };
}
