/**
 * The builder that catalogue entries are lowered with: what is said about one example is mapped over the batch, as `vmap`
 * does, and becomes nodes of a program.
 */
import type { Builder, Call, CatalogEntry, Value, ValueType } from '../language/index.ts';
import { aligned, axisOf, type Built, built, perExample, whole, wrap } from './built.ts';
import { lowerGru } from './gru.ts';
import { lowerLstm } from './lstm.ts';
import { mapMark } from './marks.ts';
import type { Graph } from './program/graph.ts';
import { add, binary, multiply } from './program/ops/binary.ts';
import { broadcastTo } from './program/ops/broadcast.ts';
import { castTo } from './program/ops/cast.ts';
import { concat } from './program/ops/concat.ts';
import { constantOf, scalar } from './program/ops/constant.ts';
import { conv2d, conv2dInput } from './program/ops/conv2d.ts';
import { gelu } from './program/ops/gelu.ts';
import { largest } from './program/ops/largest.ts';
import { argmax, cumsum, gather, oneHot, pick } from './program/ops/lookup.ts';
import { matmul } from './program/ops/matmul.ts';
import { batchNormalise, layerNormalise, normaliseBy } from './program/ops/normalise.ts';
import { pad } from './program/ops/pad.ts';
import { maxPool, meanPool } from './program/ops/pool.ts';
import { reduce } from './program/ops/reduce.ts';
import { reshape } from './program/ops/reshape.ts';
import { slice } from './program/ops/slice.ts';
import { softmax } from './program/ops/softmax.ts';
import { stopGradient } from './program/ops/stop-gradient.ts';
import { transpose } from './program/ops/transpose.ts';
import { unary } from './program/ops/unary.ts';
import { select } from './program/ops/where.ts';
import type { RandomDraw } from './program/program.ts';
import { at, sizeOf, type Tensor } from './program/tensor.ts';

/** What building needs from outside the graph. */
export interface BuilderContext {
  readonly g: Graph;
  readonly batch: number;
  readonly training: boolean;
  /** An entry by its key, for activations. */
  readonly entry: (key: string) => CatalogEntry | undefined;
  /** Numbers by chance that the engine draws in each step. */
  readonly draw: (kind: RandomDraw['kind'], shape: readonly number[], rate: number) => Tensor;
  /** The value that a moving statistic has after this step. */
  readonly moving: (weight: Tensor) => Tensor;
  readonly move: (weight: Tensor, next: Tensor) => void;
  /** Told where examples meet each other. */
  readonly meet?: () => void;
}

export function createBuilder(context: BuilderContext): Builder {
  const builder: Builder = {
    training: context.training,
    get batchSize() {
      context.meet?.();
      return context.batch;
    },
    ...makers(context),
    ...elementwise(context, () => builder),
    ...algebra(context),
    ...images(context),
    ...shapes(context),
    ...reductions(context),
    ...norms(context),
    ...chance(context),
    lstm: (x, weights, options) => lowerLstm(builder, context, x, weights, options),
    gru: (x, weights, options) => lowerGru(context, x, weights, options),
  };
  return builder;
}

function makers({ g }: BuilderContext) {
  return {
    scalar: (value: number, dtype: ValueType = 'float32') => wrap(scalar(g, value, dtype), false),
    constant: (data: readonly number[], shape: readonly number[], dtype: ValueType = 'float32') =>
      wrap(constantOf(g, data, shape, dtype), false),
    iota: (n: number) =>
      wrap(
        constantOf(
          g,
          Array.from({ length: n }, (_, i) => i),
          [n],
          'int32',
        ),
        false,
      ),
    fill: (value: number, shape: readonly number[], dtype: ValueType = 'float32') =>
      wrap(broadcastTo(g, scalar(g, value, dtype), shape), false),
  };
}

