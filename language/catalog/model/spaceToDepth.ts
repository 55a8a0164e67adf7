/** Blocks of pixels laid in the channels. */
import { dimOf } from '../checked.ts';
import { model } from '../define.ts';
import { input, num } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { blocksToChannels, deepened } from '../rules/blocks.ts';
import { carried, made, needForm, typeOf } from '../rules/types.ts';
import { integer } from '../settings.ts';

export const spaceToDepth = model('spaceToDepth', {
  doc: 'Cuts an image into blocks of `block` × `block` pixels and lays the pixels of each block in the channels of one: no number is lost.',
  source: 'TensorFlow `tf.nn.space_to_depth`',
  examples: ['image -> spaceToDepth(2)'],
  inputs: [{ name: 'x', doc: 'An image `[height, width, channels]`.', dtype: 'any' }],
  settings: { block: integer('Height and width of a block; it must divide both of the image.', { min: 1 }) },
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused = needForm('spaceToDepth', x, 'image');
    if (refused) return refused;
    const shape = x.shape && deepened(context, x.shape, dimOf(settings, 'block'));
    return isRefusal(shape) ? shape : [made(x.dtype, shape, [x], carried(x.facts))];
  },
  lower(b, inputs, _weights, settings) {
    const block = num(settings, 'block');
    return blocksToChannels(b, input(inputs, 'x'), block, block);
  },
});
