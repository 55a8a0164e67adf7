/** Pictures brought to one size. */
import { unknown } from '../../shapes/dim.ts';
import { dimOf } from '../checked.ts';
import { transform } from '../define.ts';
import { facts } from '../rules/columns.ts';
import { sized } from '../rules/sizes.ts';
import { made, needForm, needNumber, typeOf } from '../rules/types.ts';
import { integer, word } from '../settings.ts';

export const resize = transform('resize', {
  doc: 'Brings each picture to one height and width. Bytes stay bytes, rounded.',
  source: 'TensorFlow `tf.image.resize`; `area` averages what becomes one pixel',
  examples: ['file -> decodeImage -> resize(64, 64)', 'file -> decodeImage -> resize(64, 64, method: area)'],
  inputs: [{ name: 'x', doc: 'Pictures `[height, width, channels]`.', dtype: 'number' }],
  settings: {
    height: integer('The height of the result.', { min: 1 }),
    width: integer('The width of the result.', { min: 1 }),
    method: word('How numbers between the pixels are found.', ['bilinear', 'nearest', 'area'], {
      default: 'bilinear',
      named: true,
    }),
  },
  fitted: false,
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused = needNumber('resize', x) ?? needForm('resize', x, 'image');
    if (refused) return refused;
    const side = (setting: string) => sized(context, dimOf(settings, setting), setting, 'resize');
    const shape = [side('height'), side('width'), x.shape?.[2] ?? unknown];
    const dtype = x.dtype === 'uint8' || settings.method === 'nearest' ? x.dtype : 'float32';
    return [made(dtype, shape, [x], facts(x.facts, 'values', 'normalised'))];
  },
});
