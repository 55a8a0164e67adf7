/**
 * Windows over a volume `[depth, height, width, channels]`, made of windows over images: the planes that a window spans are
 * laid behind each other as channels, and one convolution of images reads them all. Pools go over height and width first, then
 * over the depth, which gives the same numbers. So every engine that has images has volumes, gradients included.
 */
import type { Settings } from '../../plan/plan.ts';
import type { Builder, Value } from '../builder.ts';
import { maybeSpans, spans } from '../planned.ts';
import { dilated, transposedPlace } from './transposed.ts';
import { cellsAlong } from './window.ts';

const none = [0, 0] as const;

/** A convolution: `kernel` is `[depth, height, width, in / groups, out]`. */
export function convolveVolume(
  b: Builder,
  x: Value,
  kernel: Value,
  settings: Settings,
  { groups, bias }: { readonly groups: number; readonly bias: Value | undefined },
): Value {
  const [deep = 1, tall = 1, wide = 1, into = 1, filters = 1] = kernel.shape;
  const [stride, dilation] = [spans(settings, 'stride', 3), spans(settings, 'dilation', 3)];
  const around = (axis: number): readonly [number, number] =>
    cellsAlong(settings.padding, axis, slideAt(x, kernel.shape, stride, dilation, axis));
  const [step = 1, apart = 1] = [stride[0], dilation[0]];
  const planes = stackedPlanes(b, x, { window: deep, stride: step, dilation: apart, around: around(0), groups });
  const flat = b.reshape(b.transpose(kernel, [1, 2, 0, 3, 4]), [tall, wide, deep * into, filters]);
  return b.conv2d(
    planes,
    flat,
    {
      stride: [stride[1] ?? 1, stride[2] ?? 1],
      padding: [around(1), around(2)],
      dilation: [dilation[1] ?? 1, dilation[2] ?? 1],
      groups,
    },
    bias,
  );
}

function slideAt(
  x: Value,
  window: readonly number[],
  stride: readonly number[],
  dilation: readonly number[],
  axis: number,
  ceil = false,
) {
  return {
    size: x.shape[axis] ?? 0,
    window: window[axis] ?? 1,
    stride: stride[axis] ?? 1,
    dilation: dilation[axis] ?? 1,
    ceil,
  };
}

interface Planes {
  readonly window: number;
  readonly stride: number;
  readonly dilation: number;
  readonly around: readonly [number, number];
  readonly groups: number;
}

/** For each place of the window along the depth, the planes that it reads as channels, group by group. */
function stackedPlanes(b: Builder, x: Value, { window, stride, dilation, around, groups }: Planes): Value {
  const padded = around[0] + around[1] > 0 ? b.pad(x, [around, none, none, none], 0) : x;
  const [depth = 0, height = 0, width = 0, channels = 0] = padded.shape;
  const places = Math.floor((depth - (window - 1) * dilation - 1) / stride) + 1;
  const parts = Array.from({ length: window }, (_, k) => {
    const first = k * dilation;
    const read = b.slice(padded, [
      [first, first + (places - 1) * stride + 1, stride],
      [0, height, 1],
      [0, width, 1],
      [0, channels, 1],
    ]);
    return groups === 1 ? read : b.reshape(read, [places, height, width, groups, channels / groups]);
  });
  return b.reshape(b.concat(parts, -1), [places, height, width, window * channels]);
}

