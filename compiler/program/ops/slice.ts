/** Part of a tensor: per axis [start, end, step], end exclusive. `unslice` puts such a part back among zeros. */
import type { Graph } from '../graph.ts';
import { stridesOf, walk } from '../ndarray.ts';
import { type Attributes, at, primitive, sizeOf, type Tensor } from '../tensor.ts';

export type Ranges = readonly (readonly number[])[];

export interface SliceAttributes extends Attributes {
  readonly ranges: Ranges;
}

export interface UnsliceAttributes extends SliceAttributes {
  readonly shape: readonly number[];
}

export const sliceOp = primitive<SliceAttributes>({
  name: 'slice',
  result: ([x], { ranges }) => (x ? [{ dtype: x.dtype, shape: ranges.map(length) }] : []),
  evaluate([x], { ranges }, outputs) {
    const { shape } = at(outputs, 0);
    const result = new Float64Array(sizeOf(shape));
    if (x) {
      walkPart(x.shape, ranges, shape, (whole, part) => {
        result[part] = at(x.data, whole);
      });
    }
    return [result];
  },
  gradient: (g, { inputs, attributes }, [dy]) => [
    dy && at(g.apply(unsliceOp, [dy], { ranges: attributes.ranges, shape: at(inputs, 0).shape }), 0),
  ],
  onnx(o) {
    const layout = o.layout(0);
    const used = usedAxes(at(o.node.inputs, 0).shape, o.node.attributes.ranges);
    const axes = used.map(({ axis }) => o.axis(axis, layout));
    const [starts, ends, steps] = [0, 1, 2].map((k) => used.map(({ range }) => range[k] ?? 1));
    const bounds = [o.ints(starts ?? []), o.ints(ends ?? []), o.ints(axes), o.ints(steps ?? [])];
    o.set(o.op('Slice', [o.input(0, layout), ...bounds]), layout);
  },
});

export const unsliceOp = primitive<UnsliceAttributes>({
  name: 'unslice',
  result: ([x], { shape }) => (x ? [{ dtype: x.dtype, shape }] : []),
  evaluate([x], { ranges, shape }) {
    const result = new Float64Array(sizeOf(shape));
    if (x) {
      walkPart(shape, ranges, x.shape, (whole, part) => {
        result[whole] = at(x.data, part);
      });
    }
    return [result];
  },
  gradient: (g, { attributes }, [dy]) => [dy && slice(g, dy, attributes.ranges)],
  onnx(o) {
    const { ranges, shape } = o.node.attributes;
    const layout = o.layout(0);
    let name = o.input(0, layout);
    const rank = shape.length;
    const begins = new Array<number>(rank).fill(0);
    const ends = new Array<number>(rank).fill(0);
    const own = [...at(o.node.inputs, 0).shape];
    for (const [axis, range] of ranges.entries()) {
      const [start = 0, , step = 1] = range;
      if (step > 1) name = spread(o.op, o.ints, name, own, axis, o.axis(axis, layout), step, layout);
      const target = o.axis(axis, layout);
      begins[target] = start;
      ends[target] = at(shape, axis) - start - at(own, axis);
    }
    const moved = [...begins, ...ends].some((cells) => cells !== 0);
    o.set(moved ? o.op('Pad', [name, o.ints([...begins, ...ends])]) : name, layout);
  },
});

export function slice(g: Graph, x: Tensor, ranges: Ranges): Tensor {
  if (ranges.every((range, i) => range[0] === 0 && range[1] === x.shape[i] && range[2] === 1)) return x;
  return at(g.apply(sliceOp, [x], { ranges }), 0);
}

function length(range: readonly number[]): number {
  const [start = 0, end = 0, step = 1] = range;
  return Math.max(0, Math.ceil((end - start) / step));
}

function usedAxes(shape: readonly number[], ranges: Ranges) {
  const all = ranges.map((range, axis) => ({ axis, range }));
  const used = all.filter(({ axis, range }) => range[0] !== 0 || range[1] !== shape[axis] || range[2] !== 1);
  return used.length > 0 ? used : all.slice(0, 1);
}

/** Puts zeros between the cells of an axis: a new axis of one cell, padded to `step`, and both made one again. */
function spread(
  op: (type: string, inputs: readonly string[]) => string,
  ints: (values: readonly number[]) => string,
  name: string,
  shape: number[],
  axis: number,
  target: number,
  step: number,
  layout: 'rows' | 'channels',
): string {
  const order = (list: readonly number[]): number[] => {
    const [first = 0, ...rest] = list;
    return layout === 'rows' || list.length < 3 ? [...list] : [first, rest.at(-1) ?? 0, ...rest.slice(0, -1)];
  };
  const before = order(shape);
  const parted = [...before.slice(0, target + 1), 1, ...before.slice(target + 1)];
  const pads = new Array<number>(parted.length * 2).fill(0);
  pads[parted.length + target + 1] = step - 1;
  const padded = op('Pad', [op('Reshape', [name, ints(parted)]), ints(pads)]);
  shape[axis] = at(shape, axis) * step;
  return op('Reshape', [padded, ints(order(shape))]);
}

function walkPart(
  whole: readonly number[],
  ranges: Ranges,
  part: readonly number[],
  visit: (whole: number, part: number) => void,
): void {
  const strides = stridesOf(whole);
  const base = ranges.reduce((sum, range, i) => sum + (range[0] ?? 0) * at(strides, i), 0);
  const steps = ranges.map((range, i) => (range[2] ?? 1) * at(strides, i));
  walk(part, [steps], (i, offsets) => visit(base + at(offsets, 0), i));
}
