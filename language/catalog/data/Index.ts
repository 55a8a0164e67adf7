/** Values numbered in their order, as learned from the training part. */

import { wordOf } from '../checked.ts';
import { transform } from '../define.ts';
import { facts } from '../rules/columns.ts';
import { indexKey, needIndexable } from '../rules/indexing.ts';
import { made, typeOf } from '../rules/types.ts';
import { word } from '../settings.ts';

export const Index = transform('Index', {
  doc: 'Numbers the distinct values of the training part, sorted, from 0; the numbering is saved with the run. A value that was not seen is an error, unless `unseen` says otherwise.',
  source: 'Keras 3 `keras.layers.StringLookup` without reserved numbers',
  examples: ['ocean -> Index', 'ocean -> Index(unseen: own)'],
  inputs: [{ name: 'x', doc: 'Texts or whole numbers.', dtype: 'any' }],
  settings: {
    unseen: word(
      'What becomes of a value that the training part lacks: it is an error, it gets one number more, shared by all such values, or its row is left out.',
      ['error', 'own', 'skip'],
      {
        default: 'error',
        named: true,
      },
    ),
  },
  fitted: true,
  result(inputs, settings) {
    const x = typeOf(inputs, 'x');
    const refused = needIndexable('Index', x);
    if (refused) return refused;
    const indexedBy = indexKey(x, wordOf(settings, 'unseen') ?? 'error');
    // Unless unseen values are errors, the training part may have fewer values than the sample.
    const count = wordOf(settings, 'unseen') !== 'error' ? undefined : (x.facts.classes?.count ?? x.facts.distinct);
    const range = count === undefined ? {} : { range: [0, count - 1] as const };
    const kept = facts(x.facts, 'padded', 'classes', 'unsized');
    return [made('int32', x.shape, [x], { ...(indexedBy ? { indexedBy } : {}), ...range, ...kept })];
  },
});
