/** Blocks of pixels laid in the channels, and the other way round. */
import { constant, type Dim, divideExactly, modulo, multiply, printDim, unknown } from '../../shapes/dim.ts';
import type { Builder, Value } from '../builder.ts';
import type { Refusal, RuleContext } from '../entry.ts';
import { atSetting, refuse } from '../refuse.ts';
import { timesLarger } from './upsample.ts';

/** The shape of an image cut into blocks of `block` × `block` pixels. */
export function deepened(context: RuleContext, shape: readonly Dim[], block: Dim): readonly Dim[] | Refusal {
  const [height = unknown, width = unknown, channels = unknown] = shape;
  const callee = 'spaceToDepth';
  for (const [axis, size] of [
    ['height', height],
    ['width', width],
  ] as const) {
    const rest = constant(modulo(size, block));
    if (rest === undefined || rest === 0) continue;
    const values = { callee, axis, size: printDim(size), block: printDim(block), rest };
    return refuse('shape/blocks', values, { at: atSetting('block'), blame: [size] });
  }
  const cells = multiply(block, block);
  return [
    parted(context, height, block, callee),
    parted(context, width, block, callee),
    timesLarger(context, channels, cells, callee),
  ];
}

/** The shape of an image whose channels become blocks of `block` × `block` pixels. */
export function spread(context: RuleContext, shape: readonly Dim[], block: Dim): readonly Dim[] | Refusal {
  const [height = unknown, width = unknown, channels = unknown] = shape;
  const callee = 'depthToSpace';
  const cells = multiply(block, block);
  const rest = constant(modulo(channels, cells));
  if (rest !== undefined && rest !== 0) {
    const values = { callee, size: printDim(channels), block: printDim(block), cells: printDim(cells), rest };
    return refuse('shape/blocks', values, { variant: 'channels', at: atSetting('block'), blame: [channels] });
  }
  return [
    timesLarger(context, height, block, callee),
    timesLarger(context, width, block, callee),
    parted(context, channels, cells, callee),
  ];
}

/** "14 = 28 / 2 (`spaceToDepth`)". */
function parted(context: RuleContext, size: Dim, parts: Dim, callee: string): Dim {
  if (constant(parts) === 1) return size;
  const part = divideExactly(size, parts);
  const result = part === 'inexact' ? unknown : part;
  const values = { result: printDim(result), size: printDim(size), parts: printDim(parts), callee };
  return context.because(result, { key: 'why/divided', values }, [size, parts]);
}

/** Blocks of `tall` × `wide` pixels in the channels: row by row of the block, the image's channels running fastest. */
export function blocksToChannels(b: Builder, x: Value, tall: number, wide: number): Value {
  const [height = 0, width = 0, channels = 0] = x.shape;
  const [rows, columns] = [height / tall, width / wide];
  const apart = b.reshape(x, [rows, tall, columns, wide, channels]);
  return b.reshape(b.transpose(apart, [0, 2, 1, 3, 4]), [rows, columns, tall * wide * channels]);
}

/** The way back. */
export function channelsToBlocks(b: Builder, x: Value, block: number): Value {
  const [height = 0, width = 0, channels = 0] = x.shape;
  const part = channels / (block * block);
  const apart = b.reshape(x, [height, width, block, block, part]);
  return b.reshape(b.transpose(apart, [0, 2, 1, 3, 4]), [height * block, width * block, part]);
}
