/**
 * A convolution on ONNX. The engine has one for channels in blocks, as wide as the processor's registers, that is about twice
 * as fast; it only chooses it by itself for weights that never change, so the blocks are made here.
 */
import { type Attributes, at } from '../program/tensor.ts';
import type { OnnxNode } from './emitter.ts';
import type { OnnxAttribute } from './model.ts';

export interface Convolution {
  /** [batch, in, height, width]. */
  readonly x: string;
  /** [out, in / groups, height, width]. */
  readonly kernel: string;
  readonly bias: string | undefined;
  readonly attributes: Readonly<Record<string, OnnxAttribute>> & { readonly kernel_shape: readonly number[] };
  readonly channels: number;
  readonly filters: number;
  readonly groups: number;
}

const domain = 'com.microsoft.nchwc';

export function convolve<A extends Attributes>(o: OnnxNode<A>, c: Convolution): string {
  const { block } = o;
  const fits = block > 0 && c.groups === 1 && c.filters % block === 0;
  if (fits && (c.channels % block === 0 || c.channels < block)) return blocked(o, c);
  const inputs = [c.x, c.kernel, ...(c.bias === undefined ? [] : [c.bias])];
  return o.op('Conv', inputs, { ...c.attributes, group: c.groups });
}

function blocked<A extends Attributes>(o: OnnxNode<A>, c: Convolution): string {
  const { block } = o;
  const [height, width] = [at(c.attributes.kernel_shape, 0), at(c.attributes.kernel_shape, 1)];
  // Images of few channels, pictures as they are, stay as they are.
  const few = c.channels < block;
  const x = few ? c.x : reordered(o, c.x);
  const parts = few ? [c.channels] : [c.channels / block, block];
  const split = o.op('Reshape', [c.kernel, o.ints([c.filters / block, block, ...parts, height, width])]);
  const kernel = o.op('Transpose', [split], { perm: few ? [0, 2, 3, 4, 1] : [0, 2, 4, 5, 3, 1] });
  const flat = o.op('Reshape', [kernel, o.ints([c.filters, c.channels, height, width])]);
  const inputs = [x, flat, ...(c.bias === undefined ? [] : [c.bias])];
  const y = o.op('Conv', inputs, { ...c.attributes, group: 1, auto_pad: 'NOTSET' }, domain);
  return o.op('ReorderOutput', [y], { channels: c.filters }, domain);
}

/** x with its channels in blocks, made once for all that read it. */
function reordered<A extends Attributes>(o: OnnxNode<A>, x: string): string {
  const key = `blocks ${x}`;
  const before = o.notes.get(key);
  if (typeof before === 'string') return before;
  const name = o.op('ReorderInput', [x], {}, domain);
  o.notes.set(key, name);
  return name;
}
