/** The middle of an image. */
import { order, printDim, unknown } from '../../shapes/dim.ts';
import { dimOf } from '../checked.ts';
import { model } from '../define.ts';
import { input, num } from '../planned.ts';
import { atSetting, refuse } from '../refuse.ts';
import { sized } from '../rules/sizes.ts';
import { carried, made, needForm, typeOf } from '../rules/types.ts';
import { integer } from '../settings.ts';

export const centerCrop = model('centerCrop', {
  doc: 'Cuts a piece of the given height and width out of the middle of an image.',
  source: 'Keras 3 `keras.layers.CenterCrop`, of images that are large enough',
  examples: ['image -> centerCrop(24, 20)'],
  inputs: [{ name: 'x', doc: 'An image `[height, width, channels]`.', dtype: 'any' }],
  settings: {
    height: integer('The height of the piece.', { min: 1 }),
    width: integer('The width of the piece.', { min: 1 }),
  },
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused = needForm('centerCrop', x, 'image');
    if (refused || !x.shape) return refused ?? [made(x.dtype, undefined, [x], carried(x.facts))];
    for (const [axis, setting] of (['height', 'width'] as const).entries()) {
      const [size, wanted] = [x.shape[axis] ?? unknown, dimOf(settings, setting)];
      if (order(wanted, size) !== 'greater') continue;
      const values = { callee: 'centerCrop', setting, wanted: printDim(wanted), size: printDim(size) };
      return refuse('shape/crop', values, { at: atSetting(setting), blame: [size] });
    }
    const side = (setting: string) => sized(context, dimOf(settings, setting), setting, 'centerCrop');
    return [made(x.dtype, [side('height'), side('width'), x.shape[2] ?? unknown], [x], carried(x.facts))];
  },
  lower(b, inputs, _weights, settings) {
    const x = input(inputs, 'x');
    const middle = (axis: number, size: number): readonly [number, number, number] => {
      const start = Math.floor(((x.shape[axis] ?? 0) - size) / 2);
      return [start, start + size, 1];
    };
    return b.slice(x, [middle(0, num(settings, 'height')), middle(1, num(settings, 'width')), [0, x.shape[2] ?? 0, 1]]);
  },
});
