/** The share of right answers. */
import { metric } from '../define.ts';
import { answerInputs, isRight, refuseAnswers } from '../rules/answers.ts';
import { oneNumber } from '../rules/loss.ts';
import { averaged, ratio } from '../rules/metric.ts';
import { typeOf } from '../rules/types.ts';

export const accuracy = metric('accuracy', {
  doc: 'The share of right answers: the highest of the class scores against class numbers; or yes and no, where a probability above 0.5 (a bare score above 0) is a yes.',
  source: 'Keras 3 `SparseCategoricalAccuracy`, `CategoricalAccuracy`, `BinaryAccuracy`',
  examples: ['accuracy(scores, label)', 'accuracy(probability, answer)'],
  inputs: answerInputs,
  settings: {},
  direction: 'max',
  result(inputs, _settings, context) {
    const refused = refuseAnswers('accuracy', inputs, context);
    return refused ?? [oneNumber([typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')])];
  },
  accumulate: (b, inputs) => averaged(b, b.cast(isRight(b, inputs), 'float32'), inputs),
  finish: ratio,
});
