/** Whole numbers of any size, thrown into a few buckets. */
import { constant } from '../../shapes/dim.ts';
import { dimOf } from '../checked.ts';
import { model } from '../define.ts';
import { input, num } from '../planned.ts';
import { bucketOf, mostBuckets } from '../rules/hashing.ts';
import { made, needWhole, typeOf } from '../rules/types.ts';
import { integer } from '../settings.ts';

export const Hash = model('Hash', {
  doc: 'Throws whole numbers of any size into `buckets`, always the same number into the same bucket: for an `Embedding` of ids that nobody has counted. Unlike ids may share a bucket.',
  source: 'Keras 3 `keras.layers.Hashing` (another hash function, so other buckets)',
  examples: ['tokens -> Hash(8)', 'tokens -> Hash(1_000) -> Embedding(1_000, 4)'],
  inputs: [{ name: 'x', doc: 'Whole numbers.', dtype: 'int32' }],
  settings: { buckets: integer('How many buckets.', { min: 2, max: mostBuckets }) },
  result(inputs, settings) {
    const x = typeOf(inputs, 'x');
    const refused = needWhole('Hash', x);
    if (refused) return refused;
    const buckets = constant(dimOf(settings, 'buckets'));
    return [made('int32', x.shape, [x], buckets === undefined ? {} : { range: [0, buckets - 1] })];
  },
  lower: (b, inputs, _weights, settings) =>
    bucketOf(b, [b.cast(input(inputs, 'x'), 'int32')], num(settings, 'buckets')),
});
