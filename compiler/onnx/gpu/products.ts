/** Products that the provider has no fused form of: transpose, multiply, scale. */
import type { GpuWriter } from './rewrite.ts';

export function fusedMatMul(w: GpuWriter): boolean {
  const { inputs, outputs, attributes } = w.operation;
  const [a = '', b = ''] = inputs;
  const flag = (name: string): boolean => attributes[name] === 1;
  const alpha = scaleOf(attributes.alpha);
  const [rankA, rankB] = [w.shape(0).length, w.shape(1).length];
  if (rankA === 2 && rankB === 2) {
    w.op('Gemm', [a, b], { transA: Number(flag('transA')), transB: Number(flag('transB')), alpha }, outputs[0]);
    return true;
  }
  const left = turned(w, a, rankA, flag('transA'), flag('transBatchA'));
  const right = turned(w, b, rankB, flag('transB'), flag('transBatchB'));
  // The scale goes onto the side with fewer numbers.
  const size = (index: number): number => w.shape(index).reduce((product, n) => product * n, 1);
  if (alpha === 1) w.op('MatMul', [left, right], {}, outputs[0]);
  else if (size(0) <= size(1)) w.op('MatMul', [scaled(w, left, alpha), right], {}, outputs[0]);
  else w.op('MatMul', [left, scaled(w, right, alpha)], {}, outputs[0]);
  return true;
}

function scaleOf(attribute: GpuWriter['operation']['attributes'][string] | undefined): number {
  if (typeof attribute === 'number') return attribute;
  return typeof attribute === 'object' && 'float' in attribute ? attribute.float : 1;
}

function scaled(w: GpuWriter, name: string, alpha: number): string {
  return w.op('Mul', [name, w.float(alpha)]);
}

/** `batch`: the first axis belongs behind the batch's axes; `last`: then the last two change places. */
function turned(w: GpuWriter, name: string, rank: number, last: boolean, batch: boolean): string {
  const order = Array.from({ length: rank }, (_, i) => i);
  const moved = batch ? [...order.slice(1, -1), 0, rank - 1] : order;
  const perm = last ? [...moved.slice(0, -2), moved.at(-1) ?? 0, moved.at(-2) ?? 0] : moved;
  return last || batch ? w.op('Transpose', [name], { perm }) : name;
}

export function fusedGemm(w: GpuWriter): boolean {
  const { inputs, outputs, attributes } = w.operation;
  const { activation, ...rest } = attributes;
  const product = w.op('Gemm', inputs, rest);
  w.op(String(activation), [product], {}, outputs[0]);
  return true;
}
