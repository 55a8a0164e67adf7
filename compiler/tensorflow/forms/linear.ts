/** Products of matrices, and lookups by whole numbers. */
import type { OneHotAttributes, ScatterAttributes } from '../../program/ops/lookup.ts';
import type { MatmulAttributes } from '../../program/ops/matmul.ts';
import { at, sizeOf } from '../../program/tensor.ts';
import { form } from '../emitter.ts';

/**
 * A scale goes onto the left operand first: after the product it would be one more pass over a larger tensor, and oneDNN's
 * fusion of BatchMatMul → Mul → Add is many times slower than the three.
 */
export const matmulForm = form<MatmulAttributes>((t) => {
  const { transposeA, transposeB, scale } = t.node.attributes;
  const [a, b] = [at(t.node.inputs, 0), at(t.node.inputs, 1)];
  const scaled = scale === 1 ? t.input(0) : t.typed('Mul', [t.input(0), t.float(scale)], a.dtype);
  const inputs = [scaled, t.input(1)];
  if (a.shape.length > 2 || b.shape.length > 2) {
    t.set(t.typed('BatchMatMulV2', inputs, a.dtype, { adj_x: { flag: transposeA }, adj_y: { flag: transposeB } }));
    return;
  }
  const transposed = { transpose_a: { flag: transposeA }, transpose_b: { flag: transposeB } };
  const product = t.typed('MatMul', inputs, a.dtype, transposed);
  t.set(t.node.inputs.length > 2 ? t.typed('BiasAdd', [product, t.input(2)], a.dtype) : product);
});

const gatherTypes = { Tindices: { type: 'int32' }, Taxis: { type: 'int32' } } as const;

export const gatherForm = form((t) => {
  const { dtype } = at(t.node.inputs, 0);
  t.set(t.op('GatherV2', [t.input(0), t.input(1), t.int(0)], { Tparams: { type: dtype }, ...gatherTypes }));
});

export const scatterAddForm = form<ScatterAttributes>((t) => {
  const { dtype } = at(t.node.inputs, 0);
  const types = { Tindices: { type: 'int32' }, Tnumsegments: { type: 'int32' } } as const;
  t.set(t.typed('UnsortedSegmentSum', [t.input(0), t.input(1), t.int(t.node.attributes.rows)], dtype, types));
});

/** As a lookup in the flat list: the place of row i, number k is i · n + k. */
export const pickForm = form((t) => {
  const [x, index] = [at(t.node.inputs, 0), at(t.node.inputs, 1)];
  const n = at(x.shape, -1);
  const rows = sizeOf(index.shape);
  const reshape = (name: string, dtype: 'int32' | typeof x.dtype, shape: readonly number[]): string =>
    t.typed('Reshape', [name, t.ints(shape)], dtype, { Tshape: { type: 'int32' } });
  const starts = t.ints(Array.from({ length: rows }, (_, i) => i * n));
  const places = t.typed('AddV2', [reshape(t.input(1), 'int32', [rows]), starts], 'int32');
  const flat = reshape(t.input(0), x.dtype, [rows * n]);
  const found = t.op('GatherV2', [flat, places, t.int(0)], { Tparams: { type: x.dtype }, ...gatherTypes });
  t.set(reshape(found, x.dtype, index.shape));
});

export const oneHotForm = form<OneHotAttributes>((t) => {
  const values = [t.input(0), t.int(t.node.attributes.depth), t.float(1), t.float(0)];
  t.set(t.typed('OneHot', values, 'float32', { TI: { type: 'int32' } }));
});
