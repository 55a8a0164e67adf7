/** How many of what is so are found: places where yes or a class is so, or, with `at`, each query's own key. */
import { isNone } from '../checked.ts';
import { metric } from '../define.ts';
import { maybeNum } from '../planned.ts';
import { countedMetric } from '../rules/counted-metric.ts';
import { share } from '../rules/counts.ts';
import { oneNumber } from '../rules/loss.ts';
import { foundGain, refusePair, retrievalNumbers, retrievalValue } from '../rules/retrieval.ts';
import { typeOf } from '../rules/types.ts';
import { integer } from '../settings.ts';

const {
  place: _place,
  name: _name,
  kind: _kind,
  ...counted
} = countedMetric('recall', {
  doc: 'How much is found: of the places where yes or a class is so, the share where it is said (yes: a probability above 0.5, a bare score above 0). Over the whole epoch; 0 where it is never so. With `at`, `recall(query, key, at: 10)`: the share of queries whose own key is among the first `at` of the distinct keys of all evaluated rows, by their products (over training rows: of those of its batch).',
  source:
    'Keras 3 `Recall`; scikit-learn `recall_score` for classes; TensorFlow Recommenders `FactorizedTopK` for keys',
  score: ({ hit, is }) => share(hit, is),
});
const names = { query: 'prediction', key: 'truth' };

export const recall = metric('recall', {
  ...counted,
  examples: [...counted.examples, 'recall(query, key, at: 10)'],
  settings: {
    ...counted.settings,
    at: integer('Ranks keys: the own one must be among the first so many.', { min: 1, default: null, named: true }),
  },
  keeps: (settings) => (maybeNum(settings, 'at') === undefined ? 'sums' : 'rows-of-evaluation'),
  result(inputs, settings, context) {
    if (isNone(settings, 'at')) return counted.result(inputs, settings, context);
    const refused = refusePair('recall', inputs, names);
    return refused ?? [oneNumber([typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')])];
  },
  accumulate(b, inputs, settings) {
    const at = maybeNum(settings, 'at');
    if (at === undefined) return counted.accumulate(b, inputs, settings);
    return retrievalNumbers(b, inputs, names, { at, gain: foundGain });
  },
  finish(numbers, settings, kept) {
    const at = maybeNum(settings, 'at');
    if (at === undefined) return counted.finish(numbers, settings, kept);
    return retrievalValue(numbers, kept, { at, gain: foundGain });
  },
});
