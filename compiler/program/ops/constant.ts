/** Numbers that are part of the program. */
import type { Graph } from '../graph.ts';
import { type Attributes, at, type DType, type Node, primitive, type Tensor } from '../tensor.ts';

export interface ConstantAttributes extends Attributes {
  readonly data: readonly number[];
  readonly shape: readonly number[];
  readonly dtype: DType;
}

export const constant = primitive<ConstantAttributes>({
  name: 'constant',
  result: (_, { shape, dtype }) => [{ shape, dtype }],
  evaluate: (_, { data }) => [Float64Array.from(data)],
  gradient: () => [],
  onnx: (o) => o.set(o.initializer(o.node.attributes.dtype, o.node.attributes.shape, o.node.attributes.data)),
});

/** The numbers of a node that is a constant. */
export function constantData(node: Node): readonly number[] | undefined {
  return node.primitive === (constant as unknown) ? (node.attributes as ConstantAttributes).data : undefined;
}

export function constantOf(
  g: Graph,
  data: readonly number[],
  shape: readonly number[],
  dtype: DType = 'float32',
): Tensor {
  return at(g.apply(constant, [], { data, shape, dtype }), 0);
}

/** One number. */
export function scalar(g: Graph, value: number, dtype: DType = 'float32'): Tensor {
  return constantOf(g, [value], [], dtype);
}
