/**
 * The gradient of a kernel of stride 1 where there are many channels and few places: a product for each example would be
 * larger than what it is made of. So all examples of a round lie in one line, one behind the other, and one product sums over
 * them. The padding of each example keeps it apart from the next.
 */
import type { ConvGradientAttributes } from '../program/ops/conv2d.ts';
import type { Slide } from '../program/ops/window.ts';
import { at } from '../program/tensor.ts';
import type { OnnxNode } from './emitter.ts';

type O = OnnxNode<ConvGradientAttributes>;

/** Numbers of x that one round works on: what a core keeps close by. */
const roundSize = 1 << 16;

/** Whether the product of one example is larger than its line. */
export function paysJoined(o: O, rows: Slide, columns: Slide): boolean {
  const channels = at(at(o.node.inputs, 0).shape, 3);
  return !o.gpu && lineOf(rows, columns).length < channels * columns.window;
}

function lineOf(rows: Slide, columns: Slide) {
  const pitch = columns.input + columns.before + columns.after;
  return { pitch, length: (rows.input + rows.before + rows.after) * pitch };
}

/** Zeros of a shape, made once. */
export function zerosOf(o: Pick<O, 'op' | 'ints' | 'float' | 'notes'>, shape: readonly number[]): string {
  const key = `zeros ${shape.join()}`;
  const before = o.notes.get(key);
  if (typeof before === 'string') return before;
  const name = o.op('Expand', [o.float(0), o.ints(shape)]);
  o.notes.set(key, name);
  return name;
}

/** [channels, width from the last to the first, filters, height] as a matrix. */
export function byJoinedShifts(o: O, rows: Slide, columns: Slide): string {
  const [x, dy] = [at(o.node.inputs, 0).shape, at(o.node.inputs, 1).shape];
  const [batch, channels, filters] = [at(x, 0), at(x, 3), at(dy, 3)];
  const [height, width] = [rows.window, columns.window];
  const { pitch, length } = lineOf(rows, columns);
  const turned = (input: number): string => o.op('Transpose', [o.input(input, 'channels')], { perm: [1, 0, 2, 3] });
  const [cells, slopes] = [turned(0), turned(1)];
  const step = Math.max(1, Math.min(batch, Math.floor(roundSize / (channels * length))));
  let sum: string | undefined;
  for (let start = 0; start < batch; start += step) {
    const count = Math.min(step, batch - start);
    const rest = batch - start - count;
    const line = { length: count * length, row: count * length + width - 1 + (height - 1) * pitch };
    const flat = (name: string, lines: number, before: readonly number[], after: readonly number[]): string => {
      const padded = o.op('Pad', [name, o.ints([0, -start, ...before, 0, -rest, ...after])]);
      return o.op('Reshape', [padded, o.ints([lines, line.length])]);
    };
    const ofX = flat(cells, channels, [rows.before, columns.before], [rows.after, columns.after]);
    const ofDy = flat(slopes, filters, [0, 0], [height - 1, pitch - columns.output]);
    const inputs = [
      delayed(o, ofX, line, { lines: channels, times: width, by: 1, lead: 0 }),
      delayed(o, ofDy, line, { lines: filters, times: height, by: pitch, lead: width - 1 }),
    ];
    sum = o.op('Gemm', sum === undefined ? inputs : [...inputs, sum], { transB: 1 });
  }
  return sum ?? '';
}

/** Rows of the matrix that are longer than the lines, each line `times` times: first by `lead`, then each time by `by` more. */
function delayed(
  o: O,
  name: string,
  { length, row }: { readonly length: number; readonly row: number },
  {
    lines,
    times,
    by,
    lead,
  }: { readonly lines: number; readonly times: number; readonly by: number; readonly lead: number },
): string {
  const zeros = (size: number): readonly string[] => (size === 0 ? [] : [zerosOf(o, [lines, size])]);
  const between = row + by - length;
  const copies = Array.from({ length: times }, (_, i) => (i === 0 ? [name] : [...zeros(between), name])).flat();
  const behind = times * row - lead - times * length - (times - 1) * between;
  const whole = o.op('Concat', [...zeros(lead), ...copies, ...zeros(behind)], { axis: 1 });
  return o.op('Reshape', [whole, o.ints([lines * times, row])]);
}
