/** The call that stands at a place of a chunk: reasons of sizes know their places, fixes need what is written there. */

import { expressionsUnder } from '../../syntax/parts.ts';
import type { Chunk, DataItem, Declaration, Expr, FlowExpr, Statement } from '../../syntax/tree.ts';
import type { Made } from './producer.ts';

/** The call (or bare name of a layer) that spans exactly this place. */
export function callAt(chunk: Chunk, start: number, end: number): Expr | undefined {
  for (const root of rootsOf(chunk.declaration)) {
    if (root.start > start || root.end < end) continue;
    for (const part of expressionsUnder(root)) {
      if (part.start === start && part.end === end && (part.kind === 'call' || part.kind === 'name')) return part;
    }
  }
  return undefined;
}

/** The stage in front of one in its flow, where both are written there. */
export function stageBefore(chunk: Chunk, node: Expr): Made | undefined {
  for (const root of rootsOf(chunk.declaration)) {
    if (root.start > node.start || root.end < node.end) continue;
    for (const part of expressionsUnder(root)) {
      if (part.kind !== 'flow') continue;
      const index = part.stages.findIndex((stage) => stage.kind === 'stage' && stage.layer === node);
      const before = part.stages[index - 1];
      if (index < 1 || before?.kind !== 'stage') continue;
      const { layer, arrow } = before;
      const callee = layer.kind === 'call' ? layer.callee : layer;
      return { node: layer, arrow, name: callee.kind === 'name' ? callee.text : '', chunk };
    }
  }
  return undefined;
}

/** The flow in which a stage is written, itself or in braces of one of its stages. */
export function flowWith(chunk: Chunk, node: Expr): FlowExpr | undefined {
  let found: FlowExpr | undefined;
  for (const root of rootsOf(chunk.declaration)) {
    if (root.start > node.start || root.end < node.end) continue;
    for (const part of expressionsUnder(root)) {
      if (part.kind !== 'flow' || part.start > node.start || part.end < node.end) continue;
      // The outermost is where the numbers come in.
      found ??= part;
    }
  }
  return found;
}

function rootsOf(declaration: Declaration | undefined): readonly Expr[] {
  switch (declaration?.kind) {
    case 'unit':
    case 'extern':
    case 'data':
    case 'run':
      return declaration.body.flatMap(valuesOf);
    case 'variant':
      return declaration.args.map((arg) => arg.value);
    case 'export':
      return declaration.body.map((entry) => entry.value);
    case 'import':
    case undefined:
      return [];
  }
}

function valuesOf(item: Statement | DataItem): readonly Expr[] {
  switch (item.kind) {
    case 'input':
      return item.default ? [item.default] : [];
    case 'require':
      return [item.condition];
    case 'output':
    case 'field':
      return item.value ? [item.value] : [];
    case 'layer':
    case 'bind':
    case 'entry':
      return [item.value];
  }
}
