/** Texts as numbers of byte pairs, learned from the training part. */
import { constant } from '../../shapes/dim.ts';
import { dimOf } from '../checked.ts';
import { transform } from '../define.ts';
import { LEAST_PAIRS, tokensOf, vocabularySettings } from '../rules/vocabulary.ts';

export const BytePairs = transform('BytePairs', {
  doc: 'Cuts texts into pieces that are learned on the training part by merging the most frequent pairs of bytes again and again: every text can be written with them. 0 is padding, 1 stays free, 2 is the mask of `hide`.',
  source: 'Sennrich, Haddow & Birch (2016)',
  examples: ['lines -> BytePairs(2_000, length: 64)'],
  inputs: [{ name: 'x', doc: 'Texts.', dtype: 'any' }],
  settings: vocabularySettings(
    'How many pieces there are, the 256 bytes and the three special numbers included.',
    LEAST_PAIRS,
  ),
  fitted: true,
  result: (inputs, settings, context) =>
    tokensOf('BytePairs', inputs, settings, context, constant(dimOf(settings, 'size'))),
});
