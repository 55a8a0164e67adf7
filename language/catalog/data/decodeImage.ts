/** Pictures from their files. */
import { type Dim, known, unknown } from '../../shapes/dim.ts';
import type { Facts } from '../../shapes/type.ts';
import { dimOf, isNone } from '../checked.ts';
import { transform } from '../define.ts';
import { refuse } from '../refuse.ts';
import { needText } from '../rules/text.ts';
import { made, typeOf } from '../rules/types.ts';
import { integer } from '../settings.ts';

export const decodeImage = transform('decodeImage', {
  doc: 'Reads the picture in each file (PNG, JPEG, WebP, BMP): `[height, width, channels]`, bytes from 0 to 255. How many channels follows the field’s stated type, else 3: 1 makes the picture grey, 4 keeps its transparency.',
  source: 'TensorFlow `tf.io.decode_image`',
  examples: ['file -> decodeImage -> resize(64, 64)', 'file -> decodeImage(channels: 1) -> resize(64, 64)'],
  inputs: [{ name: 'x', doc: 'Names of picture files.', dtype: 'any' }],
  settings: { channels: integer('How many numbers each pixel has.', { min: 1, max: 4, default: null, named: true }) },
  fitted: false,
  result(inputs, settings) {
    const x = typeOf(inputs, 'x');
    const refused = needText('decodeImage', x);
    if (refused) return refused;
    const { files } = x.facts;
    if (files && files.images.length === 0 && files.other !== undefined) {
      return refuse('data/not-decodable', { file: files.other }, { variant: 'image' });
    }
    if (files && files.images.length === 0 && files.lengths.length > 0) {
      return refuse('data/not-decodable', {}, { variant: 'sound' });
    }
    const channels = isNone(settings, 'channels') ? unknown : dimOf(settings, 'channels');
    const sizes = files?.images ?? [];
    const side = (axis: 0 | 1): Dim => {
      const [first, ...others] = sizes.map((size) => size[axis]);
      return first === undefined || others.some((other) => other !== first) ? unknown : known(first);
    };
    const shape = [side(0), side(1), channels];
    const differ = sizes.length > 0 && shape.slice(0, 2).some((dim) => dim.size === undefined);
    const facts: Facts = { values: [0, 255], ...(differ && files ? { unsized: 'decodeImage', files } : {}) };
    return [made('uint8', x.shape && [...x.shape, ...shape], [x], facts)];
  },
});