function elementwise(context: BuilderContext, builder: () => Builder) {
  const { g } = context;
  const together = (values: readonly Value[], apply: (tensors: readonly Tensor[]) => Tensor): Built => {
    const all = values.map(built);
    const rank = Math.max(...all.map((value) => value.shape.length));
    const batched = all.some((value) => value.perExample);
    return wrap(apply(all.map((value) => aligned(context, value, rank))), batched);
  };
  const single = (x: Value, apply: (tensor: Tensor) => Tensor): Built => wrap(apply(built(x).tensor), x.perExample);
  const part: Pick<Builder, 'unary' | 'binary' | 'where' | 'cast' | 'stopGradient' | 'activate' | 'logits'> = {
    unary(op, x) {
      const y = single(x, (t) => unary(g, op, t));
      return op === 'sigmoid' ? { ...y, mark: { kind: 'sigmoid', logits: built(x) } } : y;
    },
    binary: (op, a, b) => together([a, b], (tensors) => binary(g, op, at(tensors, 0), at(tensors, 1))),
    where: (condition, a, b) =>
      together([condition, a, b], (tensors) => select(g, at(tensors, 0), at(tensors, 1), at(tensors, 2))),
    cast: (x, dtype) => (x.dtype === dtype ? x : single(x, (t) => castTo(g, t, dtype))),
    stopGradient: (x) => ({ ...single(x, (t) => stopGradient(g, t)), ...markOf(x) }),
    activate(x, activation) {
      if (!activation) return x;
      return activate(context, builder(), x, activation);
    },
    logits(x, kind) {
      const { mark } = built(x);
      return mark?.kind === kind ? mark.logits : undefined;
    },
  };
  return part;
}

function markOf(x: Value): Pick<Built, 'mark'> {
  const { mark } = built(x);
  return mark ? { mark } : {};
}

/** Activations that the engines have in one piece; all others by their entry. */
function activate({ g, entry }: BuilderContext, builder: Builder, x: Value, activation: Call): Value {
  const name = activation.call;
  if (name === 'model/gelu' || name === 'model/geluTanh') {
    return wrap(gelu(g, built(x).tensor, name === 'model/geluTanh'), x.perExample);
  }
  const found = entry(name);
  if (found?.kind !== 'operation') throw new Error(`The catalogue has no activation '${name}'.`);
  const result = found.lower(builder, { x }, {}, activation.settings);
  return Array.isArray(result) ? at(result, 0) : (result as Value);
}

/** Whether an operation is one that `activate` has in one piece. */
export function isFusedActivation(op: string): boolean {
  return op === 'model/gelu' || op === 'model/geluTanh';
}

function algebra(context: BuilderContext) {
  const { g } = context;
  const part: Pick<Builder, 'matmul' | 'dense'> = {
    matmul(a, b, options = {}) {
      const [x, y] = [built(a), built(b)];
      // Rows of all examples at once through one matrix.
      if (x.perExample && !y.perExample && y.shape.length === 2 && options.transposeA !== true) {
        const inner = at(x.shape, -1);
        const rows = reshape(
          g,
          x.tensor,
          [-1, inner].map((n) => (n < 0 ? sizeOf(x.tensor.shape) / inner : n)),
        );
        const product = matmul(g, rows, y.tensor, { transposeB: options.transposeB === true });
        return wrap(reshape(g, product, [...x.tensor.shape.slice(0, -1), at(product.shape, -1)]), true);
      }
      const rank = Math.max(x.shape.length, y.shape.length);
      const product = matmul(g, aligned(context, x, rank), aligned(context, y, rank), options);
      return wrap(product, x.perExample || y.perExample);
    },
    dense(x, kernel, bias) {
      const [value, weight] = [built(x), built(kernel)];
      const inner = at(value.shape, -1);
      const rows = reshape(g, value.tensor, [sizeOf(value.tensor.shape) / inner, inner]);
      const product = matmul(g, rows, weight.tensor, bias ? { bias: built(bias).tensor } : {});
      const outer = value.tensor.shape.slice(0, -1);
      return wrap(reshape(g, product, [...outer, at(product.shape, -1)]), value.perExample);
    },
  };
  return part;
}

