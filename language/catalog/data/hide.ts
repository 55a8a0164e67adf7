/** Some of the words of each row hidden, for a model that is to guess them. */
import { transform } from '../define.ts';
import { refuse } from '../refuse.ts';
import { facts, needAxes } from '../rules/columns.ts';
import { made, needWhole, typeOf } from '../rules/types.ts';
import { number } from '../settings.ts';

/** Numberings that keep 0 for padding and 2 for the mask. */
const VOCABULARIES = /^(?:Words|BytePairs) /u;

export const hide = transform('hide', {
  doc: 'Hides a share of the words of each row behind the mask’s number (2), drawn anew in each epoch; padding is never hidden, nor are a start and an end. In validation and later, the words hidden of a row are always the same. The second result is true where something was hidden.',
  source: 'Devlin et al. (2018), without the random replacements',
  examples: ['(masked, hidden) = lines -> Words(8_000, length: 128) -> hide(15%)'],
  inputs: [{ name: 'x', doc: 'Numbers of words, as `Words` makes them.', dtype: 'int32' }],
  results: ['masked', 'hidden'],
  settings: { part: number('The share of the words that is hidden.', { min: 0, max: 1, open: 'both' }) },
  fitted: false,
  result(inputs) {
    const x = typeOf(inputs, 'x');
    const refused = needWhole('hide', x);
    if (refused) return refused;
    const { indexedBy } = x.facts;
    if (indexedBy !== undefined && !VOCABULARIES.test(indexedBy)) return refuse('data/hide-numbers', {});
    if (x.shape?.length === 0) return needAxes('hide', x, 'single');
    const kept = facts(x.facts, 'range', 'indexedBy', 'padded', 'unsized');
    return [made('int32', x.shape, [x], kept), made('bool', x.shape, [x], facts(x.facts, 'unsized'))];
  },
});
