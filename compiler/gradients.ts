/** Reverse-mode gradients: the program goes on with nodes that compute the slopes of one number. */
import type { Graph } from './program/graph.ts';
import { constantOf } from './program/ops/constant.ts';
import { at, type Node, sameShape, type Tensor } from './program/tensor.ts';
import { sumOf } from './slopes.ts';

/** Gradients of `loss` (one number) with respect to `sources`; undefined where it does not depend on one. */
export function gradients(g: Graph, loss: Tensor, sources: readonly Tensor[]): readonly (Tensor | undefined)[] {
  if (loss.shape.length > 0) throw new Error(`Gradients need one number, not [${loss.shape.join(', ')}].`);
  const nodes = [...g.nodes];
  const depends = dependants(nodes, sources);
  const reaching = new Map<number, Tensor[]>([[loss.id, [constantOf(g, [1], [])]]]);
  const slopeOf = (tensor: Tensor): Tensor | undefined => {
    const all = reaching.get(tensor.id);
    if (!all) return undefined;
    const sum = sumOf(g, all);
    reaching.set(tensor.id, [sum]);
    return sum;
  };
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = at(nodes, i);
    if (!node.outputs.some((output) => reaching.has(output.id))) continue;
    if (!node.inputs.some((input) => depends.has(input.id))) continue;
    const { gradient } = node.primitive;
    if (!gradient) continue;
    g.mark(node.layer, false);
    const outputs = node.outputs.map(slopeOf);
    const flows = gradient(g, node, outputs);
    for (const [k, flow] of flows.entries()) {
      const input = node.inputs[k];
      if (!flow || !input || !depends.has(input.id) || input.dtype !== 'float32') continue;
      if (!sameShape(flow.shape, input.shape)) {
        throw new Error(
          `The gradient of '${node.primitive.name}' has shape [${flow.shape.join(', ')}] for [${input.shape.join(', ')}].`,
        );
      }
      const others = reaching.get(input.id);
      if (others) others.push(flow);
      else reaching.set(input.id, [flow]);
    }
  }
  return sources.map(slopeOf);
}

/** Tensors through which a source reaches further on. */
function dependants(nodes: readonly Node[], sources: readonly Tensor[]): ReadonlySet<number> {
  const found = new Set(sources.map((source) => source.id));
  for (const node of nodes) {
    if (!node.inputs.some((input) => found.has(input.id))) continue;
    for (const output of node.outputs) if (output.dtype === 'float32') found.add(output.id);
  }
  return found;
}
