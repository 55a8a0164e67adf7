/** Pools and their gradients. Padding that is not TensorFlow's SAME is written out around an unpadded pool. */
import type { MeanPoolAttributes, MeanPoolGradientAttributes } from '../../program/ops/pool.ts';
import { type Slide, slides, type WindowAttributes } from '../../program/ops/window.ts';
import { at, type DType, sizeOf } from '../../program/tensor.ts';
import { form, type TensorflowNode } from '../emitter.ts';
import type { TensorflowAttributes } from '../graph-def.ts';
import { isSame, isUnpadded, pad, slice } from './space.ts';

type T =
  | TensorflowNode<WindowAttributes>
  | TensorflowNode<MeanPoolAttributes>
  | TensorflowNode<MeanPoolGradientAttributes>;

/** Less than every number that a network holds, so that a padded cell never is the largest. */
const lowest: Readonly<Record<DType, number>> = {
  float32: -3.4028234663852886e38,
  int32: -(2 ** 31),
  uint8: 0,
  bool: 0,
};

export const maxPoolForm = form<WindowAttributes>((t) => {
  const { shape, dtype } = at(t.node.inputs, 0);
  const places = placesOf(t, shape);
  t.set(t.typed('MaxPool', [padded(t, t.input(0), places, dtype)], dtype, windowAttributes(places)));
});

export const maxPoolGradientForm = form<WindowAttributes>((t) => {
  const { shape } = at(t.node.inputs, 0);
  const places = placesOf(t, shape);
  const x = padded(t, t.input(0), places, 'float32');
  const dx = t.typed('MaxPoolGrad', [x, t.input(1), t.input(2)], 'float32', windowAttributes(places));
  t.set(padsItself(places) ? dx : inner(t, dx, places, shape));
});

export const meanPoolForm = form<MeanPoolAttributes>((t) => {
  const { attributes } = t.node;
  const { shape } = at(t.node.inputs, 0);
  const places = placesOf(t, shape);
  if (isPlain(places, attributes)) {
    t.set(t.typed('AvgPool', [t.input(0)], 'float32', windowAttributes(places)));
    return;
  }
  const x = pad(t, t.input(0), amounts(places), t.float(0));
  const mean = t.typed('AvgPool', [x], 'float32', windowAttributes(unpadded(places)));
  t.set(attributes.countPadding ? mean : t.typed('Mul', [mean, corrections(t, places)], 'float32'));
});

export const meanPoolGradientForm = form<MeanPoolGradientAttributes>((t) => {
  const { attributes } = t.node;
  const { shape } = attributes;
  const places = placesOf(t, shape);
  const backward = (dy: string, full: readonly number[], window: readonly Slide[]): string =>
    t.typed('AvgPoolGrad', [t.ints(full), dy], 'float32', windowAttributes(window));
  if (isPlain(places, attributes)) {
    t.set(backward(t.input(0), shape, places));
    return;
  }
  const full = shape.map((size, i) => size + at(at(amounts(places), i), 0) + at(at(amounts(places), i), 1));
  const dy = attributes.countPadding ? t.input(0) : t.typed('Mul', [t.input(0), corrections(t, places)], 'float32');
  t.set(inner(t, backward(dy, full, unpadded(places)), places, shape));
});

function placesOf(t: T, shape: readonly number[]): readonly Slide[] {
  return slides(shape.slice(1, 3), t.node.attributes);
}

/** True where TensorFlow's own padding, or none, is what is asked for. */
function padsItself(places: readonly Slide[]): boolean {
  return isUnpadded(places) || isSame(places);
}

/** TensorFlow's mean counts the cells inside the image only, when it pads by itself. */
function isPlain(places: readonly Slide[], { countPadding }: MeanPoolAttributes): boolean {
  return isUnpadded(places) || (isSame(places) && !countPadding);
}

function windowAttributes(places: readonly Slide[]): TensorflowAttributes {
  return {
    ksize: { ints: [1, ...places.map((slide) => slide.window), 1] },
    strides: { ints: [1, ...places.map((slide) => slide.stride), 1] },
    padding: { text: !isUnpadded(places) && isSame(places) ? 'SAME' : 'VALID' },
    data_format: { text: 'NHWC' },
  };
}

function amounts(places: readonly Slide[]): readonly (readonly number[])[] {
  return [[0, 0], ...places.map((slide) => [slide.before, slide.after]), [0, 0]];
}

function unpadded(places: readonly Slide[]): readonly Slide[] {
  return places.map((slide) => ({
    ...slide,
    input: slide.input + slide.before + slide.after,
    before: 0,
    after: 0,
  }));
}

function padded(t: T, x: string, places: readonly Slide[], dtype: DType): string {
  if (padsItself(places)) return x;
  return pad(t, x, amounts(places), t.constant({ dtype, shape: [], data: [lowest[dtype]] }), dtype);
}

/** The image without the cells that were added around it. */
function inner(t: T, name: string, places: readonly Slide[], shape: readonly number[]): string {
  return slice(t, name, [0, ...places.map((slide) => slide.before), 0], shape);
}

/** Cells of a window over cells of it inside the image, for each place. */
function corrections(t: T, places: readonly Slide[]): string {
  const counts = places.map((slide) =>
    Array.from({ length: slide.output }, (_, place) => {
      const first = place * slide.stride - slide.before;
      return Math.min(slide.input, first + slide.window) - Math.max(0, first);
    }),
  );
  const all = sizeOf(places.map((slide) => slide.window));
  const [rows = [], columns = []] = counts;
  const data = rows.flatMap((row) => columns.map((column) => all / (row * column)));
  return t.constant({ dtype: 'float32', shape: [1, rows.length, columns.length, 1], data });
}
