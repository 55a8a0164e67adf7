/** Sounds from their files. */
import { unknown } from '../../shapes/dim.ts';
import { isNone } from '../checked.ts';
import { transform } from '../define.ts';
import { refuse, remark } from '../refuse.ts';
import { needText } from '../rules/text.ts';
import { made, typeOf } from '../rules/types.ts';
import { integer } from '../settings.ts';

export const decodeAudio = transform('decodeAudio', {
  doc: 'Reads the sound in each file (WAV, FLAC, MP3) as numbers from −1 to 1, one a sample; several channels are averaged. With `rate`, sounds of another rate are brought to it. Sounds of many lengths are brought to one with `fit`.',
  source: 'TensorFlow `tf.audio.decode_wav`',
  examples: ['file -> decodeAudio(rate: 16_000) -> fit(16_000)'],
  inputs: [{ name: 'x', doc: 'Names of sound files.', dtype: 'any' }],
  settings: {
    rate: integer('Samples a second of the result; else as in the file.', { min: 1, default: null, named: true }),
  },
  fitted: false,
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused = needText('decodeAudio', x);
    if (refused) return refused;
    const { files } = x.facts;
    if (files && files.lengths.length === 0 && files.other !== undefined) {
      return refuse('data/not-decodable', { file: files.other }, { variant: 'audio' });
    }
    if (files && files.lengths.length === 0 && files.images.length > 0) {
      return refuse('data/not-decodable', {}, { variant: 'picture' });
    }
    const [first, second] = files?.rates ?? [];
    if (isNone(settings, 'rate') && first !== undefined && second !== undefined) {
      context.remark(remark('warning', 'data/unlike-rates', { first, second }));
    }
    return [made('float32', x.shape && [...x.shape, unknown], [x], { values: [-1, 1], unsized: 'decodeAudio' })];
  },
});
