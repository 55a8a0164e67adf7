/** The gradient of a max pool for a provider that tells no places of largest cells and has no flags of single bytes. */
import { onnxPads, type Slide, slides, type WindowAttributes } from '../../program/ops/window.ts';
import { at } from '../../program/tensor.ts';
import type { OnnxNode } from '../emitter.ts';

/** For each place of the window in turn: the cells there that are largest and the first of their window take its gradient. */
export function byPlaces(o: OnnxNode<WindowAttributes>): string {
  const { inputs, attributes } = o.node;
  const [batch, height, width, channels] = at(inputs, 0).shape as [number, number, number, number];
  const [rows, columns] = slides([height, width], attributes);
  if (!rows || !columns) throw new Error('A pool has two axes.');
  const { window, stride, padding } = attributes;
  const places = at(window, 0) * at(window, 1);
  const lowest = o.float(-3.4e38);
  const pads = padding.flat().some((cells) => cells > 0)
    ? o.op('Pad', [
        o.input(0, 'channels'),
        o.ints([0, 0, ...onnxPads(padding).slice(0, 2), 0, 0, ...onnxPads(padding).slice(2)]),
        lowest,
      ])
    : o.input(0, 'channels');
  const y = o.input(1, 'channels');
  const dy = o.input(2, 'channels');
  const shares = new Map<string, string>();
  let free = o.op('Expand', [o.float(1), o.ints([batch, channels, rows.output, columns.output])]);
  for (let i = 0; i < rows.window; i++) {
    for (let j = 0; j < columns.window; j++) {
      const ends = [i + (rows.output - 1) * rows.stride + 1, j + (columns.output - 1) * columns.stride + 1];
      const cells = o.op('Slice', [pads, o.ints([i, j]), o.ints(ends), o.ints([2, 3]), o.ints(stride)]);
      const mine = o.op('Mul', [o.cast(o.op('Equal', [cells, y]), 'float32'), free]);
      shares.set(`${i} ${j}`, o.op('Mul', [mine, dy]));
      if (shares.size < places) free = o.op('Sub', [free, mine]);
    }
  }
  const whole = together(o, shares, [rows, columns]);
  // Cells that no window reached get zeros, those that lie in the padding are cut off.
  const before = [at(at(padding, 0), 0), at(at(padding, 1), 0)];
  const after = [rows, columns].map(
    (slide) => slide.input + slide.before - (slide.output + moves(slide)) * slide.stride,
  );
  const cut = [0, 0, -at(before, 0), -at(before, 1), 0, 0, at(after, 0), at(after, 1)];
  return cut.some((cells) => cells !== 0) ? o.op('Pad', [whole, o.ints(cut)]) : whole;
}

/** By how many strides a window reaches over its own. */
function moves({ window, stride }: Slide): number {
  return Math.ceil(window / stride) - 1;
}

/**
 * Shares by their place in the window, each where it belongs. Those that lie whole strides apart are moved and added; the
 * others lie between one another, which is a matter of shape.
 */
function together(
  o: OnnxNode<WindowAttributes>,
  shares: ReadonlyMap<string, string>,
  [rows, columns]: readonly [Slide, Slide],
): string {
  const [batch, channels] = [at(at(o.node.inputs, 0).shape, 0), at(at(o.node.inputs, 0).shape, 3)];
  const [down, right] = [moves(rows), moves(columns)];
  const size = [rows.output + down, columns.output + right] as const;
  const phases: string[] = [];
  for (let i = 0; i < rows.stride; i++) {
    for (let j = 0; j < columns.stride; j++) {
      const parts: string[] = [];
      for (let a = 0; a <= down; a++) {
        for (let b = 0; b <= right; b++) {
          const share = shares.get(`${a * rows.stride + i} ${b * columns.stride + j}`);
          if (share === undefined) continue;
          const room = [0, 0, a, b, 0, 0, down - a, right - b];
          parts.push(down + right > 0 ? o.op('Pad', [share, o.ints(room)]) : share);
        }
      }
      const zero = (): string => o.op('Expand', [o.float(0), o.ints([batch, channels, ...size])]);
      const sum = parts.length === 0 ? zero() : parts.reduce((total, part) => o.op('Add', [total, part]));
      phases.push(o.op('Reshape', [sum, o.ints([batch, channels, 1, size[0] * size[1]])]));
    }
  }
  const stacked = phases.length === 1 ? at(phases, 0) : o.op('Concat', phases, { axis: 2 });
  const apart = o.op('Reshape', [stacked, o.ints([batch, channels, rows.stride, columns.stride, ...size])]);
  const inOrder = o.op('Transpose', [apart], { perm: [0, 1, 4, 2, 5, 3] });
  return o.op('Reshape', [inOrder, o.ints([batch, channels, size[0] * rows.stride, size[1] * columns.stride])]);
}
