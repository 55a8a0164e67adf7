/** The middle of pictures. */
import { order, printDim, unknown } from '../../shapes/dim.ts';
import { dimOf } from '../checked.ts';
import { transform } from '../define.ts';
import { atSetting, refuse } from '../refuse.ts';
import { facts } from '../rules/columns.ts';
import { sized } from '../rules/sizes.ts';
import { made, needForm, typeOf } from '../rules/types.ts';
import { integer } from '../settings.ts';

export const centerCrop = transform('centerCrop', {
  doc: 'Cuts a piece of one height and width out of the middle of each picture.',
  source: 'Keras 3 `keras.layers.CenterCrop`, of pictures that are large enough',
  examples: ['images -> expand -> centerCrop(24, 24)'],
  inputs: [{ name: 'x', doc: 'Pictures `[height, width, channels]`.', dtype: 'any' }],
  settings: {
    height: integer('The height of the piece.', { min: 1 }),
    width: integer('The width of the piece.', { min: 1 }),
  },
  fitted: false,
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused = needForm('centerCrop', x, 'image');
    if (refused) return refused;
    for (const [axis, setting] of (['height', 'width'] as const).entries()) {
      const [size, wanted] = [x.shape?.[axis] ?? unknown, dimOf(settings, setting)];
      if (order(wanted, size) !== 'greater') continue;
      const values = { callee: 'centerCrop', setting, wanted: printDim(wanted), size: printDim(size) };
      return refuse('shape/crop', values, { at: atSetting(setting), blame: [size] });
    }
    const side = (setting: string) => sized(context, dimOf(settings, setting), setting, 'centerCrop');
    const shape = [side('height'), side('width'), x.shape?.[2] ?? unknown];
    return [made(x.dtype, shape, [x], facts(x.facts, 'values', 'normalised'))];
  },
});
