/** Another type of number. To whole numbers it cuts off the fraction; to flags it asks for "not zero". */
import type { Graph } from '../graph.ts';
import { type Attributes, at, type DType, primitive, type Tensor } from '../tensor.ts';

export interface CastAttributes extends Attributes {
  readonly to: DType;
}

export const cast = primitive<CastAttributes>({
  name: 'cast',
  result: ([x], { to }) => (x ? [{ dtype: to, shape: x.shape }] : []),
  evaluate: ([x], { to }) => [x ? x.data.map((value) => convert(value, to)) : new Float64Array(0)],
  gradient: (g, { inputs, attributes }, [dy]) => [
    dy && attributes.to === 'float32' && inputs[0]?.dtype === 'float32' ? castTo(g, dy, 'float32') : undefined,
  ],
  onnx: (o) => o.elementwise(([x]) => o.cast(x ?? '', o.node.attributes.to)),
});

export function castTo(g: Graph, x: Tensor, to: DType): Tensor {
  return x.dtype === to ? x : at(g.apply(cast, [x], { to }), 0);
}

function convert(value: number, to: DType): number {
  switch (to) {
    case 'float32':
      return value;
    case 'int32':
      return Math.trunc(value);
    case 'uint8':
      return Math.trunc(value) & 255;
    case 'bool':
      return value === 0 ? 0 : 1;
  }
}
