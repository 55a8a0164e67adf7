/** What the two halves of an LSTM share on TensorFlow: its lanes, what a step leaves for its gradient, the order of gates. */
import type { LstmAttributes, LstmGradientAttributes } from '../../program/ops/lstm.ts';
import { at } from '../../program/tensor.ts';
import type { TensorflowNode } from '../emitter.ts';
import { concatenate, slice, split } from './space.ts';

export type T = TensorflowNode<LstmAttributes> | TensorflowNode<LstmGradientAttributes>;

/** What a step leaves for its gradient. */
export interface Step {
  readonly x: string;
  readonly cellBefore: string;
  readonly stateBefore: string;
  /** i, cs, f, o, ci, co: as the kernels give and take them. */
  readonly saved: readonly string[];
  /** Ones where the mask lets the step count, [batch, 1]. */
  readonly real: string | undefined;
}

/** Some of the batch's examples, read by themselves. */
export interface Lane {
  readonly from: number;
  readonly size: number;
}

export interface Forward extends Lane {
  readonly steps: readonly Step[];
  /** Everything but x that the kernels take: joined kernels, peepholes (none), bias. */
  readonly weights: readonly string[];
  /** [time, batch, n]. */
  readonly x: string;
  /** The states after each step, [time, batch, units], and those before the first. */
  readonly states: string;
  readonly cells: string;
  readonly before: string;
}

export const kernelAttributes = { T: { type: 'float32' }, use_peephole: { flag: false } } as const;

/** Examples that are worth a lane of their own: below that the products lose more than another thread brings. */
const fewest = 16;

/** As many lanes as can run at once, about equal. */
export function lanesOf(wanted: number, batch: number): readonly Lane[] {
  const count = Math.max(1, Math.min(wanted, Math.floor(batch / fewest)));
  const start = (lane: number): number => Math.floor((lane * batch) / count);
  return Array.from({ length: count }, (_, i) => ({ from: start(i), size: start(i + 1) - start(i) }));
}

/** A lane's part of a tensor along an axis; the other sizes are given. */
export function laneOf(t: T, { from, size }: Lane, name: string, shape: readonly number[], axis: number): string {
  if (size === sizesOf(t).batch) return name;
  const begin = shape.map((_, i) => (i === axis ? from : 0));
  return slice(
    t,
    name,
    begin,
    shape.map((length, i) => (i === axis ? size : length)),
  );
}

export function noteOf(sequence: number): string {
  return `lstm ${sequence}`;
}

export function sizesOf(t: T) {
  const [batch = 1, time = 1, n = 1] = at(t.node.inputs, 0).shape;
  return { batch, time, n, units: at(at(t.node.inputs, 2).shape, 0) };
}

/** [batch, time, …] becomes [time, batch, …] in the order of reading. */
export function timeFirst(t: T, name: string): string {
  return reversed(t, turned(t, name));
}

export function timeSecond(t: T, name: string): string {
  return turned(t, reversed(t, name));
}

function turned(t: T, name: string): string {
  return t.typed('Transpose', [name, t.ints([1, 0, 2])], 'float32', { Tperm: { type: 'int32' } });
}

function reversed(t: T, name: string): string {
  if (!t.node.attributes.backwards) return name;
  return t.typed('ReverseV2', [name, t.ints([0])], 'float32', { Tidx: { type: 'int32' } });
}

/** Gates in Keras' order along an axis come into the kernels' order. */
export function reordered(t: T, name: string, axis: number): string {
  const key = `lstm order ${name}`;
  const before = t.notes.get(key);
  if (typeof before === 'string') return before;
  const [i = '', f = '', c = '', o = ''] = split(t, name, axis, 4);
  const made = concatenate(t, [i, c, f, o], axis);
  t.notes.set(key, made);
  return made;
}

export function sum(t: T, a: string | undefined, b: string | undefined): string | undefined {
  return a !== undefined && b !== undefined ? t.typed('AddV2', [a, b], 'float32') : (a ?? b);
}

export function unstacked(t: T, name: string, steps: number): readonly string[] {
  return t.ops('Unpack', [name], steps, { T: { type: 'float32' }, num: { int: steps }, axis: { int: 0 } });
}

export function product(t: T, a: string, b: string, transposeA: boolean, transposeB: boolean): string {
  const attributes = { transpose_a: { flag: transposeA }, transpose_b: { flag: transposeB } };
  return t.typed('MatMul', [a, b], 'float32', attributes);
}

export function reshape(t: T, name: string, shape: readonly number[]): string {
  return t.typed('Reshape', [name, t.ints(shape)], 'float32', { Tshape: { type: 'int32' } });
}
