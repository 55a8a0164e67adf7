/** Gradients of pools on ONNX, which has no operation for them. */
import type { MeanPoolGradientAttributes } from '../program/ops/pool.ts';
import { onnxPads, slides, type WindowAttributes } from '../program/ops/window.ts';
import { at } from '../program/tensor.ts';
import type { OnnxNode } from './emitter.ts';
import { byPlaces } from './gpu/pool.ts';

/**
 * Of the cells that are largest in a window the first one gets the gradient. The usual window of 2×2 compares cells with the
 * window's result. Else MaxPool tells where each largest cell was: where windows lie apart MaxUnpool puts the gradient there,
 * where they overlap a cell may be largest several times, so that gradients are added one by one.
 */
export function maxPoolGradientOnnx(o: O): void {
  if (o.gpu) {
    o.set(byPlaces(o), 'channels');
    return;
  }
  const { inputs, attributes } = o.node;
  const [batch, height, width, channels] = at(inputs, 0).shape as [number, number, number, number];
  const { window, stride, padding } = attributes;
  const isUsual = [...window, ...stride].every((size) => size === 2) && padding.flat().every((cells) => cells === 0);
  if (isUsual) {
    o.set(byComparison(o), 'channels');
    return;
  }
  const shape = [batch, channels, height, width];
  const options = { kernel_shape: window, strides: stride, pads: onnxPads(padding) };
  const [, indices = ''] = o.ops('MaxPool', [o.input(0, 'channels')], 2, options);
  const dy = o.input(2, 'channels');
  if (window.every((size, i) => size <= (stride[i] ?? 1))) {
    o.set(o.op('MaxUnpool', [dy, indices, o.ints(shape)], options), 'channels');
    return;
  }
  const count = shape.reduce((a, b) => a * b, 1);
  const zeros = o.op('Expand', [o.float(0), o.ints([count])]);
  const flat = o.op('Reshape', [indices, o.ints([-1, 1])]);
  const updates = o.op('Reshape', [dy, o.ints([-1])]);
  const sums = o.op('ScatterND', [zeros, flat, updates], { reduction: 'add' });
  o.set(o.op('Reshape', [sums, o.ints(shape)]), 'channels');
}

type O = OnnxNode<WindowAttributes>;

/**
 * Windows of 2×2: a cell counts where it equals its window's result and no cell of the window before it does. "Before" is
 * found by moving all flags by one place, which costs a quarter of what numbers would.
 */
function byComparison(o: O): string {
  const [batch, height, width, channels] = at(o.node.inputs, 0).shape as [number, number, number, number];
  const even = [height - (height % 2), width - (width % 2)] as const;
  const cut = even[0] !== height || even[1] !== width;
  const source = o.input(0, 'channels');
  const x = cut ? o.op('Slice', [source, o.ints([0, 0]), o.ints(even), o.ints([2, 3])]) : source;
  const whole = o.ints([batch, channels, ...even]);
  const wide = (name: string): string =>
    o.op('Resize', [name, '', o.initializer('float32', [4], [1, 1, 2, 2])], {
      mode: 'nearest',
      coordinate_transformation_mode: 'asymmetric',
      nearest_mode: 'floor',
    });
  const isLargest = o.op('Equal', [x, wide(o.input(1, 'channels'))]);
  // Flags of a plane in one row, so that the patterns of odd and even places broadcast in long pieces.
  const planes = batch * channels;
  const plane = even[0] * even[1];
  const pattern = (rows: number, of: 0 | 1): string =>
    o.initializer(
      'bool',
      [rows * even[1]],
      Array.from({ length: rows * even[1] }, (_, i) => Number(i % 2 === of)),
    );
  /** Flags moved to the next or the last place. */
  const moved = (flags: string, size: number, by: 1 | -1): string => {
    const line = o.op('Reshape', [flags, o.ints([planes * size])]);
    return o.op('Reshape', [o.op('Pad', [line, o.ints([by, -by])]), o.ints([planes, size])]);
  };
  const and = (x: string, y: string): string => o.op('And', [x, y]);
  const flags = o.op('Reshape', [isLargest, o.ints([planes, plane])]);
  const left = and(moved(flags, plane, 1), pattern(even[0], 1));
  const firstInRow = and(flags, o.op('Not', [left]));
  const pairs = o.op('Reshape', [firstInRow, o.ints([(planes * even[0]) / 2, 2, even[1]])]);
  const [above = '', below = ''] = o.ops('Split', [pairs, o.ints([1, 1])], 2, { axis: 1 });
  const half = plane / 2;
  const upper = o.op('Reshape', [above, o.ints([planes, half])]);
  const beside = o.op('Or', [
    and(moved(above, half, 1), pattern(even[0] / 2, 1)),
    and(moved(above, half, -1), pattern(even[0] / 2, 0)),
  ]);
  const free = o.op('Not', [o.op('Or', [upper, beside])]);
  const lower = and(below, o.op('Reshape', [free, o.ints([(planes * even[0]) / 2, 1, even[1]])]));
  const first = o.op('Reshape', [o.op('Concat', [above, lower], { axis: 1 }), whole]);
  const dx = o.op('Mul', [o.cast(first, 'float32'), wide(o.input(2, 'channels'))]);
  if (!cut) return dx;
  return o.op('Pad', [dx, o.ints([0, 0, 0, 0, 0, 0, height - even[0], width - even[1]])]);
}

/** Each cell of y is shared among the cells of its window: a transposed convolution with a kernel of ones, channel by channel. */
export function meanPoolGradientOnnx(o: OnnxNode<MeanPoolGradientAttributes>): void {
  const { attributes } = o.node;
  const { window, stride, padding, shape } = attributes;
  const [height, width, channels] = [at(shape, 1), at(shape, 2), at(shape, 3)];
  const places = slides([height, width], attributes);
  const shares = places.map((slide) =>
    Array.from({ length: slide.output }, (_, i) => {
      const start = i * slide.stride - slide.before;
      const inside = Math.min(start + slide.window, slide.input) - Math.max(start, 0);
      return attributes.countPadding ? slide.window : inside;
    }),
  );
  const [rows = [], columns = []] = shares;
  const share = rows.flatMap((a) => columns.map((b) => 1 / (a * b)));
  const weighted = o.op('Mul', [
    o.input(0, 'channels'),
    o.initializer('float32', [1, 1, rows.length, columns.length], share),
  ]);
  const ones = new Array<number>(channels * at(window, 0) * at(window, 1)).fill(1);
  const kernel = o.initializer('float32', [channels, 1, at(window, 0), at(window, 1)], ones);
  const full = o.op('ConvTranspose', [weighted, kernel], { kernel_shape: window, strides: stride, group: channels });
  // What a window did not reach is padded with zeros, what lies in the padding is cut off.
  const ends = places.map((slide) => {
    const reach = (slide.output - 1) * slide.stride + slide.window;
    return slide.input + slide.before - reach;
  });
  const cut = [0, 0, -(padding[0]?.[0] ?? 0), -(padding[1]?.[0] ?? 0), 0, 0, ends[0] ?? 0, ends[1] ?? 0];
  o.set(cut.some((cells) => cells !== 0) ? o.op('Pad', [full, o.ints(cut)]) : full, 'channels');
}
