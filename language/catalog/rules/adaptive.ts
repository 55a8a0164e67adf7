/** Pools whose result has a given size, whatever comes in. */
import { unknown } from '../../shapes/dim.ts';
import type { Builder, Value } from '../builder.ts';
import { dimsOf } from '../checked.ts';
import { model } from '../define.ts';
import type { OperationEntry } from '../entry.ts';
import { input, nums } from '../planned.ts';
import { span } from '../settings.ts';
import { type Axes, formOf, inputDoc } from './convolution.ts';
import { averaging, resampled, share } from './resample.ts';
import { sized } from './sizes.ts';
import { made, needForm, needNumber, typeOf } from './types.ts';

/** `AdaptiveAvgPool2D` and its kin: the mean or the largest number of each share. */
export function adaptivePool(
  name: string,
  axes: Axes,
  keeps: 'mean' | 'max',
  texts: { readonly doc: string; readonly source: string; readonly examples: readonly string[] },
): OperationEntry {
  return model(name, {
    ...texts,
    inputs: [{ name: 'x', doc: inputDoc(axes), dtype: 'number' }],
    settings: {
      size: span(axes, axes === 1 ? 'How many steps the result has.' : 'Height and width of the result.', { min: 1 }),
    },
    result(inputs, settings, context) {
      const x = typeOf(inputs, 'x');
      const refused = needNumber(name, x) ?? needForm(name, x, formOf(axes));
      if (refused) return refused;
      const places = dimsOf(settings, 'size', axes).map((dim) => sized(context, dim, 'size', name));
      return [made(keeps === 'max' ? x.dtype : 'float32', [...places, x.shape?.at(-1) ?? unknown], [x])];
    },
    lower(b, inputs, _weights, settings) {
      const [first = 1, second = first] = nums(settings, 'size');
      const sizes = axes === 1 ? [first] : [first, second];
      const x = input(inputs, 'x');
      return keeps === 'max' ? largest(b, x, sizes) : resampled(b, b.cast(x, 'float32'), sizes, averaging);
    },
  });
}

/** The largest number of each share, one axis after the other. */
function largest(b: Builder, x: Value, sizes: readonly number[]): Value {
  let y = x;
  for (const [axis, to] of sizes.entries()) {
    const whole = y;
    const shares = Array.from({ length: to }, (_, place) => {
      const [from, end] = share(whole.shape[axis] ?? 1, to, place);
      const part = b.slice(
        whole,
        whole.shape.map((size, i) => (i === axis ? [from, end, 1] : [0, size, 1])),
      );
      return b.reduce('max', part, [axis], true);
    });
    y = b.concat(shares, axis);
  }
  return y;
}
