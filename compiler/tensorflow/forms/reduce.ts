/** Reductions, running sums and the place of the largest. */
import type { LargestAttributes } from '../../program/ops/largest.ts';
import type { AxisAttributes, CumsumAttributes } from '../../program/ops/lookup.ts';
import type { ReduceAttributes, ReduceName } from '../../program/ops/reduce.ts';
import { at } from '../../program/tensor.ts';
import { form } from '../emitter.ts';

const names: Readonly<Record<ReduceName, string>> = { sum: 'Sum', mean: 'Mean', max: 'Max', min: 'Min', prod: 'Prod' };

const byInt = { Tidx: { type: 'int32' } } as const;

export const reduceForm = form<ReduceAttributes>((t) => {
  const { of, axes, keep } = t.node.attributes;
  const { dtype, shape } = at(t.node.inputs, 0);
  // Columns summed up, as for a bias: TensorFlow has a kernel for it, four times as fast as its sum.
  const columns = shape.length > 1 && axes.length === shape.length - 1 && !axes.includes(shape.length - 1);
  if (of === 'sum' && columns && !keep && dtype === 'float32') {
    t.set(t.typed('BiasAddGrad', [t.input(0)], dtype));
    return;
  }
  t.set(t.typed(names[of], [t.input(0), t.ints(axes)], dtype, { ...byInt, keep_dims: { flag: keep } }));
});

export const cumsumForm = form<CumsumAttributes>((t) => {
  const { axis, reverse } = t.node.attributes;
  const attributes = { ...byInt, exclusive: { flag: false }, reverse: { flag: reverse } };
  t.set(t.typed('Cumsum', [t.input(0), t.int(axis)], at(t.node.inputs, 0).dtype, attributes));
});

export const argmaxForm = form<AxisAttributes>((t) => {
  const attributes = { ...byInt, output_type: { type: 'int32' } } as const;
  t.set(t.typed('ArgMax', [t.input(0), t.int(t.node.attributes.axis)], at(t.node.inputs, 0).dtype, attributes));
});

export const largestForm = form<LargestAttributes>((t) => {
  const { dtype } = at(t.node.inputs, 0);
  const inputs = [t.input(0), t.int(t.node.attributes.count)];
  const [, places = ''] = t.ops('TopKV2', inputs, 2, { T: { type: dtype }, sorted: { flag: true } });
  t.set(places);
});