function images(context: BuilderContext) {
  const { g } = context;
  /** The batch and all axes before an image's three become one axis, as if each image were an example of its own. */
  const imagewise = (x: Value, apply: (tensor: Tensor) => Tensor): Built => {
    const { tensor, perExample: batched } = built(x);
    const [leading, image] = [tensor.shape.slice(0, -3), tensor.shape.slice(-3)];
    const y = apply(reshape(g, tensor, [sizeOf(leading), ...image]));
    return wrap(reshape(g, y, [...leading, ...y.shape.slice(1)]), batched);
  };
  const part: Pick<Builder, 'conv2d' | 'conv2dTranspose' | 'maxPool2d' | 'avgPool2d'> = {
    conv2d: (x, kernel, options, bias) =>
      imagewise(x, (t) => conv2d(g, t, built(kernel).tensor, { ...options }, bias && built(bias).tensor)),
    conv2dTranspose: (x, kernel, { stride, padding, output }, bias) =>
      imagewise(x, (t) => {
        const weight = built(kernel).tensor;
        const shape = [at(t.shape, 0), ...output, at(weight.shape, 2)];
        const y = conv2dInput(g, t, weight, shape, { stride, padding, dilation: [1, 1], groups: 1 });
        return bias ? add(g, y, built(bias).tensor) : y;
      }),
    maxPool2d: (x, window) =>
      imagewise(x, (t) => castTo(g, maxPool(g, castTo(g, t, 'float32'), { ...window }), x.dtype)),
    avgPool2d: (x, window) => imagewise(x, (t) => meanPool(g, castTo(g, t, 'float32'), { ...window })),
  };
  return part;
}

function shapes(context: BuilderContext) {
  const { g } = context;
  const part: Pick<Builder, 'reshape' | 'transpose' | 'concat' | 'slice' | 'pad' | 'broadcastTo'> = {
    reshape: (x, shape) =>
      mapMark(x, (v) => wrap(reshape(g, v.tensor, whole(context, shape, v.perExample)), v.perExample)),
    transpose: (x, order) =>
      mapMark(x, (v) => {
        const axes = order.map((axis) => axisOf(v, axis));
        return wrap(transpose(g, v.tensor, v.perExample ? [0, ...axes] : axes), v.perExample);
      }),
    concat: (values, axis) => concatValues(context, values, axis),
    slice: (x, ranges) =>
      mapMark(x, (v) => {
        const all = v.perExample ? [[0, context.batch, 1], ...ranges] : ranges;
        return wrap(slice(g, v.tensor, all), v.perExample);
      }),
    pad: (x, amounts, value) => {
      const v = built(x);
      return wrap(pad(g, v.tensor, v.perExample ? [[0, 0], ...amounts] : amounts, value), v.perExample);
    },
    broadcastTo: (x, shape) => {
      const v = built(x);
      return wrap(broadcastTo(g, aligned(context, v, shape.length), whole(context, shape, v.perExample)), v.perExample);
    },
  };
  return part;
}

/** Values that depend on the example and values that do not are joined as if all did. */
function concatValues(context: BuilderContext, values: readonly Value[], axis: number): Built {
  const mixed = values.some((value) => value.perExample);
  const join = (parts: readonly Built[]): Built => {
    const ready = parts.map((part) => (mixed ? perExample(context, part) : part));
    return wrap(
      concat(
        context.g,
        ready.map((part) => part.tensor),
        axisOf(at(ready, 0), axis),
      ),
      mixed,
    );
  };
  const parts = values.map(built);
  const kind = parts[0]?.mark?.kind;
  const scores = parts.flatMap((part) => (kind && part.mark?.kind === kind ? [part.mark.logits] : []));
  const joined = join(parts);
  if (!kind || scores.length < parts.length) return joined;
  return { ...joined, mark: { kind, logits: join(scores) } };
}

