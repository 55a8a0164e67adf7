/** A finished program: everything static, everything named. Engines write it out as their own graph. */
import type { Graph } from './graph.ts';
import type { Node, Tensor } from './tensor.ts';

export type ProgramInput =
  /** A field of the batch. */
  | { readonly kind: 'field'; readonly name: string; readonly tensor: Tensor }
  /** A weight by its path, moving statistics too. */
  | { readonly kind: 'weight'; readonly name: string; readonly tensor: Tensor }
  /** Optimizer state: weight path + '/' + its name. */
  | { readonly kind: 'state'; readonly name: string; readonly tensor: Tensor; readonly initial: number }
  | { readonly kind: 'gradient'; readonly name: string; readonly tensor: Tensor }
  /** This step's learning rate. */
  | { readonly kind: 'rate'; readonly name: 'rate'; readonly tensor: Tensor }
  /** Updates done before this one, plus one. */
  | { readonly kind: 'step'; readonly name: 'step'; readonly tensor: Tensor }
  /** Factor on the gradients, from clipping. */
  | { readonly kind: 'factor'; readonly name: 'factor'; readonly tensor: Tensor }
  | { readonly kind: 'random'; readonly name: string; readonly tensor: Tensor; readonly draw: RandomDraw };

/** Numbers drawn afresh in each step, by a counter: `key` says for what. */
export interface RandomDraw {
  readonly kind: 'normal' | 'uniform' | 'keep';
  /** For `keep`: the part that is dropped. The numbers are 0 or 1 / (1 − rate). */
  readonly rate: number;
  readonly key: string;
}

export type ProgramOutput =
  | { readonly kind: 'loss'; readonly name: 'loss'; readonly tensor: Tensor }
  /** Accumulators of a metric, in order. */
  | { readonly kind: 'metric'; readonly name: string; readonly index: number; readonly tensor: Tensor }
  /** Of a trainable weight. */
  | { readonly kind: 'gradient'; readonly name: string; readonly tensor: Tensor }
  /** Global norm of the gradients, before clipping. */
  | { readonly kind: 'norm'; readonly name: 'norm'; readonly tensor: Tensor }
  /** The new value of a weight. */
  | { readonly kind: 'weight'; readonly name: string; readonly tensor: Tensor }
  | { readonly kind: 'state'; readonly name: string; readonly tensor: Tensor }
  | { readonly kind: 'output'; readonly name: string; readonly tensor: Tensor };

export interface Program {
  readonly inputs: readonly ProgramInput[];
  /** In an order in which they can be run. */
  readonly nodes: readonly Node[];
  readonly outputs: readonly ProgramOutput[];
  /**
   * Of a training step: no example's part of the loss depends on another example, so that the mean of the gradients of two
   * halves of the batch is the gradient of the whole.
   */
  readonly separable?: boolean;
}

/** The nodes that the outputs need, and the inputs that these need. */
export function finish(graph: Graph, inputs: readonly ProgramInput[], outputs: readonly ProgramOutput[]): Program {
  const needed = new Set(outputs.map((output) => output.tensor.id));
  const kept: Node[] = [];
  for (let i = graph.nodes.length - 1; i >= 0; i--) {
    const node = graph.nodes[i];
    if (!node?.outputs.some((output) => needed.has(output.id))) continue;
    kept.push(node);
    for (const input of node.inputs) needed.add(input.id);
  }
  return { inputs: inputs.filter((input) => needed.has(input.tensor.id)), nodes: kept.reverse(), outputs };
}
