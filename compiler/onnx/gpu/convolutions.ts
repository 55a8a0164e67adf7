/**
 * Convolutions that a kernel of ONNX Runtime 1.30's WebGPU provider computes wrongly, in forms that it computes rightly. Both
 * faults were found by comparing all small sizes with the processor; `test/engines/webgpu/kernels.test.ts` holds the bounds.
 */
import type { GpuWriter } from './rewrite.ts';

/** Channels that are a multiple of 3, but neither 3 nor one of 4, are read in threes at the wrong places: zeros fill them up. */
export function convolution(w: GpuWriter): boolean {
  const { operation } = w;
  const [x = '', kernel = '', ...bias] = operation.inputs;
  const [shape, weights] = [w.shape(0), w.shape(1)];
  const channels = shape[1] ?? 1;
  const isMisread = channels > 3 && channels % 3 === 0 && channels % 4 !== 0;
  if (!isMisread || Number(operation.attributes.group ?? 1) !== 1) return false;
  const more = 4 - (channels % 4);
  const filled = (name: string, rank: number): string => w.op('Pad', [name, w.ints(endOf(rank, 1, more))]);
  const inputs = [filled(x, shape.length), filled(kernel, weights.length), ...bias];
  w.op('Conv', inputs, operation.attributes, operation.outputs[0]);
  return true;
}

/** Groups with several inputs and one output read only a part of the inputs: a second output of zeros helps. */
export function transposedConvolution(w: GpuWriter): boolean {
  const { operation } = w;
  const [x = '', kernel = '', ...bias] = operation.inputs;
  const groups = Number(operation.attributes.group ?? 1);
  const [channels = 1, filters = 1] = w.shape(1);
  if (groups === 1 || filters !== 1 || channels / groups < 2 || bias.length > 0) return false;
  const wide = w.op('Pad', [kernel, w.ints(endOf(w.shape(1).length, 1, 1))]);
  const doubled = w.op('ConvTranspose', [x, wide], operation.attributes);
  const every = [w.ints([0]), w.ints([2 * groups]), w.ints([1]), w.ints([2])];
  w.op('Slice', [doubled, ...every], {}, operation.outputs[0]);
  return true;
}

/** Cells added at the end of one axis, as Pad takes them. */
function endOf(rank: number, axis: number, cells: number): readonly number[] {
  return Array.from({ length: 2 * rank }, (_, i) => (i === rank + axis ? cells : 0));
}
