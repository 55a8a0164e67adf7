/** What a model costs to run: multiply-adds of one example by layer. */
import type { Program } from './program/program.ts';

export interface Costs {
  readonly macs: number;
  readonly layers: ReadonlyMap<string, number>;
}

/** Of all nodes of a program, gradients too. */
export function macsOf(program: Program): number {
  return program.nodes.reduce(
    (sum, node) => sum + (node.primitive.macs?.(node.inputs, node.outputs, node.attributes) ?? 0),
    0,
  );
}

/** Of a program for one example. */
export function costsOf(program: Program): Costs {
  const layers = new Map<string, number>();
  let macs = 0;
  for (const node of program.nodes) {
    const cost = node.primitive.macs?.(node.inputs, node.outputs, node.attributes) ?? 0;
    if (!node.forward || cost === 0) continue;
    macs += cost;
    layers.set(node.layer, (layers.get(node.layer) ?? 0) + cost);
  }
  return { macs, layers };
}
