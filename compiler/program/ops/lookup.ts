/** Lookups by whole numbers: rows of a table, one number per place, the place of the largest, and running sums. */
import type { OnnxNode } from '../../onnx/emitter.ts';
import type { Graph } from '../graph.ts';
import { aroundAxis } from '../ndarray.ts';
import { type Attributes, at, primitive, sizeOf, type Tensor } from '../tensor.ts';
import { multiply } from './binary.ts';
import { castTo } from './cast.ts';
import { reshape } from './reshape.ts';

/** Rows of a table [n, …rest] at index […]: […, …rest]. */
export const gatherOp = primitive({
  name: 'gather',
  result: ([table, index]) =>
    table && index ? [{ dtype: table.dtype, shape: [...index.shape, ...table.shape.slice(1)] }] : [],
  evaluate([table, index]) {
    if (!table || !index) return [];
    const width = sizeOf(table.shape.slice(1));
    const result = new Float64Array(index.data.length * width);
    index.data.forEach((row, i) => {
      result.set(table.data.subarray(row * width, (row + 1) * width), i * width);
    });
    return [result];
  },
  gradient(g, { inputs }, [dy]) {
    const [table, index] = [at(inputs, 0), at(inputs, 1)];
    return [dy && at(g.apply(scatterAddOp, [dy, index], { rows: at(table.shape, 0) }), 0), undefined];
  },
  onnx: (o) => o.set(o.op('Gather', [o.input(0), o.input(1)], { axis: 0 })),
});

export interface ScatterAttributes extends Attributes {
  readonly rows: number;
}

/** Adds rows into a table of zeros [rows, …rest] at index […]: the gradient of `gather`. */
export const scatterAddOp = primitive<ScatterAttributes>({
  name: 'scatterAdd',
  result: ([values, index], { rows }) =>
    values && index ? [{ dtype: values.dtype, shape: [rows, ...values.shape.slice(index.shape.length)] }] : [],
  evaluate([values, index], _, outputs) {
    if (!values || !index) return [];
    const { shape } = at(outputs, 0);
    const result = new Float64Array(sizeOf(shape));
    const width = sizeOf(shape.slice(1));
    index.data.forEach((row, i) => {
      for (let k = 0; k < width; k++) {
        result[row * width + k] = at(result, row * width + k) + at(values.data, i * width + k);
      }
    });
    return [result];
  },
  gradient: (g, { inputs }, [dy]) => [dy && gather(g, dy, at(inputs, 1)), undefined],
  onnx(o) {
    const { shape } = at(o.node.outputs, 0);
    const rows = at(shape, 0);
    const width = sizeOf(shape.slice(1));
    const count = sizeOf(at(o.node.inputs, 1).shape);
    const values = o.op('Reshape', [o.input(0), o.ints([count, width])]);
    const index = o.op('Reshape', [o.input(1), o.ints([count])]);
    let table: string;
    if (rows <= oneHotLimit) {
      table = o.op('Gemm', [oneHotOnnx(o, index, rows), values], { transA: 1 });
    } else {
      const zeros = o.op('Expand', [o.float(0), o.ints([rows, width])]);
      const places = o.op('Reshape', [o.cast(index, 'int64'), o.ints([count, 1])]);
      table = o.op('ScatterND', [zeros, places, values], { reduction: 'add' });
    }
    o.set(o.op('Reshape', [table, o.ints(shape)]));
  },
});

/** Up to this many classes a product with a one-hot matrix is quicker than scattered sums. */
const oneHotLimit = 1024;

/** From the last axis of x […, n] the number at index […]. */
export const pickOp = primitive({
  name: 'pick',
  result: ([x, index]) => (x && index ? [{ dtype: x.dtype, shape: index.shape }] : []),
  evaluate([x, index]) {
    if (!x || !index) return [];
    const n = at(x.shape, -1);
    return [index.data.map((k, i) => at(x.data, i * n + k))];
  },
  gradient(g, { inputs }, [dy]) {
    const [x, index] = [at(inputs, 0), at(inputs, 1)];
    if (!dy) return [];
    const up = reshape(g, dy, [...dy.shape, 1]);
    return [multiply(g, oneHot(g, index, at(x.shape, -1)), up), undefined];
  },
  onnx(o) {
    const { shape } = at(o.node.inputs, 1);
    const index = o.op('Reshape', [o.input(1), o.ints([...shape, 1])]);
    const found = o.op('GatherElements', [o.input(0), index], { axis: shape.length });
    o.set(o.op('Reshape', [found, o.ints(shape)]));
  },
});

export interface OneHotAttributes extends Attributes {
  readonly depth: number;
}

