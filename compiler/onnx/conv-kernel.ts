/**
 * The gradient of a convolution's kernel on ONNX, which has no operation for it. Both ways lay out the cells that each place
 * of the kernel meets and end in one batched product with the gradient of y.
 */
import type { ConvGradientAttributes } from '../program/ops/conv2d.ts';
import { type Slide, slides } from '../program/ops/window.ts';
import { at } from '../program/tensor.ts';
import { byJoinedShifts, paysJoined, zerosOf } from './conv-kernel-joined.ts';
import type { OnnxNode } from './emitter.ts';

type O = OnnxNode<ConvGradientAttributes>;

export function kernelGradientOnnx(o: O): void {
  const { inputs, attributes } = o.node;
  const [rows, columns] = slides(at(inputs, 0).shape.slice(1, 3), {
    ...attributes,
    window: attributes.shape.slice(0, 2),
  });
  if (!rows || !columns) return;
  const dense = [rows, columns].every(({ stride, dilation }) => stride === 1 && dilation === 1);
  const wide = rows.window * columns.window > 1;
  // With few channels the copies of dy would outweigh those of x.
  const [, , depth = 0, filters = 0] = attributes.shape;
  const pays = wide && 2 * depth > filters;
  o.set(dense && pays && attributes.groups === 1 ? byShifts(o, rows, columns) : byColumns(o, rows, columns));
}

/** Numbers of x that one round works on: what a core keeps close by. */
const roundSize = 1 << 16;

/**
 * Stride 1. Rows of the padded x lie one behind the other, so that moving by one place of the kernel is a delay. With x
 * delayed by 0 … width − 1 cells and dy by 0 … height − 1 rows, one product holds every pair of delays: the places of the
 * kernel, at height + width copies instead of height × width.
 */
function byShifts(o: O, rows: Slide, columns: Slide): string {
  const [channels, filters] = [at(at(o.node.inputs, 0).shape, 3), at(at(o.node.inputs, 1).shape, 3)];
  const [height, width] = [rows.window, columns.window];
  const sum = paysJoined(o, rows, columns) ? byJoinedShifts(o, rows, columns) : byApartShifts(o, rows, columns);
  // [channels, width from the last to the first, filters, height]
  const split = o.op('Reshape', [sum, o.ints([channels, width, filters, height])]);
  const ordered = o.op('Transpose', [split], { perm: [3, 1, 0, 2] });
  if (width === 1) return ordered;
  return o.op('Slice', [ordered, o.ints([-1]), o.ints([-width - 1]), o.ints([1]), o.ints([-1])]);
}

/** A product for each example, added up. */
function byApartShifts(o: O, rows: Slide, columns: Slide): string {
  const [x, dy] = [at(o.node.inputs, 0).shape, at(o.node.inputs, 1).shape];
  const [batch, channels, filters] = [at(x, 0), at(x, 3), at(dy, 3)];
  const [height, width] = [rows.window, columns.window];
  const pitch = columns.input + columns.before + columns.after;
  const length = (rows.input + rows.before + rows.after) * pitch;
  const full = length + width - 1;
  const step = o.gpu ? batch : Math.max(1, Math.min(batch, Math.floor(roundSize / (channels * length))));
  const sums: string[] = [];
  for (let start = 0; start < batch; start += step) {
    const count = Math.min(step, batch - start);
    const rest = batch - start - count;
    const flat = (name: string, pads: readonly number[], shape: readonly number[]): string =>
      o.op('Reshape', [o.op('Pad', [name, o.ints(pads)]), o.ints(shape)]);
    const cells = flat(
      o.input(0, 'channels'),
      [-start, 0, rows.before, columns.before, -rest, 0, rows.after, columns.after],
      [count, channels, length],
    );
    const slopes = flat(
      o.input(1, 'channels'),
      [-start, 0, 0, 0, -rest, 0, 0, pitch - columns.output],
      [count, filters, rows.output * pitch],
    );
    const zeros = (of: number, size: number): string => zerosOf(o, [count, of, size]);
    const repeated = (name: string, times: number, between: string, before: readonly string[]): string => {
      const parts = Array.from({ length: times }, (_, i) => (i === 0 ? [name] : [between, name])).flat();
      return o.op('Concat', [...before, ...parts], { axis: 2 });
    };
    const delayed = repeated(cells, width, zeros(channels, width), []);
    const gap = full - rows.output * pitch + pitch;
    const lead = width > 1 ? [zeros(filters, width - 1)] : [];
    const moved = repeated(slopes, height, zeros(filters, gap), lead);
    const product = o.op(
      'FusedMatMul',
      [
        o.op('Reshape', [delayed, o.ints([count, channels * width, full])]),
        o.op('Reshape', [moved, o.ints([count, filters * height, full])]),
      ],
      { transB: 1, alpha: 1 },
      'com.microsoft',
    );
    sums.push(count === 1 ? product : o.op('ReduceSum', [product, o.ints([0])], { keepdims: 1 }));
  }
  return sums.length === 1 ? at(sums, 0) : o.op('Sum', sums);
}

