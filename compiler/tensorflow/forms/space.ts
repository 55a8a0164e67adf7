/** Helpers over axes that several forms share: padding, slices, parts. */
import type { Slide } from '../../program/ops/window.ts';
import { type Attributes, at, type DType } from '../../program/tensor.ts';
import type { TensorflowNode } from '../emitter.ts';

/** Any node: these helpers read nothing of it. */
type T = Pick<TensorflowNode<Attributes>, 'op' | 'ops' | 'typed' | 'int' | 'ints' | 'float' | 'constant'>;

export function isUnpadded(slides: readonly Slide[]): boolean {
  return slides.every((slide) => slide.before === 0 && slide.after === 0);
}

/** True where TensorFlow's SAME pads just so: as little as gives ⌈n / stride⌉ places, the odd cell behind. */
export function isSame(slides: readonly Slide[]): boolean {
  return slides.every(({ input, output, window, stride, dilation, before, after }) => {
    const places = Math.ceil(input / stride);
    const total = Math.max(0, (places - 1) * stride + dilation * (window - 1) + 1 - input);
    return output === places && before === Math.floor(total / 2) && after === total - before;
  });
}

export function pad(
  t: T,
  name: string,
  amounts: readonly (readonly number[])[],
  value: string,
  dtype: DType = 'float32',
): string {
  const table = t.constant({ dtype: 'int32', shape: [amounts.length, 2], data: amounts.flat() });
  return t.typed('PadV2', [name, table, value], dtype, { Tpaddings: { type: 'int32' } });
}

export function slice(
  t: T,
  name: string,
  begin: readonly number[],
  size: readonly number[],
  dtype: DType = 'float32',
): string {
  return t.typed('Slice', [name, t.ints(begin), t.ints(size)], dtype, { Index: { type: 'int32' } });
}

export function split(t: T, name: string, axis: number, parts: number, dtype: DType = 'float32'): readonly string[] {
  if (parts === 1) return [name];
  return t.ops('Split', [t.int(axis), name], parts, { T: { type: dtype }, num_split: { int: parts } });
}

export function concatenate(t: T, names: readonly string[], axis: number, dtype: DType = 'float32'): string {
  if (names.length === 1) return at(names, 0);
  const attributes = { N: { int: names.length }, Tidx: { type: 'int32' } } as const;
  return t.typed('ConcatV2', [...names, t.int(axis)], dtype, attributes);
}
