/** The types of the tensor language: a program is a list of nodes, each a primitive applied to tensors of known size. */
import type { OnnxNode } from '../onnx/emitter.ts';
import type { Graph } from './graph.ts';
import type { NdArray } from './ndarray.ts';

export type DType = 'float32' | 'int32' | 'uint8' | 'bool';

export interface TensorInfo {
  readonly dtype: DType;
  readonly shape: readonly number[];
}

/** A value of a program. `id` is its place in the order of creation, so that producers have smaller ids than users. */
export interface Tensor extends TensorInfo {
  readonly id: number;
}

export type Attribute =
  | number
  | string
  | boolean
  | undefined
  | readonly number[]
  | readonly (readonly number[])[]
  | Float32Array
  | Int32Array;

export type Attributes = Readonly<Record<string, Attribute>>;

export interface Node<A extends Attributes = Attributes> {
  readonly primitive: Primitive;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly attributes: A;
  /** Path of the layer that asked for it; '' for what belongs to none. */
  readonly layer: string;
  /** False for what the gradients added. */
  readonly forward: boolean;
}

/** What a primitive is: shape rule, arithmetic, gradient in terms of primitives, cost, and its form on each engine. */
export interface Primitive<A extends Attributes = Attributes> {
  readonly name: string;
  /** Types of the results. Throws where the inputs do not fit: a bug of the caller, never of the user. */
  result(inputs: readonly TensorInfo[], attributes: A): readonly TensorInfo[];
  /** In float64; the oracle of every engine. */
  evaluate(inputs: readonly NdArray[], attributes: A, outputs: readonly TensorInfo[]): readonly Float64Array[];
  /** Gradients of the inputs from those of the outputs; undefined where nothing flows. */
  gradient?(g: Graph, node: Node<A>, outputs: readonly (Tensor | undefined)[]): readonly (Tensor | undefined)[];
  /** Multiply-adds. */
  macs?(inputs: readonly TensorInfo[], outputs: readonly TensorInfo[], attributes: A): number;
  onnx(o: OnnxNode<A>): void;
}

/** Gives an object literal the type of a primitive, its attributes inferred. */
export function primitive<A extends Attributes>(definition: Primitive<A>): Primitive<A> {
  return definition;
}

export function sizeOf(shape: readonly number[]): number {
  let n = 1;
  for (const size of shape) n *= size;
  return n;
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, i) => size === b[i]);
}

/** An element that is known to be there. Only for indices that the code itself has bounded. */
export function at<T>(list: ArrayLike<T>, index: number): T {
  const value = list[index < 0 ? list.length + index : index];
  if (value === undefined) throw new Error(`No element ${index} in a list of ${list.length}.`);
  return value;
}

/** NumPy's broadcasting of two shapes. */
export function broadcastShapes(a: readonly number[], b: readonly number[]): readonly number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const m = a[a.length - rank + i] ?? 1;
    const n = b[b.length - rank + i] ?? 1;
    if (m !== n && m !== 1 && n !== 1) throw new Error(`Cannot broadcast [${a.join(', ')}] with [${b.join(', ')}].`);
    return m === 1 ? n : m;
  });
}
