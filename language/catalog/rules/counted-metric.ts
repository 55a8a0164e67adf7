/** Precision, recall and their mean: alike but for the formula. */
import { metric } from '../define.ts';
import type { MetricEntry } from '../entry.ts';
import { answerInputs, refuseAnswers } from './answers.ts';
import { averageOf, averageSetting, type Counts, countAnswers } from './counts.ts';
import { oneNumber } from './loss.ts';
import { typeOf } from './types.ts';

export function countedMetric(
  name: string,
  entry: { readonly doc: string; readonly source: string; readonly score: (counts: Counts) => number },
): MetricEntry {
  return metric(name, {
    doc: entry.doc,
    source: entry.source,
    examples: [`${name}(probability, answer)`, `${name}(scores, label)`, `${name}(scores, label, average: micro)`],
    inputs: answerInputs,
    settings: { average: averageSetting },
    direction: 'max',
    result(inputs, _settings, context) {
      const refused = refuseAnswers(name, inputs, context);
      return refused ?? [oneNumber([typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')])];
    },
    accumulate: countAnswers,
    finish: (sums, settings) => averageOf(sums, settings, entry.score),
  });
}
