/** Where shape hints can stand in a flow: after each stage that ends its line, and after the last. */
import type { Expr, FlowExpr } from '../syntax/tree.ts';

export interface Slots {
  readonly flow: FlowExpr;
  readonly slots: readonly Slot[];
}

export interface Slot {
  readonly layer: Expr;
  /** No shape is written there, and one could be. */
  readonly free: boolean;
}

/** `stated`: the result of the flow has a written type. */
export function slotsOf(flow: FlowExpr, text: string, stated: boolean): readonly Slot[] {
  const standing = stands(text, flow);
  return flow.stages.flatMap((stage, index) => {
    if (stage.kind === 'ascribe') return [];
    const { layer } = stage;
    const next = flow.stages[index + 1];
    if (next?.kind === 'stage' && !text.slice(layer.end, next.arrow.start).includes('\n')) return [];
    const written = (stated && next === undefined) || next?.kind === 'ascribe' || followedByColon(text, layer);
    return [{ layer, free: standing && !written }];
  });
}

/** Hints stand where a shape can be written: not after a flow in brackets, whose text goes on behind it. */
function stands(text: string, flow: FlowExpr): boolean {
  return /^[ \t]*(?:#.*)?(?:\r?\n|$)/.test(text.slice(flow.end)) || text.slice(flow.start, flow.end).includes('\n');
}

function followedByColon(text: string, stage: Expr): boolean {
  return /^[ \t]*:/.test(text.slice(stage.end));
}
