/**
 * The size of every value of an ONNX graph, from the operations that the primitives write: what a run of the graph keeps in
 * memory is counted with it. An operation that is not known here counts as large as its largest input.
 */
import { at, broadcastShapes, sizeOf } from '../program/tensor.ts';
import type { OnnxInitializer, OnnxOperation, OnnxType } from './model.ts';

export interface Sized {
  readonly shape: readonly number[];
  readonly bytes: number;
  /** Bytes of one number. */
  readonly width: number;
}

const widths: Readonly<Record<OnnxType, number>> = { float32: 4, int32: 4, int64: 8, uint8: 1, bool: 1 };
const castWidths: ReadonlyMap<number, number> = new Map([
  [1, 4],
  [2, 1],
  [6, 4],
  [7, 8],
  [9, 1],
  [10, 2],
]);

export function sized(shape: readonly number[], dtype: OnnxType): Sized {
  return ofWidth(shape, widths[dtype]);
}

function ofWidth(shape: readonly number[], width: number): Sized {
  return { shape, width, bytes: sizeOf(shape) * width };
}

/** What an operation reads: sizes of its inputs, and the numbers of those that never change. */
export interface Reading {
  size(index: number): Sized;
  numbers(index: number): readonly number[] | undefined;
}

export function readerOf(
  operation: OnnxOperation,
  sizes: ReadonlyMap<string, Sized>,
  constants: ReadonlyMap<string, OnnxInitializer>,
): Reading {
  const unknown: Sized = { shape: [], bytes: 0, width: 4 };
  return {
    size: (index) => sizes.get(operation.inputs[index] ?? '') ?? unknown,
    numbers(index) {
      const found = constants.get(operation.inputs[index] ?? '');
      return found && Array.from(found.data);
    },
  };
}

/** The sizes of an operation's results, in order. */
export function resultSizes(operation: OnnxOperation, read: Reading): readonly Sized[] {
  const x = read.size(0);
  const shapes = shapesOf(operation, read, x);
  return operation.outputs.map((_, i) => {
    const shape = shapes?.[i] ?? shapes?.[0];
    return shape ? ofWidth(shape, widthOf(operation, i, x, read)) : largest(operation, read);
  });
}

function largest(operation: OnnxOperation, read: Reading): Sized {
  return operation.inputs.map((_, i) => read.size(i)).reduce((a, b) => (b.bytes > a.bytes ? b : a), read.size(0));
}

const flags = new Set(['Equal', 'Less', 'LessOrEqual', 'Greater', 'GreaterOrEqual', 'And', 'Or', 'Not']);

function widthOf({ type, attributes }: OnnxOperation, output: number, x: Sized, read: Reading): number {
  if (flags.has(type)) return 1;
  if (type === 'Cast') return castWidths.get(Number(attributes.to)) ?? x.width;
  if (type === 'ArgMax' || (type === 'MaxPool' && output === 1)) return 8;
  return type === 'Where' ? read.size(1).width : x.width;
}

const elementwise = new Set([
  ...['Add', 'Sub', 'Mul', 'Div', 'Max', 'Min', 'Mod', 'Pow', 'Sum', 'Where', 'And', 'Or'],
  ...['Equal', 'Less', 'LessOrEqual', 'Greater', 'GreaterOrEqual'],
]);

function shapesOf(operation: OnnxOperation, read: Reading, x: Sized): readonly (readonly number[])[] | undefined {
  const { type, attributes, inputs } = operation;
  if (elementwise.has(type)) {
    return [inputs.map((_, i) => read.size(i).shape).reduce((a, b) => broadcastShapes(a, b))];
  }
  switch (type) {
    case 'Transpose':
      return [listOf(attributes.perm).map((axis) => x.shape[axis] ?? 1)];
    case 'Reshape':
      return [reshaped(x, read.numbers(1))];
    case 'Expand': {
      const wanted = read.numbers(1);
      return wanted && [broadcastShapes(x.shape, wanted)];
    }
    case 'MatMul':
    case 'FusedMatMul':
    case 'Gemm':
    case 'FusedGemm':
      return [productShape(x.shape, read.size(1).shape, attributes)];
    case 'Conv':
      return convShape(x.shape, read.size(1).shape, attributes);
    case 'ConvTranspose':
      return transposedShape(x.shape, read.size(1).shape, attributes);
    case 'MaxPool':
    case 'AveragePool': {
      const window = listOf(attributes.kernel_shape);
      return [[...x.shape.slice(0, 2), ...slid(x.shape.slice(2), window, attributes)]];
    }
    case 'MaxUnpool': {
      const shape = read.numbers(2);
      return shape && [shape];
    }
    case 'Concat':
      return [
        joined(
          inputs.map((_, i) => read.size(i).shape),
          Number(attributes.axis ?? 0),
        ),
      ];
    case 'Split':
      return (read.numbers(1) ?? []).map((part) => replaced(x.shape, Number(attributes.axis ?? 0), part));
    case 'Slice':
      return [slicedShape(x.shape, read)];
    case 'Pad': {
      const pads = read.numbers(1);
      const rank = x.shape.length;
      return pads && [x.shape.map((size, axis) => size + (pads[axis] ?? 0) + (pads[axis + rank] ?? 0))];
    }
    case 'Gather':
      return [[...read.size(1).shape, ...x.shape.slice(1)]];
    case 'GatherElements':
      return [read.size(1).shape];
    case 'ReduceSum':
    case 'ReduceMean':
    case 'ReduceMax':
    case 'ReduceMin':
    case 'ReduceProd':
    case 'ArgMax':
      return [reducedShape(x.shape, read.numbers(1) ?? [Number(attributes.axis ?? 0)], attributes.keepdims !== 0)];
    case 'Resize': {
      const scales = read.numbers(2);
      return scales && [x.shape.map((size, axis) => Math.floor(size * (scales[axis] ?? 1)))];
    }
    case 'LayerNormalization': {
      const single = replaced(x.shape, x.shape.length - 1, 1);
      return [x.shape, single, single];
    }
    case 'BatchNormalization': {
      const channels = [x.shape[1] ?? 1];
      return [x.shape, channels, channels];
    }
    default:
      return inputs.length > 0 ? [x.shape] : undefined;
  }
}

