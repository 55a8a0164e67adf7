/** A primitive with inputs that are held against the interpreter, differences and each engine. */
import type { Graph } from '../../compiler/program/graph.ts';
import type { Tensor } from '../../compiler/program/tensor.ts';

export interface Case {
  readonly name: string;
  /** Shapes of the float32 inputs. */
  readonly inputs: readonly (readonly number[])[];
  build(g: Graph, inputs: readonly Tensor[]): Tensor;
  /** Where the inputs lie. */
  readonly range?: readonly [number, number];
  /** Not smooth everywhere, or flat: gradients are not compared with differences. */
  readonly rough?: true;
}

/** Of one input, and of two. */
export const one = (build: (g: Graph, x: Tensor) => Tensor) => (g: Graph, inputs: readonly Tensor[]) =>
  build(g, inputs[0]!);
export const two = (build: (g: Graph, a: Tensor, b: Tensor) => Tensor) => (g: Graph, inputs: readonly Tensor[]) =>
  build(g, inputs[0]!, inputs[1]!);
