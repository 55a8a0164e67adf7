/** Channels laid out as blocks of pixels. */
import { dimOf } from '../checked.ts';
import { model } from '../define.ts';
import { input, num } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { channelsToBlocks, spread } from '../rules/blocks.ts';
import { carried, made, needForm, typeOf } from '../rules/types.ts';
import { integer } from '../settings.ts';

export const depthToSpace = model('depthToSpace', {
  doc: 'Lays the channels of each pixel out as a block of `block` × `block` pixels, so that the image gets larger and has fewer channels. The way back from `spaceToDepth`.',
  source: 'TensorFlow `tf.nn.depth_to_space`; Shi et al. (2016)',
  examples: ['image -> Conv2D(8, 3) -> depthToSpace(2)'],
  inputs: [{ name: 'x', doc: 'An image `[height, width, channels]`.', dtype: 'any' }],
  settings: { block: integer('Height and width of a block; its square must divide the channels.', { min: 1 }) },
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused = needForm('depthToSpace', x, 'image');
    if (refused) return refused;
    const shape = x.shape && spread(context, x.shape, dimOf(settings, 'block'));
    return isRefusal(shape) ? shape : [made(x.dtype, shape, [x], carried(x.facts))];
  },
  lower: (b, inputs, _weights, settings) => channelsToBlocks(b, input(inputs, 'x'), num(settings, 'block')),
});
