/** The share of right answers. */
import { agree } from '../../shapes/broadcast.ts';
import { constant, unknown } from '../../shapes/dim.ts';
import type { TensorType } from '../../shapes/type.ts';
import type { Builder, Value } from '../builder.ts';
import { metric } from '../define.ts';
import type { LoweredInputs } from '../entry.ts';
import { input } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { comparePlaces } from '../rules/classes.ts';
import { choiceInputs, needChoice, needSame, oneNumber, sameShape, volume } from '../rules/loss.ts';
import { averaged, ratio } from '../rules/metric.ts';
import { needFloat, typeOf } from '../rules/types.ts';

export const accuracy = metric('accuracy', {
  doc: 'The share of right answers: the highest of the class scores against class numbers; or yes and no, where a probability above 0.5 (a bare score above 0) is a yes.',
  source: 'Keras 3 `SparseCategoricalAccuracy`, `CategoricalAccuracy`, `BinaryAccuracy`',
  examples: ['accuracy(scores, label)', 'accuracy(probability, answer)'],
  inputs: [
    { name: 'prediction', doc: 'Class scores `[..., classes]`, or yes/no numbers.', dtype: 'float32' },
    { name: 'truth', doc: 'Class numbers, class probabilities, or 0 and 1.', dtype: 'any' },
    ...choiceInputs,
  ],
  settings: {},
  direction: 'max',
  result(inputs, _settings, context) {
    const [prediction, truth] = [typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')];
    const refused = needFloat('accuracy', prediction, 'prediction');
    if (refused) return refused;
    if (isYesNo(prediction, truth)) {
      const wrong =
        needSame('accuracy', prediction, truth, context) ?? needChoice('accuracy', inputs, prediction.shape);
      return wrong ?? [oneNumber([prediction, truth])];
    }
    const found = comparePlaces('accuracy', prediction, truth);
    if (isRefusal(found)) return found;
    return needChoice('accuracy', inputs, found.places) ?? [oneNumber([prediction, truth])];
  },
  accumulate: (b, inputs) => averaged(b, b.cast(isRight(b, inputs), 'float32'), inputs),
  finish: ratio,
});

/** Both of one shape (or `[1]` against a number), and not probabilities of classes. */
function isYesNo(prediction: TensorType, truth: TensorType): boolean {
  if (prediction.facts.mark === 'softmax' || !prediction.shape || !truth.shape) return false;
  if (agree(prediction.shape, truth.shape).ok) return true;
  return prediction.shape.length === 1 && truth.shape.length === 0 && constant(prediction.shape[0] ?? unknown) === 1;
}

/** Whether the answer is right, at each place. */
function isRight(b: Builder, inputs: LoweredInputs): Value {
  const [prediction, truth] = [input(inputs, 'prediction'), input(inputs, 'truth')];
  const last = prediction.shape.length - 1;
  const classes = b.logits(prediction, 'softmax') !== undefined;
  const single = volume(prediction.shape) === volume(truth.shape);
  if (!classes && single) {
    const [first, second] = sameShape(b, prediction, truth);
    const score = b.logits(first, 'sigmoid') ?? first;
    const yes = b.binary('greater', score, b.scalar(0));
    const isTrue = second.dtype === 'bool' ? second : b.binary('greater', b.cast(second, 'float32'), b.scalar(0.5));
    return b.binary('equal', b.cast(yes, 'int32'), b.cast(isTrue, 'int32'));
  }
  const answer = b.argmax(prediction, last);
  const right =
    truth.shape.length === prediction.shape.length ? b.argmax(b.cast(truth, 'float32'), last) : b.cast(truth, 'int32');
  return b.binary('equal', answer, right);
}