/** A transposed convolution: `kernel` is `[depth, height, width, out, in]`. */
export function paintVolume(b: Builder, x: Value, kernel: Value, settings: Settings, bias: Value | undefined): Value {
  const [deep = 1, tall = 1, wide = 1, filters = 1, into = 1] = kernel.shape;
  const [stride, dilation] = [spans(settings, 'stride', 3), spans(settings, 'dilation', 3)];
  const extra = maybeSpans(settings, 'outputPadding', 3);
  const along = (axis: number) =>
    transposedPlace(settings.padding, axis, {
      size: x.shape[axis] ?? 0,
      window: ((kernel.shape[axis] ?? 1) - 1) * (dilation[axis] ?? 1) + 1,
      stride: stride[axis] ?? 1,
      extra: extra?.[axis],
    });
  const [depth, height, width] = [along(0), along(1), along(2)];
  const flat = b.reshape(b.transpose(kernel, [1, 2, 0, 3, 4]), [tall, wide, deep * filters, into]);
  const planes = b.conv2dTranspose(x, dilated(b, flat, [dilation[1] ?? 1, dilation[2] ?? 1]), {
    stride: [stride[1] ?? 1, stride[2] ?? 1],
    padding: [height.around, width.around],
    output: [height.result, width.result],
  });
  const painted = Array.from({ length: deep }, (_, k) => {
    const part = b.slice(
      planes,
      planes.shape.map((size, axis) => (axis === 3 ? [k * filters, (k + 1) * filters, 1] : [0, size, 1])),
    );
    return placed(b, apart(b, part, stride[0] ?? 1), k * (dilation[0] ?? 1) - depth.around[0], depth.result);
  });
  const sum = painted.reduce((total, part) => b.binary('add', total, part));
  return bias ? b.binary('add', sum, bias) : sum;
}

/** The planes with `stride − 1` empty ones between each two. */
function apart(b: Builder, x: Value, stride: number): Value {
  const [depth = 0, ...plane] = x.shape;
  if (stride === 1) return x;
  const between = b.pad(b.reshape(x, [depth, 1, ...plane]), [[0, 0], [0, stride - 1], ...plane.map(() => none)], 0);
  const whole = b.reshape(between, [depth * stride, ...plane]);
  return b.slice(whole, [[0, (depth - 1) * stride + 1, 1], ...plane.map((size) => [0, size, 1] as const)]);
}

/** The planes from place `first` on of a depth `depth`: what falls outside is cut off, the rest is empty. */
function placed(b: Builder, x: Value, first: number, depth: number): Value {
  const [size = 0, ...plane] = x.shape;
  const [from, end] = [Math.max(0, -first), Math.min(size, depth - first)];
  if (end <= from) return b.fill(0, [depth, ...plane]);
  const inside = b.slice(x, [[from, end, 1], ...plane.map((n) => [0, n, 1] as const)]);
  const before = Math.max(0, first);
  return b.pad(inside, [[before, depth - before - (end - from)], ...plane.map(() => none)], 0);
}

/** The largest number, or the mean, of each window. */
export function poolVolume(
  b: Builder,
  x: Value,
  settings: Settings,
  pool: { readonly keeps: 'max' } | { readonly keeps: 'mean'; readonly countPadding: boolean },
): Value {
  const window = spans(settings, 'window', 3);
  const stride = maybeSpans(settings, 'stride', 3) ?? window;
  const around = (axis: number): readonly [number, number] =>
    cellsAlong(settings.padding, axis, slideAt(x, window, stride, [1, 1, 1], axis, settings.ceil === true));
  const over = (value: Value, at: readonly [number | undefined, number | undefined]): Value => {
    const of = (list: readonly number[]): readonly [number, number] => [pick(list, at[0]), pick(list, at[1])];
    const cells = (axis: number | undefined) => (axis === undefined ? none : around(axis));
    const slide = { window: of(window), stride: of(stride), padding: [cells(at[0]), cells(at[1])] as const };
    return pool.keeps === 'max'
      ? b.maxPool2d(value, slide)
      : b.avgPool2d(value, { ...slide, countPadding: pool.countPadding });
  };
  const planes = over(x, [1, 2]);
  const [depth = 0, height = 0, width = 0, channels = 0] = planes.shape;
  const columns = over(b.reshape(planes, [depth, height * width, channels]), [0, undefined]);
  return b.reshape(columns, [columns.shape[0] ?? 0, height, width, channels]);
}

function pick(list: readonly number[], axis: number | undefined): number {
  return axis === undefined ? 1 : (list[axis] ?? 1);
}
