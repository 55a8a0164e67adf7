/**
 * Gradients of activations. The program writes them as products (dy · (y > 0), dy · y(1 − y), dy · (1 − y²)); TensorFlow has
 * one-pass kernels for these. What the kernel replaces is left to TensorFlow, which drops nodes that nothing reads.
 */
import type { BinaryAttributes } from '../../program/ops/binary.ts';
import { constantData } from '../../program/ops/constant.ts';
import { at, type Node, sameShape, type Tensor } from '../../program/tensor.ts';
import type { TensorflowNode } from '../emitter.ts';

/** The kernel's result where a product is such a gradient. */
export function slopeKernel(t: TensorflowNode<BinaryAttributes>): string | undefined {
  const [a, b] = [at(t.node.inputs, 0), at(t.node.inputs, 1)];
  if (a.dtype !== 'float32' || !sameShape(a.shape, b.shape)) return undefined;
  return fused(t, a, b) ?? fused(t, b, a);
}

function fused(t: TensorflowNode<BinaryAttributes>, dy: Tensor, slope: Tensor): string | undefined {
  const node = t.producer(slope);
  if (!node) return undefined;
  const relu = isCall(node, 'positive') ? node.inputs[0] : undefined;
  if (relu) return t.typed('ReluGrad', [t.nameOf(dy), t.nameOf(relu)], 'float32');
  const tanh = slopeOfTanh(t, node);
  if (tanh) return t.typed('TanhGrad', [t.nameOf(tanh), t.nameOf(dy)], 'float32');
  const sigmoid = slopeOfSigmoid(t, node);
  if (sigmoid) return t.typed('SigmoidGrad', [t.nameOf(sigmoid), t.nameOf(dy)], 'float32');
  return undefined;
}

/** y of 1 − y². */
function slopeOfTanh(t: TensorflowNode<BinaryAttributes>, node: Node): Tensor | undefined {
  const squared = oneMinus(t, node);
  const square = squared && t.producer(squared);
  return square && isCall(square, 'square') ? square.inputs[0] : undefined;
}

/** y of y · (1 − y). */
function slopeOfSigmoid(t: TensorflowNode<BinaryAttributes>, node: Node): Tensor | undefined {
  if (!isCall(node, 'multiply')) return undefined;
  const [y, rest] = [at(node.inputs, 0), at(node.inputs, 1)];
  const other = t.producer(rest);
  return other && oneMinus(t, other)?.id === y.id ? y : undefined;
}

function oneMinus(t: TensorflowNode<BinaryAttributes>, node: Node): Tensor | undefined {
  if (!isCall(node, 'subtract')) return undefined;
  const one = t.producer(at(node.inputs, 0));
  const data = one && constantData(one);
  return data?.length === 1 && data[0] === 1 ? node.inputs[1] : undefined;
}

function isCall(node: Node, of: string): boolean {
  return node.attributes.of === of;
}
