/** Sizes and padding of a transposed convolution once everything is a number. */
import type { Settings } from '../../plan/plan.ts';
import type { Builder, Value } from '../builder.ts';
import { fixedPadding } from './window.ts';

interface Along {
  readonly size: number;
  /** Of the window with its holes. */
  readonly window: number;
  readonly stride: number;
  readonly extra: number | undefined;
}

/** One axis: the size of the result, and the padding of the convolution that this one is the way back of. */
export function transposedPlace(
  padding: Settings[string] | undefined,
  axis: number,
  along: Along,
): { readonly result: number; readonly around: readonly [number, number] } {
  const { size, window, stride, extra } = along;
  const steps = (size - 1) * stride;
  if (padding === 'same') {
    const result = extra === undefined ? size * stride : steps + (window % 2) + extra;
    const total = Math.max(steps + window - result, 0);
    return { result, around: [Math.floor(total / 2), total - Math.floor(total / 2)] };
  }
  const around = fixedPadding(padding, axis);
  if (padding === 'valid') {
    return { result: steps + (extra === undefined ? Math.max(window, stride) : window + extra), around };
  }
  return { result: steps + window - around[0] - around[1] + (extra ?? 0), around };
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
