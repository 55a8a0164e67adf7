/** Layer and batch normalisation: the statistics come out too, since the gradients and the moving averages need them. */
import type { Graph } from '../graph.ts';
import { type Attributes, at, primitive, sizeOf, type Tensor, type TensorInfo } from '../tensor.ts';
import { add, divide, multiply, scale, subtract } from './binary.ts';
import { scalar } from './constant.ts';
import { reduce } from './reduce.ts';
import { reshape } from './reshape.ts';
import { unary } from './unary.ts';

export interface NormaliseAttributes extends Attributes {
  readonly epsilon: number;
}

/** Over the last axis: (x − mean) · inverse, and inverse = 1 / √(variance + epsilon) as [..., 1]. */
export const layerNormaliseOp = primitive<NormaliseAttributes>({
  name: 'layerNormalise',
  result: ([x]) =>
    x
      ? [
          { dtype: 'float32', shape: x.shape },
          { dtype: 'float32', shape: [...x.shape.slice(0, -1), 1] },
        ]
      : [],
  evaluate([x], { epsilon }) {
    if (!x) return [];
    const n = at(x.shape, -1);
    const rows = x.data.length / n;
    const result = new Float64Array(x.data.length);
    const inverses = new Float64Array(rows);
    for (let r = 0; r < rows; r++) {
      const row = x.data.subarray(r * n, (r + 1) * n);
      const mean = row.reduce((sum, value) => sum + value, 0) / n;
      const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n;
      const inverse = 1 / Math.sqrt(variance + epsilon);
      inverses[r] = inverse;
      row.forEach((value, i) => {
        result[r * n + i] = (value - mean) * inverse;
      });
    }
    return [result, inverses];
  },
  gradient(g, { outputs, attributes: _ }, [dy, dInverse]) {
    if (dInverse) throw new Error('The inverse deviation of a normalisation is for its gradient only.');
    if (!dy) return [];
    const [y, inverse] = [at(outputs, 0), at(outputs, 1)];
    const last = [y.shape.length - 1];
    const mean = reduce(g, 'mean', dy, last, true);
    const along = reduce(g, 'mean', multiply(g, dy, y), last, true);
    return [multiply(g, inverse, subtract(g, subtract(g, dy, mean), multiply(g, y, along)))];
  },
  onnx(o) {
    const { shape } = at(o.node.inputs, 0);
    const n = at(shape, -1);
    const ones = o.initializer('float32', [n], new Float32Array(n).fill(1));
    const names = o.ops('LayerNormalization', [o.input(0), ones], 3, {
      axis: shape.length - 1,
      epsilon: o.node.attributes.epsilon,
    });
    o.set(at(names, 0));
    o.set(at(names, 2), 'rows', 1);
  },
});

export function layerNormalise(g: Graph, x: Tensor, epsilon: number): Tensor {
  return at(g.apply(layerNormaliseOp, [x], { epsilon }), 0);
}

/**
 * Over all axes but the last, with the batch's own statistics: y = (x − mean) / √(variance + epsilon) · scale + shift,
 * the mean and the biased variance [channels].
 */
export const batchNormaliseOp = primitive<NormaliseAttributes>({
  name: 'batchNormalise',
  result([x]) {
    if (!x) return [];
    const channels: TensorInfo = { dtype: 'float32', shape: [at(x.shape, -1)] };
    return [{ dtype: 'float32', shape: x.shape }, channels, channels];
  },
  evaluate([x, factor, shift], { epsilon }) {
    if (!x || !factor || !shift) return [];
    const channels = at(x.shape, -1);
    const count = x.data.length / channels;
    const mean = new Float64Array(channels);
    const variance = new Float64Array(channels);
    x.data.forEach((value, i) => {
      mean[i % channels] = at(mean, i % channels) + value / count;
    });
    x.data.forEach((value, i) => {
      const c = i % channels;
      variance[c] = at(variance, c) + (value - at(mean, c)) ** 2 / count;
    });
    const y = x.data.map((value, i) => {
      const c = i % channels;
      return ((value - at(mean, c)) / Math.sqrt(at(variance, c) + epsilon)) * at(factor.data, c) + at(shift.data, c);
    });
    return [y, mean, variance];
  },
  gradient(g, { inputs, outputs, attributes }, [dy, dMean, dVariance]) {
    if (dMean || dVariance) throw new Error('The statistics of a batch normalisation carry no gradient.');
    if (!dy) return [];
    const [x, factor] = [at(inputs, 0), at(inputs, 1)];
    const [, mean, variance] = outputs;
    if (!mean || !variance) return [];
    const axes = Array.from({ length: x.shape.length - 1 }, (_, i) => i);
    const count = sizeOf(axes.map((axis) => at(x.shape, axis)));
    const inverse = unary(g, 'rsqrt', add(g, variance, scalar(g, attributes.epsilon)));
    const sum = reduce(g, 'sum', dy, axes, false);
    const dot = reduce(g, 'sum', multiply(g, dy, x), axes, false);
    const dFactor = multiply(g, inverse, subtract(g, dot, multiply(g, mean, sum)));
    // dx = a·dy + b·x + c with one number of each per channel.
    const a = multiply(g, factor, inverse);
    const b = unary(g, 'negate', scale(g, multiply(g, multiply(g, a, inverse), dFactor), 1 / count));
    const c = unary(g, 'negate', add(g, scale(g, multiply(g, a, sum), 1 / count), multiply(g, b, mean)));
    return [add(g, multiply(g, dy, a), affine(g, x, b, c)), dFactor, sum];
  },
  onnx(o) {
    const [x] = o.node.inputs;
    const channels = at(at(o.node.inputs, 0).shape, -1);
    // Its running mean and variance with momentum 0 are the batch's own. The engine writes outputs 2 and 3 over
    // inputs 4 and 5 and merges equal constants, so that every node needs two that nothing else has; their numbers
    // do not matter.
    const own = (): string => {
      const count = Number(o.notes.get('batchNormalise') ?? 2) + 1;
      o.notes.set('batchNormalise', count);
      return o.ownInitializer('float32', [channels], new Float32Array(channels).fill(count));
    };
    const [oldMean, oldVariance] = [own(), own()];
    const attributes = { epsilon: o.node.attributes.epsilon, momentum: 0, training_mode: 1 };
    const { name, layout, back } = matrixForm(o.layout(0), x, (form) => o.input(0, form), o.op, o.ints);
    const names = o.ops('BatchNormalization', [name, o.input(1), o.input(2), oldMean, oldVariance], 3, attributes);
    o.set(back(at(names, 0)), layout);
    o.set(at(names, 1), 'rows', 1);
    o.set(at(names, 2), 'rows', 2);
  },
});

