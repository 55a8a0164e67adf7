/**
 * The gradient of a convolution's kernel on ONNX, which has no operation for it: every window place of x becomes a row of
 * channels, and one batched product with the gradient of y gives all of the kernel.
 */
import type { ConvGradientAttributes } from '../program/ops/conv2d.ts';
import { slides } from '../program/ops/window.ts';
import { at } from '../program/tensor.ts';
import type { OnnxNode } from './emitter.ts';

export function kernelGradientOnnx(o: OnnxNode<ConvGradientAttributes>): void {
  const { inputs, attributes } = o.node;
  const dy = at(inputs, 1);
  const [kh, kw, depth, filters] = [0, 1, 2, 3].map((i) => at(attributes.shape, i)) as [number, number, number, number];
  const [batch, outHeight, outWidth] = [at(dy.shape, 0), at(dy.shape, 1), at(dy.shape, 2)];
  const { groups } = attributes;
  const places = outHeight * outWidth;
  const columns = windowColumns(o, [kh, kw], [outHeight, outWidth]);
  // [batch, groups, places of the kernel × depth, places] and [batch, groups, filters, places]
  const split = [batch, kh * kw, groups, depth, places];
  const stacked =
    groups === 1
      ? o.op('Reshape', [columns, o.ints([batch, kh * kw * depth, places])])
      : o.op('Reshape', [
          o.op('Transpose', [o.op('Reshape', [columns, o.ints(split)])], { perm: [0, 2, 1, 3, 4] }),
          o.ints([batch * groups, kh * kw * depth, places]),
        ]);
  const gradient = o.op('Reshape', [o.input(1, 'channels'), o.ints([batch * groups, filters / groups, places])]);
  const product = o.op('FusedMatMul', [stacked, gradient], { transB: 1, alpha: 1 }, 'com.microsoft');
  const rows = [batch, groups, kh * kw * depth, filters / groups];
  const summed = o.op('ReduceSum', [o.op('Reshape', [product, o.ints(rows)]), o.ints([0])], { keepdims: 0 });
  const ordered = groups === 1 ? summed : o.op('Transpose', [summed], { perm: [1, 0, 2] });
  o.set(o.op('Reshape', [ordered, o.ints([kh, kw, depth, filters])]));
}

/** For each place of the kernel the cells of x that it meets: [batch, kernel places · channels, outHeight, outWidth]. */
function windowColumns(
  o: OnnxNode<ConvGradientAttributes>,
  kernel: readonly [number, number],
  output: readonly [number, number],
): string {
  const { attributes, inputs } = o.node;
  const x = at(inputs, 0);
  const [rows, columns] = slides(x.shape.slice(1, 3), { ...attributes, window: kernel });
  if (!rows || !columns) return '';
  const pads = [0, 0, rows.before, columns.before, 0, 0, rows.after, columns.after];
  const source = o.input(0, 'channels');
  const padded = pads.some((cells) => cells > 0) ? o.op('Pad', [source, o.ints(pads)]) : source;
  const pieces: string[] = [];
  for (let i = 0; i < kernel[0]; i++) {
    for (let j = 0; j < kernel[1]; j++) {
      const [y0, x0] = [i * rows.dilation, j * columns.dilation];
      const ends = [y0 + (output[0] - 1) * rows.stride + 1, x0 + (output[1] - 1) * columns.stride + 1];
      const whole = kernel[0] * kernel[1] === 1 && rows.stride === 1 && columns.stride === 1;
      pieces.push(
        whole
          ? padded
          : o.op('Slice', [
              padded,
              o.ints([y0, x0]),
              o.ints(ends),
              o.ints([2, 3]),
              o.ints([rows.stride, columns.stride]),
            ]),
      );
    }
  }
  return pieces.length === 1 ? at(pieces, 0) : o.op('Concat', pieces, { axis: 1 });
}
