/**
 * What a catalogue entry is lowered with. The compiler implements it.
 *
 * Everything is said about ONE example: axes and shapes never count the batch. The builder maps each call over the batch
 * (as `vmap` does), so an entry cannot mix examples by accident; `batch` is the one door out, for losses and batch statistics.
 * A value that does not depend on the example (a weight, `iota`) has no batch axis and broadcasts against the rest.
 * Sizes are numbers here: the plan has bound every symbol. Layout is channels last; kernels are [height, width, in, out].
 */
import type { Call } from '../plan/plan.ts';

export type ValueType = 'float32' | 'int32' | 'uint8' | 'bool';

/** A value under construction. Only the builder looks inside. */
export interface Value {
  readonly dtype: ValueType;
  /** Of one example. */
  readonly shape: readonly number[];
  readonly perExample: boolean;
}

export type UnaryOp =
  | 'negate'
  | 'not'
  | 'exp'
  | 'log'
  | 'log1p'
  | 'sqrt'
  | 'rsqrt'
  | 'abs'
  | 'square'
  | 'sign'
  | 'sin'
  | 'cos'
  | 'erf'
  | 'round'
  | 'floor'
  | 'ceil'
  | 'relu'
  | 'sigmoid'
  | 'tanh'
  | 'softplus';
export type BinaryOp =
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'floorDivide'
  | 'modulo'
  | 'power'
  | 'minimum'
  | 'maximum'
  | 'equal'
  | 'notEqual'
  | 'less'
  | 'lessEqual'
  | 'greater'
  | 'greaterEqual'
  | 'and'
  | 'or';
export type ReduceOp = 'sum' | 'mean' | 'max' | 'min' | 'prod';
/** Per spatial axis: cells added before and after. */
export type Padding2D = readonly [readonly [number, number], readonly [number, number]];

export interface Window2D {
  readonly window: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: Padding2D;
}

export interface Builder {
  /** True while the training step is built: dropout drops, BatchNorm uses the batch's statistics. */
  readonly training: boolean;

  // ---- values without an input
  scalar(value: number, dtype?: ValueType): Value;
  constant(data: readonly number[], shape: readonly number[], dtype?: ValueType): Value;
  /** 0, 1, … n − 1 as int32[n]. */
  iota(n: number): Value;
  fill(value: number, shape: readonly number[], dtype?: ValueType): Value;

  // ---- elementwise, with NumPy's broadcasting of the example's axes
  unary(op: UnaryOp, x: Value): Value;
  binary(op: BinaryOp, a: Value, b: Value): Value;
  where(condition: Value, a: Value, b: Value): Value;
  cast(x: Value, dtype: ValueType): Value;
  stopGradient(x: Value): Value;
  /** An activation by its catalogue key, `null` for none. Fused by the engine where that pays. */
  activate(x: Value, activation: Call | null): Value;

  // ---- linear algebra
  /** Over the last two axes, leading ones broadcast: [..., n, k] × [..., k, m] → [..., n, m]. `transposeA/B` swap the last two first. */
  matmul(a: Value, b: Value, options?: { readonly transposeA?: boolean; readonly transposeB?: boolean }): Value;
  /** [..., n] × [n, m] (+ [m]) → [..., m]: the last axis through a matrix. */
  dense(x: Value, kernel: Value, bias?: Value): Value;

  // ---- windows over [..., height, width, channels]: images in leading axes are treated each on their own
  conv2d(
    x: Value,
    kernel: Value,
    options: {
      readonly stride: readonly [number, number];
      readonly padding: Padding2D;
      readonly dilation: readonly [number, number];
      readonly groups: number;
    },
    bias?: Value,
  ): Value;
  /** The gradient of a convolution with respect to its input, as a layer: kernel [h, w, out, in]; `output` is the result's [height, width]. */
  conv2dTranspose(
    x: Value,
    kernel: Value,
    options: {
      readonly stride: readonly [number, number];
      readonly padding: Padding2D;
      readonly output: readonly [number, number];
    },
    bias?: Value,
  ): Value;
  maxPool2d(x: Value, window: Window2D): Value;
  /** Divides by the cells inside the image unless `countPadding`. */
  avgPool2d(x: Value, window: Window2D & { readonly countPadding: boolean }): Value;

