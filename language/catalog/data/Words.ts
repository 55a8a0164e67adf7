/** Texts as numbers of words, learned from the training part. */
import { constant } from '../../shapes/dim.ts';
import { dimOf } from '../checked.ts';
import { transform } from '../define.ts';
import { LEAST_WORDS, tokensOf, vocabularySettings } from '../rules/vocabulary.ts';

export const Words = transform('Words', {
  doc: 'Cuts texts into words (runs of letters and digits; other signs alone) and numbers the most frequent ones of the training part: 0 is padding, 1 any other word, 2 the mask of `hide`. The numbering is saved with the run.',
  source: 'Keras 3 `keras.layers.TextVectorization`; the special numbers are our own',
  examples: ['ocean -> lower -> Words(20_000, length: 200)'],
  inputs: [{ name: 'x', doc: 'Texts.', dtype: 'any' }],
  settings: vocabularySettings('How many numbers there are, the three special ones included.', LEAST_WORDS),
  fitted: true,
  result: (inputs, settings, context) =>
    tokensOf('Words', inputs, settings, context, constant(dimOf(settings, 'size'))),
});
