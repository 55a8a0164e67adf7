/** Numbers sorted into buckets. */
import { constant } from '../../shapes/dim.ts';
import { dimOf, isNone, numbersOf } from '../checked.ts';
import { transform } from '../define.ts';
import { atSetting, refuse } from '../refuse.ts';
import { made, needNumber, typeOf } from '../rules/types.ts';
import { integer, numbers } from '../settings.ts';

export const Bucketize = transform('Bucketize', {
  doc: 'Turns each number into the number of the bucket that it falls into: between the `edges` given, or between edges that put equally many rows of the training part into each of `buckets`.',
  source: 'Keras 3 `keras.layers.Discretization`',
  examples: ['age -> Bucketize([18, 40, 65])', 'age -> Bucketize(buckets: 8)'],
  inputs: [{ name: 'x', doc: 'The numbers.', dtype: 'number' }],
  settings: {
    edges: numbers('Where one bucket ends and the next begins, rising.', { default: null }),
    buckets: integer('How many buckets are learned.', { min: 2, default: null, named: true }),
  },
  fitted: true,
  result(inputs, settings) {
    const x = typeOf(inputs, 'x');
    const refused = needNumber('Bucketize', x);
    if (refused) return refused;
    const edges = numbersOf(settings, 'edges');
    if (isNone(settings, 'edges') === isNone(settings, 'buckets')) return refuse('data/buckets', {});
    if (edges !== undefined && edges !== 'none') {
      const wrong = edges.findIndex((edge, at) => at > 0 && edge <= (edges[at - 1] ?? edge));
      if (wrong > 0) {
        const values = { before: edges[wrong - 1] ?? 0, edge: edges[wrong] ?? 0 };
        return refuse('data/buckets', values, { variant: 'order', at: atSetting('edges') });
      }
      return [made('int32', x.shape, [x], { range: [0, edges.length] })];
    }
    const buckets = constant(dimOf(settings, 'buckets'));
    return [made('int32', x.shape, [x], buckets === undefined ? {} : { range: [0, buckets - 1] })];
  },
});
