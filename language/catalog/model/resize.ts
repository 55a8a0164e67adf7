/** An image brought to another size. */
import { unknown } from '../../shapes/dim.ts';
import { dimOf } from '../checked.ts';
import { model } from '../define.ts';
import { input, num, wordAt } from '../planned.ts';
import { interpolating, nearest, picked, resampled } from '../rules/resample.ts';
import { sized } from '../rules/sizes.ts';
import { carried, made, needForm, needNumber, typeOf } from '../rules/types.ts';
import { integer, word } from '../settings.ts';

export const resize = model('resize', {
  doc: 'Brings an image to the given height and width: on straight lines between the pixels, or by the nearest pixel, which keeps whole numbers whole. Nothing is smoothed when the image gets smaller.',
  source: 'Keras 3 `keras.layers.Resizing`; PyTorch `interpolate` (`bilinear`, `nearest-exact`)',
  examples: ['image -> resize(14, 21)', 'image -> resize(40, 10, method: nearest)'],
  inputs: [{ name: 'x', doc: 'An image `[height, width, channels]`.', dtype: 'number' }],
  settings: {
    height: integer('The height of the result.', { min: 1 }),
    width: integer('The width of the result.', { min: 1 }),
    method: word('How numbers between the pixels are found.', ['bilinear', 'nearest'], {
      default: 'bilinear',
      named: true,
    }),
  },
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused = needNumber('resize', x) ?? needForm('resize', x, 'image');
    if (refused) return refused;
    const side = (setting: string) => sized(context, dimOf(settings, setting), setting, 'resize');
    const shape = [side('height'), side('width'), x.shape?.[2] ?? unknown];
    if (settings.method === 'nearest') return [made(x.dtype, shape, [x], carried(x.facts))];
    return [made('float32', shape, [x])];
  },
  lower(b, inputs, _weights, settings) {
    const x = input(inputs, 'x');
    const [height, width] = [num(settings, 'height'), num(settings, 'width')];
    if (wordAt(settings, 'method') === 'bilinear') {
      return resampled(b, b.cast(x, 'float32'), [height, width], interpolating);
    }
    const rows = picked(b, x, 0, nearest(x.shape[0] ?? 1, height));
    return picked(b, rows, 1, nearest(x.shape[1] ?? 1, width));
  },
});
