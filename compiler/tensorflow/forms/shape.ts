/** Forms that move numbers without changing them: shapes, orders of axes, parts, and constants. */
import type { ConcatAttributes } from '../../program/ops/concat.ts';
import type { ConstantAttributes } from '../../program/ops/constant.ts';
import type { PadAttributes } from '../../program/ops/pad.ts';
import type { ReshapeAttributes } from '../../program/ops/reshape.ts';
import type { SliceAttributes, UnsliceAttributes } from '../../program/ops/slice.ts';
import type { TransposeAttributes } from '../../program/ops/transpose.ts';
import { at } from '../../program/tensor.ts';
import { form } from '../emitter.ts';
import { concatenate, pad, slice } from './space.ts';

export const constantForm = form<ConstantAttributes>((t) => t.set(t.constant(t.node.attributes)));

export const stopGradientForm = form((t) => t.set(t.input(0)));

export const reshapeForm = form<ReshapeAttributes>((t) => {
  const { dtype } = at(t.node.inputs, 0);
  t.set(t.typed('Reshape', [t.input(0), t.ints(t.node.attributes.shape)], dtype, { Tshape: { type: 'int32' } }));
});

export const transposeForm = form<TransposeAttributes>((t) => {
  const { dtype } = at(t.node.inputs, 0);
  t.set(t.typed('Transpose', [t.input(0), t.ints(t.node.attributes.order)], dtype, { Tperm: { type: 'int32' } }));
});

export const concatForm = form<ConcatAttributes>((t) => {
  const names = t.node.inputs.map((_, i) => t.input(i));
  t.set(concatenate(t, names, t.node.attributes.axis, at(t.node.outputs, 0).dtype));
});

export const padForm = form<PadAttributes>((t) => {
  const { amounts, value } = t.node.attributes;
  const { dtype } = at(t.node.inputs, 0);
  t.set(pad(t, t.input(0), amounts, t.constant({ dtype, shape: [], data: [value] }), dtype));
});

export const sliceForm = form<SliceAttributes>((t) => {
  const { ranges } = t.node.attributes;
  const { dtype, shape } = at(t.node.outputs, 0);
  if (ranges.every(([, , step = 1]) => step === 1)) {
    const begins = ranges.map(([start = 0]) => start);
    t.set(slice(t, t.input(0), begins, shape, dtype));
    return;
  }
  const bounds = [0, 1, 2].map((k) => t.ints(ranges.map((range) => range[k] ?? 1)));
  t.set(t.typed('StridedSlice', [t.input(0), ...bounds], dtype, { Index: { type: 'int32' } }));
});

export const unsliceForm = form<UnsliceAttributes>((t) => {
  const { ranges, shape } = t.node.attributes;
  const { dtype } = at(t.node.inputs, 0);
  if (ranges.every(([, , step = 1]) => step === 1)) {
    const own = at(t.node.inputs, 0).shape;
    const amounts = ranges.map(([start = 0], i) => [start, at(shape, i) - start - at(own, i)]);
    t.set(pad(t, t.input(0), amounts, t.constant({ dtype, shape: [], data: [0] }), dtype));
    return;
  }
  const bounds = [0, 1, 2].map((k) => t.ints(ranges.map((range) => range[k] ?? 1)));
  t.set(t.typed('StridedSliceGrad', [t.ints(shape), ...bounds, t.input(0)], dtype, { Index: { type: 'int32' } }));
});
