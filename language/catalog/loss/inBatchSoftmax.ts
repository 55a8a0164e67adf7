/** Each query must find its own key among those of the whole batch. */
import { loss } from '../define.ts';
import { input, num } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { choiceInputs, needChoice, oneNumber, reducePlaces } from '../rules/loss.ts';
import { needForm, typeOf } from '../rules/types.ts';
import { dotOf, placesOf } from '../rules/vectors.ts';
import { number } from '../settings.ts';

export const inBatchSoftmax = loss('inBatchSoftmax', {
  doc: 'Cross entropy of each query over the keys of the whole batch, scored by their dot product over `temperature`; its own key is the right one. Wants vectors of length 1 (`l2norm`) and large batches.',
  source: 'Sohn (2016), van den Oord et al. (2018, InfoNCE)',
  examples: ['inBatchSoftmax(query, key)', 'inBatchSoftmax(query, key, temperature: 0.07)'],
  inputs: [
    { name: 'query', doc: 'One vector `[width]`.', dtype: 'float32' },
    { name: 'key', doc: 'The vector that belongs to it.', dtype: 'float32' },
    ...choiceInputs,
  ],
  settings: {
    temperature: number('What scores are divided by: the smaller, the more the nearest keys count.', {
      min: 0,
      open: 'min',
      default: 1,
      named: true,
    }),
  },
  result(inputs) {
    const [query, key] = [typeOf(inputs, 'query'), typeOf(inputs, 'key')];
    const found = placesOf('inBatchSoftmax', inputs, ['query', 'key']);
    if (isRefusal(found)) return found;
    const refused = needForm('inBatchSoftmax', query, 'features') ?? needChoice('inBatchSoftmax', inputs, found.places);
    return refused ?? [oneNumber([query, key])];
  },
  lower(b, inputs, _weights, settings) {
    const [query, key] = [input(inputs, 'query'), input(inputs, 'key')];
    const cold = b.scalar(1 / num(settings, 'temperature'));
    const scores = b.binary('multiply', b.dense(query, b.transpose(b.batch(key), [1, 0])), cold);
    // The logarithm of the sum of powers, as the first score less its log probability.
    const first = (x: typeof scores) => b.reshape(b.slice(x, [[0, 1, 1]]), []);
    const all = b.binary('subtract', first(scores), first(b.logSoftmax(scores, 0)));
    const own = b.binary('multiply', dotOf(b, query, key), cold);
    return reducePlaces(b, b.binary('subtract', all, own), inputs, { reduce: 'mean' });
  },
});
