/** How far the places of yes overlap. */
import { metric } from '../define.ts';
import { needYesNo } from '../rules/answers.ts';
import { countAnswers, readCounts } from '../rules/counts.ts';
import { choiceInputs, needChoice, needSame, oneNumber } from '../rules/loss.ts';
import { typeOf } from '../rules/types.ts';

export const iou = metric('iou', {
  doc: 'Intersection over union: the places where yes is said and so, over those where it is said or so. Over the whole epoch; for several classes see `meanIou`.',
  source: 'Jaccard (1901); Keras 3 `BinaryIoU` of class 1',
  examples: ['iou(probability, answer)'],
  inputs: [
    { name: 'prediction', doc: 'Probabilities or scores of yes.', dtype: 'float32' },
    { name: 'truth', doc: '0 and 1, or false and true.', dtype: 'float32' },
    ...choiceInputs,
  ],
  settings: {},
  direction: 'max',
  result(inputs, _settings, context) {
    const [prediction, truth] = [typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')];
    const refused =
      needYesNo('iou', prediction, truth) ??
      needSame('iou', prediction, truth, context) ??
      needChoice('iou', inputs, prediction.shape);
    return refused ?? [oneNumber([prediction, truth])];
  },
  accumulate: countAnswers,
  finish(sums) {
    const [{ hit, said, is } = { hit: 0, said: 0, is: 0 }] = readCounts(sums);
    return hit / (said + is - hit);
  },
});
