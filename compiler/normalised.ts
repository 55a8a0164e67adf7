/** Weights that are computed of others: brought to a learned length (`WeightNorm`), or divided by their largest stretch (`SpectralNorm`). */
import { companions, lengthsOfWeight, type Plan, type PlanNode, type PlanWeight } from '../language/index.ts';
import type { Graph } from './program/graph.ts';
import { binary, divide, multiply } from './program/ops/binary.ts';
import { scalar } from './program/ops/constant.ts';
import { matmul } from './program/ops/matmul.ts';
import { reduce } from './program/ops/reduce.ts';
import { reshape } from './program/ops/reshape.ts';
import { stopGradient } from './program/ops/stop-gradient.ts';
import { unary } from './program/ops/unary.ts';
import { at, sizeOf, type Tensor } from './program/tensor.ts';
import { lengths } from './regularise.ts';

/** So that nothing is divided by zero. */
const least = 1e-12;

export interface Weights {
  readonly plan: Plan;
  readonly tensors: readonly Tensor[];
  readonly training: boolean;
  /** Says which value a weight has after this step. */
  move(weight: Tensor, next: Tensor): void;
}

/** The weights of a node by their names, as its entry is to see them. A weight that several nodes share is computed once. */
export function createWeights(g: Graph, { plan, tensors, training, move }: Weights) {
  const made = new Map<number, Tensor>();
  const make = (node: PlanNode, name: string, index: number): Tensor => {
    const weight = at(tensors, index);
    const length = node.weights[name + companions.WeightNorm];
    if (length !== undefined) return atLength(g, weight, at(tensors, length), plan.graph.weights[index]?.units);
    const vector = node.weights[name + companions.SpectralNorm];
    if (vector === undefined) return weight;
    const { result, next } = unstretched(g, weight, at(tensors, vector));
    if (training && !node.frozen) move(at(tensors, vector), next);
    return result;
  };
  return (node: PlanNode): Readonly<Record<string, Tensor>> =>
    Object.fromEntries(
      Object.entries(node.weights).map(([name, index]) => {
        const tensor = made.get(index) ?? make(node, name, index);
        made.set(index, tensor);
        return [name, tensor];
      }),
    );
}

/** Each unit's weights, brought to its length. */
function atLength(
  g: Graph,
  weight: Tensor,
  length: Tensor,
  units: readonly number[] = [weight.shape.length - 1],
): Tensor {
  const kept = weight.shape.map((size, axis) => (units.includes(axis) ? size : 1));
  return multiply(g, weight, divide(g, reshape(g, length, kept), lengths(g, weight, units)));
}

/** The weight as a matrix of all that goes into each unit, divided by its largest singular value, and the vector that finds it. */
function unstretched(g: Graph, weight: Tensor, vector: Tensor): { readonly result: Tensor; readonly next: Tensor } {
  const columns = at(weight.shape, -1);
  const matrix = reshape(g, weight, [sizeOf(weight.shape) / columns, columns]);
  const from = reshape(g, vector, [1, columns]);
  const into = stopGradient(g, unit(g, matmul(g, from, matrix, { transposeB: true })));
  const next = stopGradient(g, unit(g, matmul(g, into, matrix)));
  const stretch = matmul(g, matmul(g, into, matrix), next, { transposeB: true });
  return { result: divide(g, weight, reshape(g, stretch, [])), next: reshape(g, next, [columns]) };
}

function unit(g: Graph, row: Tensor): Tensor {
  const length = unary(g, 'sqrt', reduce(g, 'sum', unary(g, 'square', row), [0, 1], true));
  return divide(g, row, binary(g, 'maximum', length, scalar(g, least)));
}

/** The weight whose lengths another one learns. */
export function weightOfLengths(plan: Plan, { path, init }: PlanWeight): PlanWeight | undefined {
  if (init.call !== lengthsOfWeight.call) return undefined;
  return plan.graph.weights.find((other) => path === other.path + companions.WeightNorm);
}

/** How long the weights are that go into each unit. */
export function initialLengths(values: Float32Array, { shape, units = [shape.length - 1] }: PlanWeight): Float32Array {
  const sizes = units.map((axis) => at(shape, axis));
  const squares = new Float64Array(sizeOf(sizes));
  values.forEach((value, i) => {
    const unit = units.reduce((index, axis) => {
      const stride = sizeOf(shape.slice(axis + 1));
      return index * at(shape, axis) + (Math.floor(i / stride) % at(shape, axis));
    }, 0);
    squares[unit] = at(squares, unit) + value * value;
  });
  return Float32Array.from(squares, Math.sqrt);
}
