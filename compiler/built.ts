/** What a value under construction really is: a tensor of the program, with the batch as its first axis where it depends on the example. */
import type { Value } from '../language/index.ts';
import type { Graph } from './program/graph.ts';
import { broadcastTo } from './program/ops/broadcast.ts';
import { reshape } from './program/ops/reshape.ts';
import type { Tensor } from './program/tensor.ts';

export interface Built extends Value {
  readonly tensor: Tensor;
  /** The scores that this is the softmax or sigmoid of. */
  readonly mark?: { readonly kind: 'softmax' | 'sigmoid'; readonly logits: Built };
}

export interface Batching {
  readonly g: Graph;
  readonly batch: number;
}

/** Only the builder makes values, so every value is one of these. */
export function built(value: Value): Built {
  return value as Built;
}

export function wrap(tensor: Tensor, perExample: boolean, mark?: Built['mark']): Built {
  const shape = perExample ? tensor.shape.slice(1) : tensor.shape;
  return { dtype: tensor.dtype, shape, perExample, tensor, ...(mark ? { mark } : {}) };
}

/** Shape with the batch in front where there is one. */
export function whole({ batch }: Batching, shape: readonly number[], perExample: boolean): readonly number[] {
  return perExample ? [batch, ...shape] : shape;
}

/** The tensor with ones put between batch and example axes, so that it broadcasts against values of `rank` example axes. */
export function aligned(context: Batching, value: Built, rank: number): Tensor {
  const missing = rank - value.shape.length;
  if (!value.perExample || missing <= 0) return value.tensor;
  return reshape(context.g, value.tensor, [context.batch, ...new Array<number>(missing).fill(1), ...value.shape]);
}

/** The same for every example, made as if it were not. */
export function perExample(context: Batching, value: Built): Built {
  if (value.perExample) return value;
  return wrap(broadcastTo(context.g, value.tensor, [context.batch, ...value.shape]), true, value.mark);
}

/** An axis of the example as an axis of the tensor; negative ones count from the end. */
export function axisOf(value: Built, axis: number): number {
  return (axis < 0 ? axis + value.shape.length : axis) + (value.perExample ? 1 : 0);
}
