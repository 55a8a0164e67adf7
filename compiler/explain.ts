/**
 * What explains a trained model, as outputs of a program: how a score depends on the inputs, where attention looks, and all
 * numbers of a layer. These programs change nothing; they are run on weights that are there.
 */
import type { PlanNode, Ref } from '../language/index.ts';
import { type Built, wrap } from './built.ts';
import { gradients } from './gradients.ts';
import type { Graph } from './program/graph.ts';
import { multiply } from './program/ops/binary.ts';
import { castTo } from './program/ops/cast.ts';
import { reduce } from './program/ops/reduce.ts';
import { reshape } from './program/ops/reshape.ts';
import type { SoftmaxAttributes } from './program/ops/softmax.ts';
import type { ProgramInput, ProgramOutput } from './program/program.ts';
import { at, type Node, type Tensor } from './program/tensor.ts';

export type Explanation =
  /** In the mode `predict`: the slopes of a score (of the output of this name) at each input, on the way from nothing to the input. */
  | { readonly kind: 'inputs'; readonly output: string }
  /** In the mode `predict`: how much each place looks at each other, in every attention. */
  | { readonly kind: 'looks' }
  /** In the mode `observe`: all that the layer gives, and the gradients of all its weights. */
  | { readonly kind: 'layer'; readonly path: string };

/** Fields that such a program takes beside those of the data; no field of a program has such a name. */
export const SHARE = 'share of the input';
export const CHOICE = 'choice of the score';
/** Names of its outputs. */
export const SCORE = 'chosen score';
export const sourceOutput = (index: number): string => `source ${index}`;
export const slopeOutput = (index: number): string => `slope ${index}`;
export const lookOutput = (index: number): string => `look ${index}`;
export const resultOutput = (path: string): string => `result ${path}`;
export const gradientOutput = (path: string): string => `gradient ${path}`;

/** A number of the inputs that a score depends on: a field of floating numbers, or the first that are made of a field of others. */
export interface Source {
  /** The field that it comes from. */
  readonly field: string;
  /** Index of the node in the plan; an `input`, or what makes floating numbers of one (`Embedding`). */
  readonly node: number;
  /** Of one example. */
  readonly shape: readonly number[];
}

/** An attention: a softmax over places whose result mixes what these hold. */
export interface Look {
  readonly node: number;
  /** Of one example: the last two axes are who looks and what is looked at. */
  readonly shape: readonly number[];
}

export interface Explainer {
  /** The results of a node as whoever reads it shall see them. */
  met(node: PlanNode, results: readonly Built[]): readonly Built[];
  /** What is to be given out when all is lowered. `score` is what the outputs' scores are made of. */
  outputs(score: Built | undefined): readonly ProgramOutput[];
  readonly sources: readonly Source[];
  readonly looks: readonly Look[];
}

interface Around {
  readonly g: Graph;
  readonly batch: number;
  readonly inputs: ProgramInput[];
}

/** Takes part in the lowering of a program in the mode `predict`. */
export function createExplainer(around: Around, explanation: Explanation): Explainer {
  switch (explanation.kind) {
    case 'inputs':
      return createInputs(around);
    case 'looks':
      return createLooks(around);
    case 'layer':
      return { met: (_, results) => results, outputs: () => [], sources: [], looks: [] };
  }
}

/**
 * Every source is multiplied by an input, one number for each example: at 1 the program computes as it does, at 0 as if
 * nothing were given. Slopes at places between the two make integrated gradients (Sundararajan et al., 2017).
 */
