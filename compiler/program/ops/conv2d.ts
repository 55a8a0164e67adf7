/**
 * Convolution over [batch, height, width, channels] with a kernel [height, width, in / groups, out], its bias fused.
 * Its two gradients are primitives too; each one's gradients are again among the three.
 */

import { inputGradientOnnx } from '../../onnx/conv-input.ts';
import { kernelGradientOnnx } from '../../onnx/conv-kernel.ts';
import { convolve } from '../../onnx/convolve.ts';
import type { Graph } from '../graph.ts';
import type { NdArray } from '../ndarray.ts';
import { type Attributes, at, primitive, sizeOf, type Tensor, type TensorInfo } from '../tensor.ts';
import { reduce } from './reduce.ts';
import { onnxPads, type Pads, type Slide, slides, walkWindows } from './window.ts';

export interface ConvAttributes extends Attributes {
  readonly stride: readonly number[];
  readonly padding: Pads;
  readonly dilation: readonly number[];
  readonly groups: number;
}

/** For the gradients: the shape that is looked for. */
export interface ConvGradientAttributes extends ConvAttributes {
  readonly shape: readonly number[];
}

export const conv2dOp = primitive<ConvAttributes>({
  name: 'conv2d',
  result([x, kernel], attributes) {
    if (!x || !kernel) return [];
    const [rows, columns] = axes(x.shape, kernel.shape, attributes);
    return [
      { dtype: 'float32', shape: [at(x.shape, 0), rows?.output ?? 0, columns?.output ?? 0, at(kernel.shape, 3)] },
    ];
  },
  macs: ([, kernel], [y]) => (kernel && y ? (sizeOf(y.shape) * sizeOf(kernel.shape)) / at(kernel.shape, 3) : 0),
  evaluate([x, kernel, bias], attributes, [y]) {
    if (!x || !kernel || !y) return [];
    const result = new Float64Array(sizeOf(y.shape));
    const channels = at(y.shape, 3);
    if (bias)
      result.forEach((_, i) => {
        result[i] = at(bias.data, i % channels);
      });
    walkConv(x, kernel, y, attributes, (ix, ik, iy) => {
      result[iy] = at(result, iy) + at(x.data, ix) * at(kernel.data, ik);
    });
    return [result];
  },
  gradient(g, { inputs, attributes }, [dy]) {
    if (!dy) return [];
    const [x, kernel, bias] = [at(inputs, 0), at(inputs, 1), inputs[2]];
    return [
      conv2dInput(g, dy, kernel, x.shape, attributes),
      conv2dKernel(g, x, dy, kernel.shape, attributes),
      bias && reduce(g, 'sum', dy, [0, 1, 2], false),
    ];
  },
  onnx(o) {
    const { attributes, inputs } = o.node;
    const [x, kernel] = [at(inputs, 0).shape, at(inputs, 1).shape];
    const y = convolve(o, {
      x: o.input(0, 'channels'),
      kernel: o.op('Transpose', [o.input(1)], { perm: [3, 2, 0, 1] }),
      bias: inputs.length > 2 ? o.input(2) : undefined,
      attributes: {
        strides: attributes.stride,
        dilations: attributes.dilation,
        pads: onnxPads(attributes.padding),
        kernel_shape: kernel.slice(0, 2),
      },
      channels: at(x, 3),
      filters: at(kernel, 3),
      groups: attributes.groups,
    });
    o.set(y, 'channels');
  },
});

/** The gradient of the input: also the forward step of a transposed convolution. */
export const conv2dInputOp = primitive<ConvGradientAttributes>({
  name: 'conv2dInput',
  result: (_, { shape }) => [{ dtype: 'float32', shape }],
  macs: ([dy, kernel]) => (dy && kernel ? (sizeOf(dy.shape) * sizeOf(kernel.shape)) / at(kernel.shape, 3) : 0),
  evaluate([dy, kernel], attributes, [x]) {
    if (!dy || !kernel || !x) return [];
    const result = new Float64Array(sizeOf(x.shape));
    walkConv(x, kernel, dy, attributes, (ix, ik, iy) => {
      result[ix] = at(result, ix) + at(dy.data, iy) * at(kernel.data, ik);
    });
    return [result];
  },
  gradient(g, { inputs, attributes }, [dx]) {
    if (!dx) return [];
    const [dy, kernel] = [at(inputs, 0), at(inputs, 1)];
    return [conv2d(g, dx, kernel, attributes), conv2dKernel(g, dx, dy, kernel.shape, attributes)];
  },
  onnx: inputGradientOnnx,
});