/** Any stride, dilation and groups: the cells of every place of the kernel, cut out one by one. */
function byColumns(o: O, rows: Slide, columns: Slide): string {
  const { inputs, attributes } = o.node;
  const [kh, kw, depth, filters] = attributes.shape as [number, number, number, number];
  const { groups } = attributes;
  const batch = at(at(inputs, 1).shape, 0);
  const places = rows.output * columns.output;
  const cells = windowColumns(o, rows, columns);
  // [batch · groups, places of the kernel · depth, places] and [batch · groups, filters, places]
  const apart = groups === 1 ? cells : o.op('Reshape', [cells, o.ints([batch, kh * kw, groups, depth, places])]);
  const grouped = groups === 1 ? apart : o.op('Transpose', [apart], { perm: [0, 2, 1, 3, 4] });
  const stacked = o.op('Reshape', [grouped, o.ints([batch * groups, kh * kw * depth, places])]);
  const slopes = o.op('Reshape', [o.input(1, 'channels'), o.ints([batch * groups, filters / groups, places])]);
  const product = o.op('FusedMatMul', [stacked, slopes], { transB: 1, alpha: 1 }, 'com.microsoft');
  const parted = o.op('Reshape', [product, o.ints([batch, groups, kh * kw * depth, filters / groups])]);
  const summed = o.op('ReduceSum', [parted, o.ints([0])], { keepdims: 0 });
  const ordered = groups === 1 ? summed : o.op('Transpose', [summed], { perm: [1, 0, 2] });
  return o.op('Reshape', [ordered, o.ints([kh, kw, depth, filters])]);
}

/** For each place of the kernel the cells of x that it meets: [batch, kernel places · channels, outHeight, outWidth]. */
function windowColumns(o: O, rows: Slide, columns: Slide): string {
  const single = rows.window * columns.window === 1;
  const strided = rows.stride > 1 && rows.stride === columns.stride && rows.dilation * columns.dilation === 1;
  const cut = strided ? byPhases(o, rows, columns) : bySteps(o, rows, columns);
  if (single && rows.stride === 1 && columns.stride === 1) return cut.padded;
  const pieces: string[] = [];
  for (let i = 0; i < rows.window; i++) for (let j = 0; j < columns.window; j++) pieces.push(cut.place(i, j));
  return pieces.length === 1 ? at(pieces, 0) : o.op('Concat', pieces, { axis: 1 });
}

/** x with its padding, and how to cut the cells of a place of the kernel out of it. */
interface Cutting {
  readonly padded: string;
  readonly place: (row: number, column: number) => string;
}

function bySteps(o: O, rows: Slide, columns: Slide): Cutting {
  const pads = [0, 0, rows.before, columns.before, 0, 0, rows.after, columns.after];
  const source = o.input(0, 'channels');
  const padded = pads.some((cells) => cells > 0) ? o.op('Pad', [source, o.ints(pads)]) : source;
  const steps = [rows.stride, columns.stride];
  return {
    padded,
    place(row, column) {
      const [y, x] = [row * rows.dilation, column * columns.dilation];
      const ends = [y + (rows.output - 1) * rows.stride + 1, x + (columns.output - 1) * columns.stride + 1];
      return o.op('Slice', [padded, o.ints([y, x]), o.ints(ends), o.ints([2, 3]), o.ints(steps)]);
    },
  };
}

/**
 * The cells of each phase of the stride are brought together first, as channels: cutting out whole lines is four times as fast as
 * picking every second cell.
 */
function byPhases(o: O, rows: Slide, columns: Slide): Cutting {
  const { stride } = rows;
  const [channels, source] = [at(at(o.node.inputs, 0).shape, 3), o.input(0, 'channels')];
  const behind = ({ output, window, input, before }: Slide): number =>
    stride * (output + Math.ceil(window / stride) - 1) - input - before;
  const pads = [0, 0, rows.before, columns.before, 0, 0, behind(rows), behind(columns)];
  const padded = pads.some((cells) => cells !== 0) ? o.op('Pad', [source, o.ints(pads)]) : source;
  const phases = o.op('SpaceToDepth', [padded], { blocksize: stride });
  return {
    padded: phases,
    place(row, column) {
      const first = ((row % stride) * stride + (column % stride)) * channels;
      const [y, x] = [Math.floor(row / stride), Math.floor(column / stride)];
      const ends = [first + channels, y + rows.output, x + columns.output];
      return o.op('Slice', [phases, o.ints([first, y, x]), o.ints(ends), o.ints([1, 2, 3])]);
    },
  };
}