export const oneHotOp = primitive<OneHotAttributes>({
  name: 'oneHot',
  result: ([index], { depth }) => (index ? [{ dtype: 'float32', shape: [...index.shape, depth] }] : []),
  evaluate([index], { depth }) {
    if (!index) return [];
    const result = new Float64Array(index.data.length * depth);
    index.data.forEach((k, i) => {
      if (k >= 0 && k < depth) result[i * depth + k] = 1;
    });
    return [result];
  },
  gradient: () => [],
  onnx(o) {
    const { shape } = at(o.node.inputs, 0);
    const { depth } = o.node.attributes;
    const flat = o.op('Reshape', [o.input(0), o.ints([sizeOf(shape)])]);
    o.set(o.op('Reshape', [oneHotOnnx(o, flat, depth), o.ints([...shape, depth])]));
  },
});

export interface AxisAttributes extends Attributes {
  readonly axis: number;
}

/** The place of the largest number, the first of several. */
export const argmaxOp = primitive<AxisAttributes>({
  name: 'argmax',
  result: ([x], { axis }) => (x ? [{ dtype: 'int32', shape: x.shape.filter((_, i) => i !== axis) }] : []),
  evaluate([x], { axis }) {
    if (!x) return [];
    const { outer, n, inner } = aroundAxis(x.shape, axis);
    const result = new Float64Array(outer * inner);
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        let best = 0;
        for (let k = 1; k < n; k++) {
          if (at(x.data, (o * n + k) * inner + i) > at(x.data, (o * n + best) * inner + i)) best = k;
        }
        result[o * inner + i] = best;
      }
    }
    return [result];
  },
  gradient: () => [],
  onnx: (o) => o.set(o.cast(o.op('ArgMax', [o.input(0)], { axis: o.node.attributes.axis, keepdims: 0 }), 'int32')),
});

export interface CumsumAttributes extends AxisAttributes {
  /** From the end. */
  readonly reverse: boolean;
}

export const cumsumOp = primitive<CumsumAttributes>({
  name: 'cumsum',
  result: ([x]) => (x ? [{ dtype: x.dtype, shape: x.shape }] : []),
  evaluate([x], { axis, reverse }) {
    if (!x) return [];
    const { outer, n, inner } = aroundAxis(x.shape, axis);
    const result = new Float64Array(x.data.length);
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        let sum = 0;
        for (let k = 0; k < n; k++) {
          const place = (o * n + (reverse ? n - 1 - k : k)) * inner + i;
          sum += at(x.data, place);
          result[place] = sum;
        }
      }
    }
    return [result];
  },
  gradient: (g, { attributes }, [dy]) => [dy && cumsum(g, dy, attributes.axis, !attributes.reverse)],
  onnx(o) {
    const { axis, reverse } = o.node.attributes;
    o.set(o.op('CumSum', [o.input(0), o.initializer('int64', [], [axis])], { reverse: reverse ? 1 : 0 }));
  },
});

export function gather(g: Graph, table: Tensor, index: Tensor): Tensor {
  return at(g.apply(gatherOp, [table, castTo(g, index, 'int32')], {}), 0);
}

export function pick(g: Graph, x: Tensor, index: Tensor): Tensor {
  return at(g.apply(pickOp, [x, castTo(g, index, 'int32')], {}), 0);
}

export function oneHot(g: Graph, index: Tensor, depth: number): Tensor {
  return at(g.apply(oneHotOp, [castTo(g, index, 'int32')], { depth }), 0);
}

export function argmax(g: Graph, x: Tensor, axis: number): Tensor {
  return at(g.apply(argmaxOp, [x.dtype === 'bool' ? castTo(g, x, 'int32') : x], { axis }), 0);
}

export function cumsum(g: Graph, x: Tensor, axis: number, reverse = false): Tensor {
  const wide = x.dtype === 'bool' || x.dtype === 'uint8' ? castTo(g, x, 'int32') : x;
  return at(g.apply(cumsumOp, [wide], { axis, reverse }), 0);
}

/** Rows of a unit matrix are quicker than the operation OneHot; the matrix is only made where it is small. */
function oneHotOnnx<A extends Attributes>(o: OnnxNode<A>, flat: string, depth: number): string {
  if (depth > oneHotLimit) {
    const column = o.op('Reshape', [flat, o.ints([-1, 1])]);
    const classes = o.initializer(
      'int32',
      [1, depth],
      Int32Array.from({ length: depth }, (_, i) => i),
    );
    return o.cast(o.op('Equal', [column, classes]), 'float32');
  }
  const key = `unit ${depth}`;
  const before = o.notes.get(key);
  const unit = typeof before === 'string' ? before : o.ownInitializer('float32', [depth, depth], unitMatrix(depth));
  o.notes.set(key, unit);
  return o.op('Gather', [unit, flat], { axis: 0 });
}

function unitMatrix(n: number): Float32Array {
  const data = new Float32Array(n * n);
  for (let i = 0; i < n; i++) data[i * n + i] = 1;
  return data;
}
