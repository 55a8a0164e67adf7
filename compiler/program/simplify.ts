/** Rewrites of one node that need no look around: what comes out is shorter and has the same value. */
import type { Graph } from './graph.ts';
import type { BinaryAttributes } from './ops/binary.ts';
import { constantData } from './ops/constant.ts';
import type { ReshapeAttributes } from './ops/reshape.ts';
import type { TransposeAttributes } from './ops/transpose.ts';
import type { UnaryAttributes } from './ops/unary.ts';
import { type Attributes, broadcastShapes, type Primitive, sameShape, type Tensor } from './tensor.ts';

export function simplify(
  g: Graph,
  primitive: Primitive,
  inputs: readonly Tensor[],
  attributes: Attributes,
): Tensor | undefined {
  const [x] = inputs;
  if (!x) return undefined;
  switch (primitive.name) {
    case 'reshape':
      return simpleReshape(g, primitive, x, attributes as ReshapeAttributes);
    case 'transpose':
      return simpleTranspose(g, primitive, x, attributes as TransposeAttributes);
    case 'broadcast':
      return sameShape(x.shape, (attributes as ReshapeAttributes).shape) ? x : undefined;
    case 'unary':
      return simpleUnary(g, x, attributes as UnaryAttributes);
    case 'binary':
      return neutral(g, inputs, attributes as BinaryAttributes) ?? withoutBroadcast(g, primitive, inputs, attributes);
    case 'where':
      return withoutBroadcast(g, primitive, inputs, attributes);
    default:
      return undefined;
  }
}

function simpleReshape(g: Graph, primitive: Primitive, x: Tensor, attributes: ReshapeAttributes): Tensor | undefined {
  if (sameShape(x.shape, attributes.shape)) return x;
  const before = g.producer(x);
  const source = before?.primitive.name === 'reshape' ? before.inputs[0] : undefined;
  return source && g.apply(primitive, [source], attributes)[0];
}

function simpleTranspose(
  g: Graph,
  primitive: Primitive,
  x: Tensor,
  { order }: TransposeAttributes,
): Tensor | undefined {
  if (order.every((axis, i) => axis === i)) return x;
  const before = g.producer(x);
  const source = before?.primitive.name === 'transpose' ? before.inputs[0] : undefined;
  if (!before || !source) return undefined;
  const first = (before.attributes as TransposeAttributes).order;
  return g.apply(primitive, [source], { order: order.map((axis) => first[axis] ?? 0) })[0];
}

function simpleUnary(g: Graph, x: Tensor, { of }: UnaryAttributes): Tensor | undefined {
  const before = g.producer(x);
  if (of !== 'negate' || before?.primitive.name !== 'unary') return undefined;
  return (before.attributes as UnaryAttributes).of === 'negate' ? before.inputs[0] : undefined;
}

/** x + 0, x − 0, x · 1, x / 1. */
function neutral(g: Graph, inputs: readonly Tensor[], { of }: BinaryAttributes): Tensor | undefined {
  const [a, b] = inputs;
  if (!a || !b) return undefined;
  const is = (t: Tensor, value: number): boolean => {
    const node = g.producer(t);
    const data = node && constantData(node);
    return data?.length === 1 && data[0] === value;
  };
  const keeps = (t: Tensor): boolean => sameShape(t.shape, broadcastShapes(a.shape, b.shape));
  const one = of === 'multiply' || of === 'divide' ? 1 : of === 'add' || of === 'subtract' ? 0 : undefined;
  if (one === undefined) return undefined;
  if (is(b, one) && keeps(a)) return a;
  if ((of === 'multiply' || of === 'add') && is(a, one) && keeps(b)) return b;
  return undefined;
}

/** An operand that was stretched just before is taken as it was, where the result's shape stays the same. */
function withoutBroadcast(
  g: Graph,
  primitive: Primitive,
  inputs: readonly Tensor[],
  attributes: Attributes,
): Tensor | undefined {
  const shape = inputs.map((input) => input.shape).reduce(broadcastShapes);
  for (const [i, input] of inputs.entries()) {
    const node = g.producer(input);
    const source = node?.primitive.name === 'broadcast' ? node.inputs[0] : undefined;
    if (!source) continue;
    const others = inputs.map((other, k) => (k === i ? source : other));
    if (!sameShape(others.map((other) => other.shape).reduce(broadcastShapes), shape)) continue;
    return g.apply(primitive, others, attributes)[0];
  }
  return undefined;
}
