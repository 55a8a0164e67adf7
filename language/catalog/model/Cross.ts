/** Several whole numbers as one: a class for each combination. */
import { agree } from '../../shapes/broadcast.ts';
import { constant } from '../../shapes/dim.ts';
import { printShape } from '../../shapes/type.ts';
import { dimOf } from '../checked.ts';
import { model } from '../define.ts';
import { num, values } from '../planned.ts';
import { refuse } from '../refuse.ts';
import { bucketOf, mostBuckets } from '../rules/hashing.ts';
import { made, needWhole, typesOf } from '../rules/types.ts';
import { integer } from '../settings.ts';

export const Cross = model('Cross', {
  doc: 'Makes one whole number of several that stand at the same place, so that each combination can have weights of its own; the combinations are thrown into `buckets`.',
  source: 'Keras 3 `keras.layers.HashedCrossing` (another hash function, so other buckets)',
  examples: ['(tokens, tokens) -> Cross(buckets: 100) -> Embedding(100, 4)'],
  inputs: [{ name: 'values', doc: 'Whole numbers, all of one shape.', dtype: 'int32', many: 2 }],
  settings: { buckets: integer('How many buckets.', { min: 2, max: mostBuckets, named: true }) },
  result(inputs, settings) {
    const all = typesOf(inputs);
    const [first, ...others] = all;
    for (const type of all) {
      const refused = needWhole('Cross', type);
      if (refused) return refused;
      if (first?.shape && type.shape && !agree(first.shape, type.shape).ok) {
        const shapes = { first: printShape(first.shape), other: printShape(type.shape) };
        return refuse('shape/cross', shapes, { blame: [...first.shape, ...type.shape] });
      }
    }
    const buckets = constant(dimOf(settings, 'buckets'));
    const shape = first?.shape ?? others[0]?.shape;
    return [made('int32', shape, all, buckets === undefined ? {} : { range: [0, buckets - 1] })];
  },
  lower: (b, inputs, _weights, settings) =>
    bucketOf(
      b,
      values(inputs).map((value) => b.cast(value, 'int32')),
      num(settings, 'buckets'),
    ),
});