/** The gradient of the kernel. */
export const conv2dKernelOp = primitive<ConvGradientAttributes>({
  name: 'conv2dKernel',
  result: (_, { shape }) => [{ dtype: 'float32', shape }],
  macs: ([, dy], [kernel]) => (dy && kernel ? (sizeOf(dy.shape) * sizeOf(kernel.shape)) / at(kernel.shape, 3) : 0),
  evaluate([x, dy], attributes, [kernel]) {
    if (!x || !dy || !kernel) return [];
    const result = new Float64Array(sizeOf(kernel.shape));
    walkConv(x, kernel, dy, attributes, (ix, ik, iy) => {
      result[ik] = at(result, ik) + at(x.data, ix) * at(dy.data, iy);
    });
    return [result];
  },
  gradient(g, { inputs, attributes }, [dk]) {
    if (!dk) return [];
    const [x, dy] = [at(inputs, 0), at(inputs, 1)];
    return [conv2dInput(g, dy, dk, x.shape, attributes), conv2d(g, x, dk, attributes)];
  },
  onnx: kernelGradientOnnx,
});

export function conv2d(g: Graph, x: Tensor, kernel: Tensor, options: ConvAttributes, bias?: Tensor): Tensor {
  const { stride, padding, dilation, groups } = options;
  return at(g.apply(conv2dOp, bias ? [x, kernel, bias] : [x, kernel], { stride, padding, dilation, groups }), 0);
}

export function conv2dInput(
  g: Graph,
  dy: Tensor,
  kernel: Tensor,
  shape: readonly number[],
  { stride, padding, dilation, groups }: ConvAttributes,
): Tensor {
  return at(g.apply(conv2dInputOp, [dy, kernel], { stride, padding, dilation, groups, shape }), 0);
}

export function conv2dKernel(
  g: Graph,
  x: Tensor,
  dy: Tensor,
  shape: readonly number[],
  { stride, padding, dilation, groups }: ConvAttributes,
): Tensor {
  return at(g.apply(conv2dKernelOp, [x, dy], { stride, padding, dilation, groups, shape }), 0);
}

/** The two spatial axes of a convolution. */
export function axes(x: readonly number[], kernel: readonly number[], attributes: ConvAttributes): readonly Slide[] {
  return slides(x.slice(1, 3), { ...attributes, window: kernel.slice(0, 2) });
}

/** Visits every product of a convolution: places of x, kernel and y. */
function walkConv(
  x: TensorInfo | NdArray,
  kernel: TensorInfo | NdArray,
  y: TensorInfo | NdArray,
  attributes: ConvAttributes,
  visit: (ix: number, ik: number, iy: number) => void,
): void {
  const [batch, height, width, channels] = [at(x.shape, 0), at(x.shape, 1), at(x.shape, 2), at(x.shape, 3)];
  const [outHeight, outWidth, filters] = [at(y.shape, 1), at(y.shape, 2), at(y.shape, 3)];
  const [kernelWidth, depth] = [at(kernel.shape, 1), at(kernel.shape, 2)];
  const filtersPerGroup = filters / attributes.groups;
  for (let n = 0; n < batch; n++) {
    walkWindows(axes(x.shape, kernel.shape, attributes), (oy, ox, iy, ix, i, j) => {
      const fromX = ((n * height + iy) * width + ix) * channels;
      const toY = ((n * outHeight + oy) * outWidth + ox) * filters;
      for (let f = 0; f < filters; f++) {
        const first = Math.floor(f / filtersPerGroup) * depth;
        for (let c = 0; c < depth; c++) {
          visit(fromX + first + c, ((i * kernelWidth + j) * depth + c) * filters + f, toY + f);
        }
      }
    });
  }
}