function createInputs({ g, batch, inputs }: Around): Explainer {
  /** The field that a node's whole numbers come from. */
  const raw = new Map<number, string>();
  const after = new Set<number>();
  const sources: (Source & { readonly given: Tensor; readonly used: Tensor })[] = [];
  const share = g.input({ dtype: 'float32', shape: [batch] });
  inputs.push({ kind: 'field', name: SHARE, tensor: share });
  return {
    sources,
    looks: [],
    met(node, results) {
      const field = node.op === 'input' ? String(node.settings.name) : fieldBefore(node, raw, after);
      if (field === undefined) {
        if (refsOf(node).some((ref) => after.has(ref.node))) after.add(node.id);
        return results;
      }
      if (!results.some(isFloating)) {
        raw.set(node.id, field);
        return results;
      }
      after.add(node.id);
      return results.map((result) => {
        if (!isFloating(result)) return result;
        const factor = reshape(g, share, [batch, ...result.shape.map(() => 1)]);
        const used = multiply(g, result.tensor, factor);
        sources.push({ field, node: node.id, shape: result.shape, given: result.tensor, used });
        return wrap(used, true);
      });
    },
    outputs(score) {
      if (score === undefined) return [];
      const tensor = castTo(g, score.tensor, 'float32');
      const choice = g.input({ dtype: 'float32', shape: tensor.shape });
      inputs.push({ kind: 'field', name: CHOICE, tensor: choice });
      const chosen = multiply(g, tensor, choice);
      const axes = chosen.shape.map((_, axis) => axis);
      const each = axes.length > 1 ? reduce(g, 'sum', chosen, axes.slice(1), false) : chosen;
      const slopes = gradients(
        g,
        reduce(g, 'sum', chosen, axes, false),
        sources.map(({ used }) => used),
      );
      const found = sources.flatMap(({ given }, index): ProgramOutput[] => {
        const slope = slopes[index];
        return slope === undefined
          ? []
          : [
              { kind: 'output', name: sourceOutput(index), tensor: given },
              { kind: 'output', name: slopeOutput(index), tensor: slope },
            ];
      });
      return [{ kind: 'output', name: SCORE, tensor: each }, ...found];
    },
  };
}

/** The field that a node makes of whole numbers, where nothing floating has come of it before. */
function fieldBefore(node: PlanNode, raw: ReadonlyMap<number, string>, after: ReadonlySet<number>): string | undefined {
  const refs = refsOf(node);
  if (refs.some((ref) => after.has(ref.node))) return undefined;
  return refs.map((ref) => raw.get(ref.node)).find((field) => field !== undefined);
}

function isFloating({ dtype, perExample }: Built): boolean {
  return dtype === 'float32' && perExample;
}

function createLooks({ g }: Around): Explainer {
  let seen = 0;
  const found: (Look & { readonly tensor: Tensor })[] = [];
  const looks = (): typeof found => found.filter(({ tensor }) => mixes(g.nodes, tensor));
  return {
    sources: [],
    get looks() {
      return looks();
    },
    met(node, results) {
      for (; seen < g.nodes.length; seen++) {
        const tensor = placesOf(at(g.nodes, seen));
        if (tensor !== undefined) found.push({ node: node.id, shape: tensor.shape.slice(1), tensor });
      }
      return results;
    },
    outputs: () =>
      looks().map(({ tensor }, index): ProgramOutput => ({ kind: 'output', name: lookOutput(index), tensor })),
  };
}

/** The result of a softmax over the last axis of something with places: `[batch, …, who looks, what is looked at]`. */
function placesOf(node: Node): Tensor | undefined {
  if (node.primitive.name !== 'softmax') return undefined;
  const { axis, log } = node.attributes as SoftmaxAttributes;
  const [result] = node.outputs;
  return result && !log && result.shape.length >= 3 && axis === result.shape.length - 1 ? result : undefined;
}

/** True where it is multiplied, as the left one of two matrices: it mixes what the places hold. */
function mixes(nodes: readonly Node[], tensor: Tensor): boolean {
  const same = new Set([tensor.id]);
  for (const { primitive, inputs, outputs } of nodes) {
    const [first] = inputs;
    if (first === undefined || !same.has(first.id)) continue;
    if (primitive.name === 'matmul') return true;
    if (primitive.name === 'reshape') for (const output of outputs) same.add(output.id);
  }
  return false;
}

function refsOf(node: PlanNode): readonly Ref[] {
  return Object.values(node.inputs).flat();
}

/** The layer that a weight belongs to. */
export function layerOfWeight(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The scores that an output is made of: before a softmax or a sigmoid, where it is one. */
export function scoreOf(value: Built): Built {
  return value.mark?.logits ?? value;
}
