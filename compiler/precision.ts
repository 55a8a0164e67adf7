/**
 * Training with products in 16 bits. Slopes too small for 16 bits would become zero, so the loss is multiplied by a scale before
 * the way back and the gradients divided by it behind; where one overflows the whole update is left out and the scale
 * halved, and after many good updates it is doubled. Scale and count are state of the optimizer that belongs to no weight, so
 * that checkpoints hold them and a resumed run goes on with the same bits.
 */
import type { Graph } from './program/graph.ts';
import { add, binary, divide, multiply } from './program/ops/binary.ts';
import { castTo } from './program/ops/cast.ts';
import { scalar } from './program/ops/constant.ts';
import { select } from './program/ops/where.ts';
import type { ProgramInput, ProgramOutput } from './program/program.ts';
import type { Tensor } from './program/tensor.ts';

export interface Scaling {
  readonly scale: Tensor;
  /** Updates since the scale changed. */
  readonly good: Tensor;
}

/** PyTorch's numbers. */
const first = 65536;
const patience = 2000;
const least = 1;
const most = 2 ** 24;
/** What is larger has overflowed on its way. */
const overflow = 3e38;

const names = { scale: '/scale', good: '/good' } as const;

export function createScaling(g: Graph, inputs: ProgramInput[]): Scaling {
  const state = (name: string, initial: number): Tensor => {
    const tensor = g.input({ dtype: 'float32', shape: [] });
    inputs.push({ kind: 'state', name, initial, tensor });
    return tensor;
  };
  return { scale: state(names.scale, first), good: state(names.good, 0) };
}

/** A gradient of the scaled loss as one of the loss. */
export function unscaled(g: Graph, gradient: Tensor, { scale }: Scaling): Tensor {
  return divide(g, gradient, scale);
}

/** Whether the gradients of this norm are numbers. */
export function isWhole(g: Graph, norm: Tensor): Tensor {
  return binary(g, 'less', norm, scalar(g, overflow));
}

/** Keeps what was where the update is left out. */
export function guarded(g: Graph, whole: Tensor, next: Tensor, before: Tensor): Tensor {
  return select(g, whole, next, before);
}

/** Scale and count for the next update. */
export function nextScaling(g: Graph, whole: Tensor, { scale, good }: Scaling): readonly ProgramOutput[] {
  const count = multiply(g, add(g, good, scalar(g, 1)), castTo(g, whole, 'float32'));
  const isLong = binary(g, 'greaterEqual', count, scalar(g, patience));
  const doubled = binary(g, 'minimum', multiply(g, scale, scalar(g, 2)), scalar(g, most));
  const halved = binary(g, 'maximum', multiply(g, scale, scalar(g, 0.5)), scalar(g, least));
  const kept = select(g, isLong, doubled, scale);
  return [
    { kind: 'state', name: names.scale, tensor: select(g, whole, kept, halved) },
    { kind: 'state', name: names.good, tensor: select(g, isLong, scalar(g, 0), count) },
  ];
}
