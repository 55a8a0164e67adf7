/** Among how many equally likely classes the prediction wavers. */
import type { Builder, Value } from '../builder.ts';
import { metric } from '../define.ts';
import { input } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { comparePlaces, isNumbers, logProbabilities } from '../rules/classes.ts';
import { choiceInputs, needChoice, oneNumber } from '../rules/loss.ts';
import { averaged, ratio } from '../rules/metric.ts';
import { typeOf } from '../rules/types.ts';

export const perplexity = metric('perplexity', {
  doc: '`e` to the power of the mean cross entropy: among how many equally likely classes the prediction wavers. 1 is perfect.',
  source: 'Jelinek et al. (1977)',
  examples: ['perplexity(scores, label)'],
  inputs: [
    { name: 'prediction', doc: 'Scores or probabilities `[..., classes]`.', dtype: 'float32' },
    { name: 'truth', doc: 'Class numbers, or probabilities of classes.', dtype: 'any' },
    ...choiceInputs,
  ],
  settings: {},
  direction: 'min',
  result(inputs) {
    const [prediction, truth] = [typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')];
    const found = comparePlaces('perplexity', prediction, truth);
    if (isRefusal(found)) return found;
    return needChoice('perplexity', inputs, found.places) ?? [oneNumber([prediction, truth])];
  },
  accumulate: (b, inputs) => averaged(b, surprise(b, input(inputs, 'prediction'), input(inputs, 'truth')), inputs),
  finish: (sums) => Math.exp(ratio(sums)),
});

function surprise(b: Builder, prediction: Value, truth: Value): Value {
  const logs = logProbabilities(b, prediction);
  if (isNumbers(logs, truth)) return b.unary('negate', b.pick(logs, b.cast(truth, 'int32')));
  const weighed = b.binary('multiply', logs, b.cast(truth, 'float32'));
  return b.unary('negate', b.reduce('sum', weighed, [logs.shape.length - 1], false));
}