/** x · factor + shift with one number of each per channel (the last axis): one pass on every engine. */
export const affineOp = primitive({
  name: 'affine',
  result: ([x]) => (x ? [{ dtype: 'float32', shape: x.shape }] : []),
  evaluate([x, factor, shift]) {
    if (!x || !factor || !shift) return [];
    const channels = at(x.shape, -1);
    return [x.data.map((value, i) => value * at(factor.data, i % channels) + at(shift.data, i % channels))];
  },
  gradient(g, { inputs }, [dy]) {
    if (!dy) return [];
    const [x, factor] = [at(inputs, 0), at(inputs, 1)];
    const axes = Array.from({ length: x.shape.length - 1 }, (_, i) => i);
    return [
      multiply(g, dy, factor),
      reduce(g, 'sum', multiply(g, dy, x), axes, false),
      reduce(g, 'sum', dy, axes, false),
    ];
  },
  onnx(o) {
    const [x] = o.node.inputs;
    const channels = at(at(o.node.inputs, 0).shape, -1);
    const zeros = o.initializer('float32', [channels], new Float32Array(channels));
    const ones = o.initializer('float32', [channels], new Float32Array(channels).fill(1));
    const { name, layout, back } = matrixForm(o.layout(0), x, (form) => o.input(0, form), o.op, o.ints);
    o.set(back(o.op('BatchNormalization', [name, o.input(1), o.input(2), zeros, ones], { epsilon: 0 })), layout);
  },
});

export function affine(g: Graph, x: Tensor, factor: Tensor, shift: Tensor): Tensor {
  return at(g.apply(affineOp, [x, factor, shift], {}), 0);
}

/** Batch normalisation as layers use it: the result and the batch's statistics. */
export function batchNormalise(
  g: Graph,
  x: Tensor,
  factor: Tensor,
  shift: Tensor,
  epsilon: number,
): { readonly y: Tensor; readonly mean: Tensor; readonly variance: Tensor } {
  const [y, mean, variance] = g.apply(batchNormaliseOp, [x, factor, shift], { epsilon });
  if (!y || !mean || !variance) throw new Error('A batch normalisation has three results.');
  return { y, mean, variance };
}

/** Normalisation by statistics that are known: one affine map. */
export function normaliseBy(
  g: Graph,
  x: Tensor,
  statistics: { readonly mean: Tensor; readonly variance: Tensor; readonly factor: Tensor; readonly shift: Tensor },
  epsilon: number,
): Tensor {
  const deviation = unary(g, 'sqrt', add(g, statistics.variance, scalar(g, epsilon)));
  const factor = divide(g, statistics.factor, deviation);
  const shift = subtract(g, statistics.shift, multiply(g, statistics.mean, factor));
  return affine(g, x, factor, reshape(g, shift, factor.shape));
}

/** ONNX wants the channels second: images come so, all else as a matrix [places, channels]. */
function matrixForm(
  ready: 'rows' | 'channels',
  x: Tensor | undefined,
  input: (layout: 'rows' | 'channels') => string,
  op: (type: string, inputs: readonly string[]) => string,
  ints: (values: readonly number[]) => string,
) {
  const shape = x?.shape ?? [];
  if (shape.length === 2) return { name: input('rows'), layout: 'rows' as const, back: (name: string) => name };
  if (ready === 'channels')
    return { name: input('channels'), layout: 'channels' as const, back: (name: string) => name };
  return {
    name: op('Reshape', [input('rows'), ints([-1, at(shape, -1)])]),
    layout: 'rows' as const,
    back: (name: string) => op('Reshape', [name, ints(shape)]),
  };
}
