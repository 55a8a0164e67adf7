/**
 * What is looked at while a model trains, as outputs of a program: of each layer how its results lie, of each trained weight
 * how large its gradient is. Nothing here changes a number of the run.
 */
import type { PlanNode } from '../language/index.ts';
import type { Graph } from './program/graph.ts';
import { binary, multiply, subtract } from './program/ops/binary.ts';
import { castTo } from './program/ops/cast.ts';
import { concat } from './program/ops/concat.ts';
import { scalar } from './program/ops/constant.ts';
import { reduce } from './program/ops/reduce.ts';
import { reshape } from './program/ops/reshape.ts';
import { unary } from './program/ops/unary.ts';
import type { Tensor } from './program/tensor.ts';

/** What squashes or cuts the results of a layer last. */
export type Squash = 'tanh' | 'sigmoid' | 'relu';

/** Of a layer with weights, or of an activation that stands by itself. */
export interface Observed {
  /** Name of the program's output: five numbers, in the order of `observedNumbers`. */
  readonly output: string;
  readonly path: string;
  /** Index of the node in the plan. */
  readonly node: number;
  readonly squash: Squash | undefined;
}

/** Places of the numbers of one layer. The last two are below 0 where they say nothing. */
export const observedNumbers = ['mean', 'deviation', 'zeros', 'saturated', 'silent'] as const;

/** Beyond these a squashed number is as good as at its end. */
const ENDS: Readonly<Record<'tanh' | 'sigmoid', readonly [number, number]>> = {
  tanh: [-0.97, 0.97],
  sigmoid: [0.03, 0.97],
};

/**
 * The layers of a plan that are looked at: those with weights, by what comes out behind their activation, and activations that
 * follow something else than a layer (`x + y -> relu`), by the layer before with the activation's name.
 */
export function observedLayers(nodes: readonly PlanNode[]): readonly Observed[] {
  const found = new Map<string, Observed>();
  for (const node of nodes) {
    const squash = squashOf(node);
    const isLayer = Object.keys(node.weights).length > 0;
    const [type] = node.outputs;
    if ((!isLayer && squash === undefined) || type?.dtype !== 'float32' || !type.perExample) continue;
    const path = node.path || pathBefore(nodes, node, squash);
    if (path !== undefined) found.set(path, { output: `layer ${path}`, path, node: node.id, squash });
  }
  return [...found.values()];
}

function pathBefore(nodes: readonly PlanNode[], activation: PlanNode, squash: Squash | undefined): string | undefined {
  let isNext = true;
  for (let at = before(nodes, activation); at; at = before(nodes, at)) {
    if (at.path !== '') return isNext && Object.keys(at.weights).length > 0 ? at.path : `${at.path} ~ ${squash}`;
    isNext = false;
  }
  return undefined;
}

/** What a node reads first. */
function before(nodes: readonly PlanNode[], node: PlanNode): PlanNode | undefined {
  const [ref] = Object.values(node.inputs).flat();
  return ref && nodes[ref.node];
}

/** Name of the output that holds the norms of a weight's gradient and of the weight. */
export function normOutput(path: string): string {
  return `norms ${path}`;
}

function squashOf({ op, settings }: PlanNode): Squash | undefined {
  const { activation } = settings;
  const own = typeof activation === 'object' && activation !== null && 'call' in activation ? activation.call : op;
  if (own === 'model/relu') return 'relu';
  if (own === 'model/tanh') return 'tanh';
  return own === 'model/sigmoid' ? 'sigmoid' : undefined;
}

/** The five numbers of a layer's result, whose first axis is the batch and whose last the units. */
export function numbersOf(g: Graph, result: Tensor, squash: Squash | undefined): Tensor {
  const x = castTo(g, result, 'float32');
  const all = (of: 'mean' | 'max', value: Tensor): Tensor => reduce(g, of, value, axesOf(value), false);
  const share = (flags: Tensor): Tensor => all('mean', castTo(g, flags, 'float32'));
  const mean = all('mean', x);
  const spread = subtract(g, x, mean);
  const deviation = unary(g, 'sqrt', all('mean', multiply(g, spread, spread)));
  const zeros = share(binary(g, 'equal', x, scalar(g, 0)));
  const none = scalar(g, -1);
  let [saturated, silent] = [none, none];
  if (squash === 'relu' && x.shape.length > 1) {
    const most = reduce(g, 'max', x, axesOf(x).slice(0, -1), false);
    silent = share(binary(g, 'lessEqual', most, scalar(g, 0)));
  } else if (squash === 'tanh' || squash === 'sigmoid') {
    const [low, high] = ENDS[squash];
    const ends = binary(g, 'or', binary(g, 'less', x, scalar(g, low)), binary(g, 'greater', x, scalar(g, high)));
    saturated = share(ends);
  }
  return concat(
    g,
    [mean, deviation, zeros, saturated, silent].map((value) => reshape(g, value, [1])),
    0,
  );
}

/** Norms of a gradient and of the weight that it is of. */
export function normsOf(g: Graph, gradient: Tensor, weight: Tensor): Tensor {
  const norm = (value: Tensor): Tensor =>
    reshape(g, unary(g, 'sqrt', reduce(g, 'sum', multiply(g, value, value), axesOf(value), false)), [1]);
  return concat(g, [norm(gradient), norm(weight)], 0);
}

function axesOf({ shape }: Tensor): readonly number[] {
  return shape.map((_, axis) => axis);
}
