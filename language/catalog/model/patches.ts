/** Pieces of an image, each laid in one row. */
import { known, product, unknown } from '../../shapes/dim.ts';
import { dimsOf, isNone } from '../checked.ts';
import { model } from '../define.ts';
import { input, maybeTwo, two } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { blocksToChannels } from '../rules/blocks.ts';
import { slideImage } from '../rules/image.ts';
import { carried, made, needForm, typeOf } from '../rules/types.ts';
import { timesLarger } from '../rules/upsample.ts';
import { pair } from '../settings.ts';

const none = [known(0), known(0)] as const;

export const patches = model('patches', {
  doc: 'Cuts an image into pieces of the given size and lays the pixels of each in the channels, row by row; pixels at the end that fill no piece are left out.',
  source: 'Keras 3 `keras.ops.image.extract_patches`; Dosovitskiy et al. (2020)',
  examples: ['image -> patches(7)', 'image -> patches((4, 3), stride: 2)'],
  inputs: [{ name: 'x', doc: 'An image `[height, width, channels]`.', dtype: 'any' }],
  settings: {
    size: pair('Height and width of a piece.', { min: 1 }),
    stride: pair('How far apart the pieces start; as far as they are large, unless said.', {
      min: 1,
      default: null,
      named: true,
    }),
  },
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused = needForm('patches', x, 'image');
    if (refused || !x.shape) return refused ?? [made(x.dtype, undefined, [x], carried(x.facts))];
    const window = dimsOf(settings, 'size', 2);
    const slid = slideImage(context, 'patches', x.shape, {
      window,
      stride: dimsOf(settings, isNone(settings, 'stride') ? 'size' : 'stride', 2),
      dilation: [known(1), known(1)],
      padding: [none, none],
    });
    if (isRefusal(slid)) return slid;
    const channels = timesLarger(context, x.shape[2] ?? unknown, product(window), 'patches');
    return [made(x.dtype, [...slid, channels], [x], carried(x.facts))];
  },
  lower(b, inputs, _weights, settings) {
    const x = input(inputs, 'x');
    const [height = 0, width = 0, channels = 0] = x.shape;
    const [tall, wide] = two(settings, 'size');
    const [down, right] = maybeTwo(settings, 'stride') ?? [tall, wide];
    const [rows, columns] = [Math.floor((height - tall) / down) + 1, Math.floor((width - wide) / right) + 1];
    const ends = [(rows - 1) * down, (columns - 1) * right] as const;
    if (down === tall && right === wide) {
      const filled = b.slice(x, [
        [0, ends[0] + tall, 1],
        [0, ends[1] + wide, 1],
        [0, channels, 1],
      ]);
      return blocksToChannels(b, filled, tall, wide);
    }
    const cells = Array.from({ length: tall * wide }, (_, cell) => {
      const [row, column] = [Math.floor(cell / wide), cell % wide];
      return b.slice(x, [
        [row, row + ends[0] + 1, down],
        [column, column + ends[1] + 1, right],
        [0, channels, 1],
      ]);
    });
    return b.concat(cells, 2);
  },
});
