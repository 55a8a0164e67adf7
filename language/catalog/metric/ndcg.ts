/** How high each query's own key stands. */
import { metric } from '../define.ts';
import { num } from '../planned.ts';
import { oneNumber } from '../rules/loss.ts';
import { discountedGain, refusePair, retrievalInputs, retrievalNumbers, retrievalValue } from '../rules/retrieval.ts';
import { typeOf } from '../rules/types.ts';
import { integer } from '../settings.ts';

const names = { query: 'query', key: 'key' };

export const ndcg = metric('ndcg', {
  doc: 'How high each query’s own key stands among the distinct keys of all evaluated rows, by their products: 1 at the top, 1 / log₂(place + 1) below, 0 beyond the first `at`; the mean over the queries. Over training rows the own key is ranked among the keys of its batch.',
  source: 'Järvelin & Kekäläinen (2002) with one key that fits; scikit-learn `ndcg_score`',
  examples: ['ndcg(query, key)', 'ndcg(query, key, at: 5)'],
  inputs: retrievalInputs,
  settings: { at: integer('How many keys may be named.', { min: 1, default: 10, named: true }) },
  direction: 'max',
  keeps: () => 'rows-of-evaluation',
  result: (inputs) =>
    refusePair('ndcg', inputs, names) ?? [oneNumber([typeOf(inputs, 'query'), typeOf(inputs, 'key')])],
  accumulate: (b, inputs, settings) =>
    retrievalNumbers(b, inputs, names, { at: num(settings, 'at'), gain: discountedGain }),
  finish: (numbers, settings, kept) => retrievalValue(numbers, kept, { at: num(settings, 'at'), gain: discountedGain }),
});
