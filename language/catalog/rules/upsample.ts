/** Sequences and images made larger by a whole number of times. */
import { constant, type Dim, multiply, printDim, unknown } from '../../shapes/dim.ts';
import { noFacts } from '../../shapes/type.ts';
import type { Builder, Value } from '../builder.ts';
import { dimsOf } from '../checked.ts';
import { model } from '../define.ts';
import type { OperationEntry, RuleContext } from '../entry.ts';
import { input, nums, wordAt } from '../planned.ts';
import { span, word } from '../settings.ts';
import { type Axes, formOf, inputDoc } from './convolution.ts';
import { copied, interpolating, resampled } from './resample.ts';
import { carried, made, needForm, needNumber, typeOf } from './types.ts';

/** `UpSample1D` and `UpSample2D`. */
export function upSample(
  name: string,
  axes: Axes,
  texts: { readonly doc: string; readonly source: string; readonly examples: readonly string[] },
): OperationEntry {
  return model(name, {
    ...texts,
    inputs: [{ name: 'x', doc: inputDoc(axes), dtype: 'number' }],
    settings: {
      size: span(axes, axes === 1 ? 'How many times as long.' : 'How many times as high and as wide.', {
        min: 1,
        default: 2,
      }),
      method: word(
        '`nearest` repeats each place, `bilinear` draws straight lines between them.',
        ['nearest', 'bilinear'],
        {
          default: 'nearest',
          named: true,
        },
      ),
    },
    result(inputs, settings, context) {
      const x = typeOf(inputs, 'x');
      const refused = needNumber(name, x) ?? needForm(name, x, formOf(axes));
      if (refused) return refused;
      const { shape } = x;
      const nearest = settings.method === 'nearest';
      const [dtype, facts] = nearest ? [x.dtype, carried(x.facts)] : ['float32' as const, noFacts];
      if (!shape) return [made(dtype, undefined, [x], facts)];
      const places = dimsOf(settings, 'size', axes).map((times, axis) =>
        timesLarger(context, shape[axis] ?? unknown, times, name),
      );
      return [made(dtype, [...places, shape.at(-1) ?? unknown], [x], facts)];
    },
    lower(b, inputs, _weights, settings) {
      const x = input(inputs, 'x');
      const [first = 1, second = first] = nums(settings, 'size');
      const times = axes === 1 ? [first] : [first, second];
      if (wordAt(settings, 'method') === 'nearest') return repeated(b, x, times);
      const sizes = times.map((factor, axis) => factor * (x.shape[axis] ?? 1));
      return resampled(b, b.cast(x, 'float32'), sizes, interpolating);
    },
  });
}

/** "56 = 28 × 2 (`UpSample2D`)". */
export function timesLarger(context: RuleContext, size: Dim, times: Dim, callee: string): Dim {
  if (constant(times) === 1) return size;
  const result = multiply(size, times);
  const values = { result: printDim(result), size: printDim(size), times: printDim(times), callee };
  return context.because(result, { key: 'why/times', values }, [size, times]);
}

/** Each place of the first axes as many times as `times` says. */
function repeated(b: Builder, x: Value, times: readonly number[]): Value {
  let y = x;
  for (const [axis, count] of times.entries()) {
    const [before, size, after] = [y.shape.slice(0, axis), y.shape[axis] ?? 1, y.shape.slice(axis + 1)];
    const apart = b.reshape(y, [...before, size, 1, ...after]);
    y = b.reshape(copied(b, apart, axis + 1, count), [...before, size * count, ...after]);
  }
  return y;
}