function listOf(attribute: OnnxOperation['attributes'][string] | undefined): readonly number[] {
  return typeof attribute === 'object' && 'length' in attribute ? attribute : [];
}

function replaced(shape: readonly number[], axis: number, size: number): readonly number[] {
  const place = axis < 0 ? axis + shape.length : axis;
  return shape.map((old, i) => (i === place ? size : old));
}

function reshaped(x: Sized, wanted: readonly number[] | undefined): readonly number[] {
  if (!wanted) return x.shape;
  const known = wanted.filter((size) => size >= 0);
  return wanted.map((size) => (size < 0 ? sizeOf(x.shape) / Math.max(1, sizeOf(known)) : size));
}

function productShape(
  a: readonly number[],
  b: readonly number[],
  attributes: OnnxOperation['attributes'],
): readonly number[] {
  const [rows, columns] = [a.at(attributes.transA === 1 ? -1 : -2), b.at(attributes.transB === 1 ? -2 : -1)];
  return [...broadcastShapes(a.slice(0, -2), b.slice(0, -2)), rows ?? 1, columns ?? 1];
}

/** Cells that windows of an axis give. */
function slid(
  places: readonly number[],
  window: readonly number[],
  attributes: OnnxOperation['attributes'],
): readonly number[] {
  const [strides, pads, dilations] = [attributes.strides, attributes.pads, attributes.dilations].map(listOf);
  const round = attributes.ceil_mode === 1 ? Math.ceil : Math.floor;
  return places.map((size, i) => {
    const reach = (dilations?.[i] ?? 1) * ((window[i] ?? 1) - 1) + 1;
    const room = size + (pads?.[i] ?? 0) + (pads?.[i + places.length] ?? 0) - reach;
    return round(room / (strides?.[i] ?? 1)) + 1;
  });
}

function convShape(
  x: readonly number[],
  kernel: readonly number[],
  attributes: OnnxOperation['attributes'],
): readonly (readonly number[])[] {
  const window = listOf(attributes.kernel_shape).length > 0 ? listOf(attributes.kernel_shape) : kernel.slice(2);
  return [[x[0] ?? 1, kernel[0] ?? 1, ...slid(x.slice(2), window, attributes)]];
}

function transposedShape(
  x: readonly number[],
  kernel: readonly number[],
  attributes: OnnxOperation['attributes'],
): readonly (readonly number[])[] {
  const [strides, pads, more] = [attributes.strides, attributes.pads, attributes.output_padding].map(listOf);
  const [dilations, window] = [listOf(attributes.dilations), kernel.slice(2)];
  const places = x.slice(2).map((size, i) => {
    const reach = (dilations[i] ?? 1) * ((window[i] ?? 1) - 1) + 1;
    const cut = (pads?.[i] ?? 0) + (pads?.[i + window.length] ?? 0);
    return (size - 1) * (strides?.[i] ?? 1) + reach + (more?.[i] ?? 0) - cut;
  });
  return [[x[0] ?? 1, (kernel[1] ?? 1) * Number(attributes.group ?? 1), ...places]];
}

function joined(shapes: readonly (readonly number[])[], axis: number): readonly number[] {
  const first = at(shapes, 0);
  const place = axis < 0 ? axis + first.length : axis;
  return replaced(
    first,
    place,
    shapes.reduce((sum, shape) => sum + (shape[place] ?? 1), 0),
  );
}

function slicedShape(shape: readonly number[], read: Reading): readonly number[] {
  const [starts, ends] = [read.numbers(1) ?? [], read.numbers(2) ?? []];
  const axes = read.numbers(3) ?? starts.map((_, i) => i);
  const steps = read.numbers(4) ?? starts.map(() => 1);
  return axes.reduce<readonly number[]>((now, axis, i) => {
    const size = now[axis < 0 ? axis + now.length : axis] ?? 1;
    const step = steps[i] ?? 1;
    const clamp = (value: number): number => {
      const from = value < 0 ? value + size : value;
      return step > 0 ? Math.min(Math.max(from, 0), size) : Math.min(Math.max(from, -1), size - 1);
    };
    const count = Math.ceil((clamp(ends[i] ?? size) - clamp(starts[i] ?? 0)) / step);
    return replaced(now, axis, Math.max(0, count));
  }, shape);
}

function reducedShape(shape: readonly number[], over: readonly number[], keep: boolean): readonly number[] {
  const places = new Set(over.map((axis) => (axis < 0 ? axis + shape.length : axis)));
  return keep ? shape.map((size, i) => (places.has(i) ? 1 : size)) : shape.filter((_, i) => !places.has(i));
}
