/** Sizes and padding of a transposed convolution once everything is a number. */
import type { Settings } from '../../plan/plan.ts';
import type { Builder, Padding2D, Value } from '../builder.ts';
import { fixedPadding } from './window.ts';

interface Place {
  readonly size: readonly [number, number];
  /** Of the window with its holes. */
  readonly window: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly extra: readonly [number, number] | undefined;
}

/** Height and width of the result. */
export function transposedSize(padding: Settings[string] | undefined, place: Place): readonly [number, number] {
  const along = (axis: 0 | 1): number => {
    const [size, window, stride] = [place.size[axis], place.window[axis], place.stride[axis]];
    const extra = place.extra?.[axis];
    const steps = (size - 1) * stride;
    if (padding === 'same') return extra === undefined ? size * stride : steps + (window % 2) + extra;
    if (padding === 'valid') return steps + (extra === undefined ? Math.max(window, stride) : window + extra);
    const [before, after] = fixedPadding(padding, axis);
    return steps + window - before - after + (extra ?? 0);
  };
  return [along(0), along(1)];
}

/** The padding of the convolution that this one is the way back of. */
export function transposedPadding(
  padding: Settings[string] | undefined,
  place: Place,
  output: readonly [number, number],
): Padding2D {
  const along = (axis: 0 | 1): readonly [number, number] => {
    if (padding !== 'same') return fixedPadding(padding, axis);
    const total = Math.max((place.size[axis] - 1) * place.stride[axis] + place.window[axis] - output[axis], 0);
    return [Math.floor(total / 2), total - Math.floor(total / 2)];
  };
  return [along(0), along(1)];
}

/** A kernel with zeros between its cells. */
export function dilated(b: Builder, kernel: Value, dilation: readonly [number, number]): Value {
  if (dilation[0] === 1 && dilation[1] === 1) return kernel;
  const [height = 1, width = 1, out = 1, into = 1] = kernel.shape;
  const spread = b.pad(
    b.reshape(kernel, [height, 1, width, 1, out, into]),
    [
      [0, 0],
      [0, dilation[0] - 1],
      [0, 0],
      [0, dilation[1] - 1],
      [0, 0],
      [0, 0],
    ],
    0,
  );
  const [tall, wide] = [height * dilation[0], width * dilation[1]];
  const whole = b.reshape(spread, [tall, wide, out, into]);
  return b.slice(whole, [
    [0, tall - dilation[0] + 1, 1],
    [0, wide - dilation[1] + 1, 1],
    [0, out, 1],
    [0, into, 1],
  ]);
}
