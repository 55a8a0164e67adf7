/** The flows of a unit as rows of stages, for rules that look at neighbours. */
import type { Expr, FlowExpr, Span } from '../../syntax/tree.ts';
import type { CallFact, Seen } from '../checked.ts';
import type { Facts } from '../frame.ts';

/** A layer or function in a flow, with what the checker knows of its call. */
export interface Stage {
  readonly node: Expr;
  /** The entry's name; '' for a unit, a layer with a name of its own, or what is not known. */
  readonly name: string;
  /** What is written in front of the parentheses. */
  readonly callee: Span;
  readonly arrow: Span | undefined;
  readonly fact: CallFact | undefined;
}

export type Chain = readonly Stage[];

/** All flows that were evaluated; stated shapes between stages are passed over. */
export function chainsOf(facts: Facts): readonly Chain[] {
  const chains: Chain[] = [];
  for (const node of facts.values.keys()) {
    if ('kind' in node && node.kind === 'flow') chains.push(chainOf(node, facts));
  }
  return chains;
}

function chainOf(flow: FlowExpr, facts: Facts): Chain {
  const stages: Stage[] = [];
  // A flow may begin with a layer: then it is a layer itself, in braces or behind `layer`.
  if (flow.first.kind === 'call' || flow.first.kind === 'name') stages.push(stageOf(flow.first, undefined, facts));
  for (const stage of flow.stages) {
    if (stage.kind === 'stage') stages.push(stageOf(stage.layer, stage.arrow, facts));
  }
  return stages;
}

function stageOf(node: Expr, arrow: Span | undefined, facts: Facts): Stage {
  const fact = facts.calls.get(node);
  const name = fact?.callee.kind === 'entry' && fact.callee.entry.place === 'model' ? fact.callee.entry.name : '';
  return { node, name, callee: node.kind === 'call' ? node.callee : node, arrow, fact };
}

/** The activation of a layer: a name, `none`, or undefined where it has no such setting or its value is not known. */
export function activationOf(stage: Stage): string | undefined {
  const value = stage.fact?.settings.activation;
  if (value?.kind === 'word') return value.text;
  return value?.kind === 'layer' ? value.title : undefined;
}

/** A flag of a call; undefined where it is not known. */
export function flagIn(stage: Stage, name: string): boolean | undefined {
  const value: Seen | undefined = stage.fact?.settings[name];
  return value?.kind === 'flag' ? value.value : undefined;
}
