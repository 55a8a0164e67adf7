/** How far the places of each class overlap, on average. */
import { metric } from '../define.ts';
import { isRefusal } from '../refuse.ts';
import { comparePlaces } from '../rules/classes.ts';
import { countClasses, readCounts } from '../rules/counts.ts';
import { choiceInputs, needChoice, oneNumber } from '../rules/loss.ts';
import { typeOf } from '../rules/types.ts';

export const meanIou = metric('meanIou', {
  doc: 'Intersection over union of each class (the places where it is said and so, over those where it is said or so), and the mean over the classes that occur. Over the whole epoch.',
  source: 'Keras 3 `MeanIoU`',
  examples: ['meanIou(scores, label)'],
  inputs: [
    { name: 'prediction', doc: 'Scores or probabilities `[..., classes]`.', dtype: 'float32' },
    { name: 'truth', doc: 'Class numbers, or probabilities of classes.', dtype: 'any' },
    ...choiceInputs,
  ],
  settings: {},
  direction: 'max',
  result(inputs) {
    const [prediction, truth] = [typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')];
    const found = comparePlaces('meanIou', prediction, truth);
    if (isRefusal(found)) return found;
    return needChoice('meanIou', inputs, found.places) ?? [oneNumber([prediction, truth])];
  },
  accumulate: countClasses,
  finish(sums) {
    const seen = readCounts(sums).filter(({ said, is }) => said + is > 0);
    return seen.reduce((sum, { hit, said, is }) => sum + hit / (said + is - hit), 0) / seen.length;
  },
});
