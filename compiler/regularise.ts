/**
 * Penalties on weights and results, as part of the loss, and limits on weights after each update: Keras' formulas. A weight
 * that several calls share is counted once, and one that is frozen not at all.
 */
import { isRegularised, type Plan, type Regularisation, regularisationOf } from '../language/index.ts';
import type { Graph } from './program/graph.ts';
import { add, binary, divide, multiply } from './program/ops/binary.ts';
import { castTo } from './program/ops/cast.ts';
import { scalar } from './program/ops/constant.ts';
import { reduce } from './program/ops/reduce.ts';
import { unary } from './program/ops/unary.ts';
import { at, type Tensor } from './program/tensor.ts';

/** Keras' smallest number to divide by. */
export const shortestDivisor = 1e-7;

/** What is asked of each trainable weight, by its index. */
function asked(plan: Plan): ReadonlyMap<number, Regularisation> {
  const found = new Map<number, Regularisation>();
  for (const { settings, weights } of plan.graph.nodes) {
    const regularisation = regularisationOf(settings);
    if (!regularisation) continue;
    for (const [name, index] of Object.entries(weights)) {
      if (isRegularised(name) && plan.graph.weights[index]?.trainable) found.set(index, regularisation);
    }
  }
  return found;
}

/** What a weight is brought back to after each update, as Keras' constraints in a row. */
export interface WeightLimit {
  readonly path: string;
  readonly shape: readonly number[];
  /** None below 0. */
  readonly nonNegative: boolean;
  /** The largest length of what goes into a unit; `units` are the axes that count units. */
  readonly maxNorm: number | undefined;
  readonly units: readonly number[];
}

/** True where some weight is held within limits. */
export function isConstrained(plan: Plan): boolean {
  return limitsOf(plan).length > 0;
}

export function limitsOf(plan: Plan): readonly WeightLimit[] {
  return [...asked(plan)].flatMap(([index, { nonNegative, maxNorm }]) => {
    const weight = plan.graph.weights[index];
    if (!weight || (maxNorm === undefined && !nonNegative)) return [];
    const { path, shape, units = [shape.length - 1] } = weight;
    return [{ path, shape, nonNegative, maxNorm, units: shape.length === 1 ? [] : units }];
  });
}

/**
 * The sum of all penalties; undefined where there are none. `results` gives what a node made, for those that were made: results
 * are penalised as a mean over the examples.
 */
export function penaltyOf(
  g: Graph,
  plan: Plan,
  weights: readonly Tensor[],
  results: (node: number) => readonly { readonly tensor: Tensor; readonly perExample: boolean }[],
): Tensor | undefined {
  const parts: Tensor[] = [];
  for (const [index, { l1, l2 }] of asked(plan)) parts.push(...penalties(g, at(weights, index), l1, l2));
  for (const { id, settings } of plan.graph.nodes) {
    const { activityL1 = 0, activityL2 = 0 } = regularisationOf(settings) ?? {};
    if (activityL1 === 0 && activityL2 === 0) continue;
    for (const { tensor, perExample } of results(id)) {
      const examples = perExample ? at(tensor.shape, 0) : 1;
      parts.push(...penalties(g, castTo(g, tensor, 'float32'), activityL1 / examples, activityL2 / examples));
    }
  }
  return parts.length > 0 ? parts.reduce((sum, part) => add(g, sum, part)) : undefined;
}

function penalties(g: Graph, x: Tensor, l1: number, l2: number): readonly Tensor[] {
  const axes = x.shape.map((_, i) => i);
  const times = (factor: number, op: 'abs' | 'square'): Tensor =>
    multiply(g, reduce(g, 'sum', unary(g, op, x), axes, false), scalar(g, factor));
  return [...(l1 > 0 ? [times(l1, 'abs')] : []), ...(l2 > 0 ? [times(l2, 'square')] : [])];
}

/** Brings updated weights back within their limits: first none below 0, then none too long, as Keras' constraints in a row. */
export function createLimits(g: Graph, plan: Plan): (index: number, updated: Tensor) => Tensor {
  const all = asked(plan);
  return (index, updated) => {
    const { maxNorm, nonNegative } = all.get(index) ?? {};
    const positive = nonNegative ? binary(g, 'maximum', updated, scalar(g, 0)) : updated;
    if (maxNorm === undefined) return positive;
    const units = plan.graph.weights[index]?.units ?? [updated.shape.length - 1];
    const norm = lengths(g, positive, units);
    const wanted = binary(g, 'minimum', norm, scalar(g, maxNorm));
    return multiply(g, positive, divide(g, wanted, add(g, norm, scalar(g, shortestDivisor))));
  };
}

/** The length of the weights of each unit: over all axes but those of the units, which are kept. A weight of one axis is one unit. */
export function lengths(g: Graph, weight: Tensor, units: readonly number[]): Tensor {
  const axes = weight.shape.map((_, i) => i).filter((axis) => weight.shape.length === 1 || !units.includes(axis));
  return unary(g, 'sqrt', reduce(g, 'sum', unary(g, 'square', weight), axes, true));
}