function reductions(context: BuilderContext) {
  const { g } = context;
  const part: Pick<
    Builder,
    'reduce' | 'argmax' | 'largest' | 'cumsum' | 'gather' | 'pick' | 'oneHot' | 'softmax' | 'logSoftmax'
  > = {
    reduce(op, x, axes, keep) {
      const v = built(x);
      return wrap(
        reduce(
          g,
          op,
          v.tensor,
          axes.map((axis) => axisOf(v, axis)),
          keep,
        ),
        v.perExample,
      );
    },
    argmax: (x, axis) => wrap(argmax(g, built(x).tensor, axisOf(built(x), axis)), x.perExample),
    largest: (x, count) => wrap(largest(g, built(x).tensor, count), x.perExample),
    cumsum: (x, axis) => wrap(cumsum(g, built(x).tensor, axisOf(built(x), axis)), x.perExample),
    gather: (table, index) => gatherRows(context, built(table), built(index)),
    pick(x, index) {
      const [v, k] = [built(x), built(index)];
      const batched = v.perExample || k.perExample;
      const [values, places] = batched ? [perExample(context, v), perExample(context, k)] : [v, k];
      const leading = values.tensor.shape.slice(0, -1);
      return wrap(pick(g, values.tensor, broadcastTo(g, places.tensor, leading)), batched);
    },
    oneHot: (index, depth) => wrap(oneHot(g, built(index).tensor, depth), index.perExample),
    softmax(x, axis) {
      const v = built(x);
      const y = wrap(softmax(g, v.tensor, axisOf(v, axis)), v.perExample);
      return { ...y, mark: { kind: 'softmax', logits: v } };
    },
    logSoftmax: (x, axis) => wrap(softmax(g, built(x).tensor, axisOf(built(x), axis), true), x.perExample),
  };
  return part;
}

/** A table that differs from example to example becomes one long table, and each index is moved to its own part. */
function gatherRows(context: BuilderContext, table: Built, index: Built): Built {
  const { g, batch } = context;
  if (!table.perExample) return wrap(gather(g, table.tensor, index.tensor), index.perExample);
  const rows = at(table.shape, 0);
  const long = reshape(g, table.tensor, [batch * rows, ...table.shape.slice(1)]);
  const places = perExample(context, index);
  const starts = constantOf(
    g,
    Array.from({ length: batch }, (_, i) => i * rows),
    [batch],
    'int32',
  );
  const moved = reshape(g, starts, [batch, ...places.shape.map(() => 1)]);
  return wrap(gather(g, long, add(g, castTo(g, places.tensor, 'int32'), moved)), true);
}

function norms(context: BuilderContext) {
  const { g, training } = context;
  const part: Pick<Builder, 'layerNorm' | 'batchNorm'> = {
    layerNorm(x, factor, shift, epsilon) {
      let y = layerNormalise(g, built(x).tensor, epsilon);
      if (factor) y = multiply(g, y, built(factor).tensor);
      if (shift) y = add(g, y, built(shift).tensor);
      return wrap(y, x.perExample);
    },
    batchNorm(x, weights, { momentum, epsilon }) {
      const tensor = built(x).tensor;
      const channels = at(tensor.shape, -1);
      const [mean, variance] = [built(weights.mean).tensor, built(weights.variance).tensor];
      const filled = (value: number): Tensor => constantOf(g, new Array<number>(channels).fill(value), [channels]);
      const factor = weights.scale ? built(weights.scale).tensor : filled(1);
      const shift = weights.shift ? built(weights.shift).tensor : filled(0);
      if (!training) return wrap(normaliseBy(g, tensor, { mean, variance, factor, shift }, epsilon), x.perExample);
      context.meet?.();
      const result = batchNormalise(g, tensor, factor, shift, epsilon);
      const move = (weight: Tensor, batchValue: Tensor): void => {
        const kept = multiply(g, context.moving(weight), scalar(g, momentum));
        context.move(weight, add(g, kept, multiply(g, batchValue, scalar(g, 1 - momentum))));
      };
      move(mean, result.mean);
      move(variance, result.variance);
      return wrap(result.y, x.perExample);
    },
  };
  return part;
}

function chance(context: BuilderContext) {
  const { g, training, batch } = context;
  const part: Pick<Builder, 'random' | 'dropout' | 'batch'> = {
    random: (kind, shape) => wrap(context.draw(kind, [batch, ...shape], 0), true),
    dropout(x, rate) {
      if (!training || rate === 0) return x;
      const value = perExample(context, built(x));
      return wrap(multiply(g, value.tensor, context.draw('keep', value.tensor.shape, rate)), true);
    },
    batch(x) {
      context.meet?.();
      return wrap(perExample(context, built(x)).tensor, false);
    },
  };
  return part;
}
