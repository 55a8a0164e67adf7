/** The share of places whose right class is among the k highest. */

import { constant, type Dim } from '../../shapes/dim.ts';
import type { TensorType } from '../../shapes/type.ts';
import { dimOf } from '../checked.ts';
import { metric } from '../define.ts';
import type { RuleContext } from '../entry.ts';
import { input, num } from '../planned.ts';
import { atSetting, isRefusal, remark, setTo } from '../refuse.ts';
import { rightClass } from '../rules/answers.ts';
import { comparePlaces } from '../rules/classes.ts';
import { choiceInputs, needChoice, oneNumber } from '../rules/loss.ts';
import { averaged, ratio } from '../rules/metric.ts';
import { typeOf } from '../rules/types.ts';
import { integer } from '../settings.ts';

/** Warns where so many classes may be named that there are no others. */
function warnAll(prediction: TensorType, named: Dim, context: RuleContext): void {
  const last = prediction.shape?.at(-1);
  const [classes, k] = [last && constant(last), constant(named)];
  if (classes === undefined || k === undefined || k < classes) return;
  const fixes = classes > 3 ? [setTo('loss/all-classes/fewer', 'k', '3')] : [];
  context.remark(remark('warning', 'loss/all-classes', { callee: 'topK', k, classes }, { at: atSetting('k'), fixes }));
}

export const topK = metric('topK', {
  doc: 'The share of places whose right class is among the `k` with the highest scores. Equal scores share the better place.',
  source: 'Keras 3 `SparseTopKCategoricalAccuracy` and `TopKCategoricalAccuracy`',
  examples: ['topK(scores, label, 3)'],
  inputs: [
    { name: 'prediction', doc: 'Scores or probabilities `[..., classes]`.', dtype: 'float32' },
    { name: 'truth', doc: 'Class numbers, or probabilities of classes.', dtype: 'any' },
    ...choiceInputs,
  ],
  settings: { k: integer('How many classes may be named.', { min: 1 }) },
  direction: 'max',
  result(inputs, settings, context) {
    const [prediction, truth] = [typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')];
    const found = comparePlaces('topK', prediction, truth);
    if (isRefusal(found)) return found;
    warnAll(prediction, dimOf(settings, 'k'), context);
    return needChoice('topK', inputs, found.places) ?? [oneNumber([prediction, truth])];
  },
  accumulate(b, inputs, settings) {
    const prediction = input(inputs, 'prediction');
    const last = prediction.shape.length - 1;
    const own = b.pick(prediction, rightClass(b, prediction, input(inputs, 'truth')));
    const above = b.binary('greater', prediction, b.reshape(own, [...own.shape, 1]));
    const rank = b.reduce('sum', b.cast(above, 'float32'), [last], false);
    const among = b.binary('less', rank, b.scalar(num(settings, 'k')));
    return averaged(b, b.cast(among, 'float32'), inputs);
  },
  finish: ratio,
});
