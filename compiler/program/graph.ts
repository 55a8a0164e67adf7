/**
 * Builds a program node by node. Equal nodes are made once, small constants are folded, and broadcasts that the next
 * operation would make anyway are dropped; so callers may write what is clear and leave the rest to this file.
 */

import { ndarray } from './ndarray.ts';
import { constant, constantData } from './ops/constant.ts';
import { simplify } from './simplify.ts';
import {
  type Attribute,
  type Attributes,
  type Node,
  type Primitive,
  sizeOf,
  type Tensor,
  type TensorInfo,
} from './tensor.ts';

/** Results up to this size are computed while building where all inputs are known. */
const foldLimit = 1 << 16;

export interface Graph {
  readonly nodes: readonly Node[];
  apply<A extends Attributes>(primitive: Primitive<A>, inputs: readonly Tensor[], attributes: A): readonly Tensor[];
  /** A tensor that comes from outside. */
  input(info: TensorInfo): Tensor;
  producer(tensor: Tensor): Node | undefined;
  /** Numbers of a tensor that is a constant. */
  known(tensor: Tensor): ArrayLike<number> | undefined;
  /** Who the following nodes belong to. */
  mark(layer: string, forward: boolean): void;
}

export function createGraph(): Graph {
  const nodes: Node[] = [];
  const producers = new Map<number, Node>();
  const known = new Map<string, readonly Tensor[]>();
  let nextId = 0;
  let layer = '';
  let forward = true;

  const tensor = (info: TensorInfo): Tensor => ({ id: nextId++, dtype: info.dtype, shape: info.shape });

  const graph: Graph = {
    nodes,
    input: tensor,
    producer: (t) => producers.get(t.id),
    known: (t) => {
      const node = producers.get(t.id);
      return node && constantData(node);
    },
    mark(nextLayer, nextForward) {
      layer = nextLayer;
      forward = nextForward;
    },
    apply(primitive, inputs, attributes) {
      const simple = simplify(graph, primitive, inputs, attributes);
      if (simple) return [simple];
      const infos = primitive.result(inputs, attributes);
      const folded = fold(graph, primitive, inputs, attributes, infos);
      if (folded) return [folded];
      const key = keyOf(primitive, inputs, attributes);
      const before = key === undefined ? undefined : known.get(key);
      if (before) return before;
      const outputs = infos.map(tensor);
      const node: Node = { primitive, inputs, outputs, attributes, layer, forward };
      nodes.push(node);
      for (const output of outputs) producers.set(output.id, node);
      if (key !== undefined) known.set(key, outputs);
      return outputs;
    },
  };
  return graph;
}

/** Equal keys mean equal results. Undefined for large constants, which are not worth a text. */
function keyOf(primitive: Primitive, inputs: readonly Tensor[], attributes: Attributes): string | undefined {
  const parts: string[] = [primitive.name];
  for (const input of inputs) parts.push(`#${input.id}`);
  for (const [name, value] of Object.entries(attributes)) {
    if (isLarge(value)) return undefined;
    parts.push(`${name}=${printAttribute(value)}`);
  }
  return parts.join(' ');
}

function isLarge(value: Attribute): boolean {
  return typeof value === 'object' && value.length > 256;
}

/** As text that tells −0 from 0 and NaN from null. */
function printAttribute(value: Attribute): string {
  if (typeof value === 'object') {
    const parts: readonly Attribute[] = Array.from<Attribute>(value);
    return `[${parts.map(printAttribute).join(',')}]`;
  }
  return Object.is(value, -0) ? '-0' : String(value);
}

function fold(
  graph: Graph,
  primitive: Primitive,
  inputs: readonly Tensor[],
  attributes: Attributes,
  infos: readonly TensorInfo[],
): Tensor | undefined {
  const [info] = infos;
  if (!info || infos.length > 1 || inputs.length === 0 || sizeOf(info.shape) > foldLimit) return undefined;
  // A broadcast constant stays a small one: what reads it broadcasts by itself.
  if (primitive.name === 'broadcast') return undefined;
  const values = inputs.map((input) => {
    const data = graph.known(input);
    return data && ndarray(input.dtype, input.shape, data);
  });
  const complete = values.filter((value) => value !== undefined);
  if (complete.length < values.length) return undefined;
  const [data] = primitive.evaluate(complete, attributes, infos);
  if (!data) return undefined;
  const [result] = graph.apply(constant, [], { data: Array.from(data), shape: info.shape, dtype: info.dtype });
  return result;
}
