/**
 * Matrix product over the last two axes, leading axes broadcast: [..., n, k] × [..., k, m] → [..., n, m], times `scale`.
 * Of two plain matrices it also adds a row `bias` [m].
 */
import type { Graph } from '../graph.ts';
import { broadcastStrides, type NdArray, walk } from '../ndarray.ts';
import { type Attributes, at, broadcastShapes, primitive, sizeOf, type Tensor, type TensorInfo } from '../tensor.ts';
import { sumTo } from './broadcast.ts';
import { reduce } from './reduce.ts';

export interface MatmulAttributes extends Attributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly scale: number;
}

export const matmulOp = primitive<MatmulAttributes>({
  name: 'matmul',
  result([a, b, bias], attributes) {
    if (!a || !b) return [];
    const { n, k, m, inner, leading } = sizes(a, b, attributes);
    if (k !== inner) {
      throw new Error(`matmul of [${a.shape.join(', ')}] and [${b.shape.join(', ')}]: inner sizes ${k} and ${inner}.`);
    }
    if (bias && (leading.length > 0 || bias.shape[0] !== m)) throw new Error(`A bias needs matrices and ${m} numbers.`);
    return [{ dtype: a.dtype, shape: [...leading, n, m] }];
  },
  macs([a, b], _, attributes) {
    if (!a || !b) return 0;
    const { n, k, m, leading } = sizes(a, b, attributes);
    return sizeOf(leading) * n * k * m;
  },
  evaluate([a, b, bias], attributes) {
    if (!a || !b) return [];
    const { n, k, m, leading } = sizes(a, b, attributes);
    const result = new Float64Array(sizeOf(leading) * n * m);
    const read = [reader(a, attributes.transposeA), reader(b, attributes.transposeB)] as const;
    const strides = [a, b].map((t) => batchStrides(t, leading));
    walk(leading, strides, (block, offsets) => {
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < m; j++) {
          let sum = 0;
          for (let l = 0; l < k; l++) sum += read[0](at(offsets, 0), i, l) * read[1](at(offsets, 1), l, j);
          result[(block * n + i) * m + j] = sum * attributes.scale + (bias ? at(bias.data, j) : 0);
        }
      }
    });
    return [result];
  },
  gradient(g, { inputs, attributes }, [dy]) {
    if (!dy) return [];
    const { transposeA, transposeB, scale } = attributes;
    const [a, b] = [at(inputs, 0), at(inputs, 1)];
    const product = (x: Tensor, tx: boolean, y: Tensor, ty: boolean): Tensor =>
      matmul(g, x, y, { transposeA: tx, transposeB: ty, scale });
    const da = transposeA ? product(b, transposeB, dy, true) : product(dy, false, b, !transposeB);
    const db = transposeB ? product(dy, true, a, transposeA) : product(a, !transposeA, dy, false);
    const bias = inputs[2] && reduce(g, 'sum', dy, [0], false);
    return [sumTo(g, da, a.shape), sumTo(g, db, b.shape), bias];
  },
  onnx(o) {
    const { inputs, attributes } = o.node;
    const names = inputs.map((_, i) => o.input(i));
    const { transposeA, transposeB, scale } = attributes;
    if (at(inputs, 0).shape.length === 2 && at(inputs, 1).shape.length === 2) {
      o.set(o.op('Gemm', names, { transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0, alpha: scale }));
    } else if (!transposeA && !transposeB && scale === 1) {
      o.set(o.op('MatMul', names));
    } else {
      const fused = { transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0, alpha: scale };
      o.set(o.op('FusedMatMul', names, fused, 'com.microsoft'));
    }
  },
});

export interface MatmulOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  readonly scale?: number;
  readonly bias?: Tensor;
}

export function matmul(g: Graph, a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor {
  const { transposeA = false, transposeB = false, scale = 1, bias } = options;
  return at(g.apply(matmulOp, bias ? [a, b, bias] : [a, b], { transposeA, transposeB, scale }), 0);
}

function sizes(a: TensorInfo, b: TensorInfo, { transposeA, transposeB }: MatmulAttributes) {
  const [n, k] = transposeA ? [at(a.shape, -1), at(a.shape, -2)] : [at(a.shape, -2), at(a.shape, -1)];
  const [inner, m] = transposeB ? [at(b.shape, -1), at(b.shape, -2)] : [at(b.shape, -2), at(b.shape, -1)];
  return { n, k, m, inner, leading: broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2)) };
}

/** Reads row i, column j of the matrix that starts at an offset. */
function reader(t: NdArray, transposed: boolean): (offset: number, i: number, j: number) => number {
  const width = at(t.shape, -1);
  return transposed
    ? (offset, i, j) => at(t.data, offset + j * width + i)
    : (offset, i, j) => at(t.data, offset + i * width + j);
}

function batchStrides(t: TensorInfo, leading: readonly number[]): readonly number[] {
  const own = t.shape.slice(0, -2);
  const matrix = at(t.shape, -1) * at(t.shape, -2);
  return own.length === 0 ? leading.map(() => 0) : broadcastStrides(own, leading).map((stride) => stride * matrix);
}