  // ---- shape
  reshape(x: Value, shape: readonly number[]): Value;
  transpose(x: Value, order: readonly number[]): Value;
  concat(values: readonly Value[], axis: number): Value;
  /** Per axis [start, end, step]; positive numbers, end exclusive. */
  slice(x: Value, ranges: readonly (readonly [number, number, number])[]): Value;
  pad(x: Value, amounts: readonly (readonly [number, number])[], value: number): Value;
  broadcastTo(x: Value, shape: readonly number[]): Value;

  // ---- reductions and lookups
  reduce(op: ReduceOp, x: Value, axes: readonly number[], keep: boolean): Value;
  argmax(x: Value, axis: number): Value;
  /** Places of the `count` largest numbers of the last axis, largest first, of equal ones the first one first: int32[..., count]. */
  largest(x: Value, count: number): Value;
  cumsum(x: Value, axis: number): Value;
  /** Rows of `table` ([n, ...rest]) at `index` (int32[...]): [..., ...rest]. */
  gather(table: Value, index: Value): Value;
  /** One number per place of `index` from the last axis of `x`: x [..., n], index int32[...] → [...]. */
  pick(x: Value, index: Value): Value;
  oneHot(index: Value, depth: number): Value;
  softmax(x: Value, axis: number): Value;
  logSoftmax(x: Value, axis: number): Value;
  /**
   * The scores that `x` is the softmax (or sigmoid) of, carried through squeeze, expand, reshape, transpose, indexing and
   * concat of equally marked values; undefined where `x` is no probability. Losses use it for the stable fused form.
   */
  logits(x: Value, kind: 'softmax' | 'sigmoid'): Value | undefined;

  // ---- normalisation
  layerNorm(x: Value, scale: Value | undefined, shift: Value | undefined, epsilon: number): Value;
  /**
   * Over the batch and all axes but the last. While training it uses the batch's statistics and moves `mean` and `variance`
   * (moving = momentum · moving + (1 − momentum) · batch's, biased variance as Keras); else it uses the moving ones.
   */
  batchNorm(
    x: Value,
    weights: { readonly scale?: Value; readonly shift?: Value; readonly mean: Value; readonly variance: Value },
    options: { readonly momentum: number; readonly epsilon: number },
  ): Value;

  // ---- recurrence
  /**
   * LSTM over [time, n]: kernel [n, 4u], recurrent [u, 4u], bias [4u], gates in Keras' order (input, forget, cell, output).
   * `mask` bool[time]: where false the state is carried and the previous output repeated. `backwards` reads from the end;
   * `sequence` is in the order of time either way (Keras' Bidirectional).
   */
  lstm(
    x: Value,
    weights: {
      readonly kernel: Value;
      readonly recurrent: Value;
      readonly bias?: Value;
      /** [units, shown]: the output of a step is the shown state through it. */
      readonly projection?: Value;
    },
    options: {
      readonly units: number;
      readonly activation: Call | null;
      readonly gate: Call | null;
      readonly backwards: boolean;
      readonly mask?: Value;
      /** What the old output is multiplied with on its way into the gates. */
      readonly kept?: Value;
      readonly initial?: { readonly h: Value; readonly c: Value };
    },
  ): { readonly sequence: Value; readonly h: Value; readonly c: Value };

  /**
   * GRU over [time, n] with tanh and sigmoid that resets after the matrix: kernel [n, 3u], recurrent [u, 3u], bias [2, 3u], gates in
   * Keras' order (update, reset, content). `mask` and `backwards` as for `lstm`.
   */
  gru(
    x: Value,
    weights: { readonly kernel: Value; readonly recurrent: Value; readonly bias?: Value },
    options: {
      readonly units: number;
      readonly backwards: boolean;
      readonly mask?: Value;
      readonly initial?: Value;
    },
  ): { readonly sequence: Value; readonly h: Value };

  // ---- chance: fresh for each example and step, seeded by run, step and the node's path, so that a resumed run repeats it
  random(kind: 'normal' | 'uniform', shape: readonly number[]): Value;
  /** Inverted dropout while training; the identity otherwise. */
  dropout(x: Value, rate: number): Value;

  // ---- the batch
  /** The whole batch as one batch-free value with the batch as its first axis. */
  batch(x: Value): Value;
  /** Number of examples in the batch. */
  readonly batchSize: number;
}
