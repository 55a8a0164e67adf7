/** Largest and mean number of windows over [batch, height, width, channels], and their gradients. */

import { maxPoolGradientOnnx, meanPoolGradientOnnx } from '../../onnx/pool.ts';
import type { Graph } from '../graph.ts';
import type { NdArray } from '../ndarray.ts';
import { at, primitive, sizeOf, type Tensor, type TensorInfo } from '../tensor.ts';
import { onnxPads, slides, type WindowAttributes, walkWindows } from './window.ts';

export interface MeanPoolAttributes extends WindowAttributes {
  /** Divide by the whole window instead of the cells inside the image. */
  readonly countPadding: boolean;
}

export interface MeanPoolGradientAttributes extends MeanPoolAttributes {
  readonly shape: readonly number[];
}

export const maxPoolOp = primitive<WindowAttributes>({
  name: 'maxPool2d',
  result: ([x], attributes) => (x ? [pooled(x, attributes)] : []),
  evaluate([x], attributes, [y]) {
    if (!x || !y) return [];
    const result = new Float64Array(sizeOf(y.shape)).fill(-Infinity);
    walkPool(x, y, attributes, (ix, iy) => {
      result[iy] = Math.max(at(result, iy), at(x.data, ix));
    });
    return [result];
  },
  gradient(g, { inputs, outputs, attributes }, [dy]) {
    return [dy && at(g.apply(maxPoolGradientOp, [at(inputs, 0), at(outputs, 0), dy], attributes), 0)];
  },
  onnx: (o) => o.set(o.op('MaxPool', [o.input(0, 'channels')], onnxWindow(o.node.attributes)), 'channels'),
});

/** From x, y and the gradient of y; where several cells are largest the first one gets it, as in PyTorch. */
export const maxPoolGradientOp = primitive<WindowAttributes>({
  name: 'maxPool2dGradient',
  result: ([x]) => (x ? [{ dtype: 'float32', shape: x.shape }] : []),
  evaluate([x, y, dy], attributes) {
    if (!x || !y || !dy) return [];
    const result = new Float64Array(x.data.length);
    const taken = new Uint8Array(y.data.length);
    walkPool(x, y, attributes, (ix, iy) => {
      if (taken[iy] || at(x.data, ix) !== at(y.data, iy)) return;
      taken[iy] = 1;
      result[ix] = at(result, ix) + at(dy.data, iy);
    });
    return [result];
  },
  onnx: maxPoolGradientOnnx,
});

export const meanPoolOp = primitive<MeanPoolAttributes>({
  name: 'meanPool2d',
  result: ([x], attributes) => (x ? [pooled(x, attributes)] : []),
  evaluate([x], attributes, [y]) {
    if (!x || !y) return [];
    const result = new Float64Array(sizeOf(y.shape));
    const counts = new Float64Array(result.length);
    walkPool(x, y, attributes, (ix, iy) => {
      result[iy] = at(result, iy) + at(x.data, ix);
      counts[iy] = at(counts, iy) + 1;
    });
    const all = sizeOf(attributes.window);
    return [result.map((sum, i) => sum / (attributes.countPadding ? all : at(counts, i)))];
  },
  gradient(g, { inputs, attributes }, [dy]) {
    return [dy && meanPoolGradient(g, dy, at(inputs, 0).shape, attributes)];
  },
  onnx(o) {
    const { attributes } = o.node;
    const count = { count_include_pad: attributes.countPadding ? 1 : 0 };
    o.set(o.op('AveragePool', [o.input(0, 'channels')], { ...onnxWindow(attributes), ...count }), 'channels');
  },
});

export const meanPoolGradientOp = primitive<MeanPoolGradientAttributes>({
  name: 'meanPool2dGradient',
  result: (_, { shape }) => [{ dtype: 'float32', shape }],
  evaluate([dy], attributes, [x]) {
    if (!dy || !x) return [];
    const counts = new Float64Array(dy.data.length);
    walkPool(x, dy, attributes, (_, iy) => {
      counts[iy] = at(counts, iy) + 1;
    });
    const all = sizeOf(attributes.window);
    const result = new Float64Array(sizeOf(x.shape));
    walkPool(x, dy, attributes, (ix, iy) => {
      result[ix] = at(result, ix) + at(dy.data, iy) / (attributes.countPadding ? all : at(counts, iy));
    });
    return [result];
  },
  gradient: (g, { attributes }, [dx]) => [dx && meanPool(g, dx, attributes)],
  onnx: meanPoolGradientOnnx,
});

export function maxPool(g: Graph, x: Tensor, { window, stride, padding }: WindowAttributes): Tensor {
  return at(g.apply(maxPoolOp, [x], { window, stride, padding }), 0);
}

export function meanPool(g: Graph, x: Tensor, attributes: MeanPoolAttributes): Tensor {
  const { window, stride, padding, countPadding } = attributes;
  return at(g.apply(meanPoolOp, [x], { window, stride, padding, countPadding }), 0);
}

function meanPoolGradient(g: Graph, dy: Tensor, shape: readonly number[], attributes: MeanPoolAttributes): Tensor {
  return at(g.apply(meanPoolGradientOp, [dy], { ...attributes, shape }), 0);
}

function pooled(x: TensorInfo, attributes: WindowAttributes): TensorInfo {
  const [rows, columns] = slides(x.shape.slice(1, 3), attributes);
  return { dtype: x.dtype, shape: [at(x.shape, 0), rows?.output ?? 0, columns?.output ?? 0, at(x.shape, 3)] };
}

export function onnxWindow({ window, stride, padding }: WindowAttributes) {
  return { kernel_shape: window, strides: stride, pads: onnxPads(padding) };
}

function walkPool(
  x: TensorInfo | NdArray,
  y: TensorInfo | NdArray,
  attributes: WindowAttributes,
  visit: (ix: number, iy: number) => void,
): void {
  const [batch, height, width, channels] = [at(x.shape, 0), at(x.shape, 1), at(x.shape, 2), at(x.shape, 3)];
  const [outHeight, outWidth] = [at(y.shape, 1), at(y.shape, 2)];
  for (let n = 0; n < batch; n++) {
    walkWindows(slides([height, width], attributes), (oy, ox, iy, ix) => {
      for (let c = 0; c < channels; c++) {
        const from = ((n * height + iy) * width + ix) * channels + c;
        visit(from, ((n * outHeight + oy) * outWidth + ox) * channels + c);
      }
    });
  }
}
