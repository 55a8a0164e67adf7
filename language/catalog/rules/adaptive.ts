/** Pools whose result has a given size, whatever comes in. */
import { unknown } from '../../shapes/dim.ts';
import { dimsOf } from '../checked.ts';
import { model } from '../define.ts';
import type { OperationEntry } from '../entry.ts';
import { input, nums } from '../planned.ts';
import { span } from '../settings.ts';
import { type Axes, formOf, inputDoc } from './convolution.ts';
import { averaging, resampled } from './resample.ts';
import { sized } from './sizes.ts';
import { made, needForm, needNumber, typeOf } from './types.ts';

/** `AdaptiveAvgPool1D` and `AdaptiveAvgPool2D`. */
export function adaptiveAverage(
  name: string,
  axes: Axes,
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
      return [made('float32', [...places, x.shape?.at(-1) ?? unknown], [x])];
    },
    lower(b, inputs, _weights, settings) {
      const [first = 1, second = first] = nums(settings, 'size');
      const sizes = axes === 1 ? [first] : [first, second];
      return resampled(b, b.cast(input(inputs, 'x'), 'float32'), sizes, averaging);
    },
  });
}
