/** How surprised the prediction is by the true class. */
import type { Settings } from '../../plan/plan.ts';
import { constant } from '../../shapes/dim.ts';
import type { TensorType } from '../../shapes/type.ts';
import type { Builder, Value } from '../builder.ts';
import { loss } from '../define.ts';
import { input, maybeNums, num } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import {
  comparePlaces,
  isNumbers,
  logProbabilities,
  refuseClassWeights,
  warnCut,
  warnSigmoid,
} from '../rules/classes.ts';
import { choiceInputs, needChoice, oneNumber, reducePlaces, reduceSetting } from '../rules/loss.ts';
import { typeOf } from '../rules/types.ts';
import { number, numbers } from '../settings.ts';

export const crossEntropy = loss('crossEntropy', {
  doc: 'Minus the log of the probability that the prediction gives to the true class. Takes `softmax` probabilities or bare scores, and computes either in the stable form; the truth is class numbers, or a probability for each class.',
  source: 'Keras 3 `SparseCategoricalCrossentropy` and `CategoricalCrossentropy`, PyTorch `CrossEntropyLoss`',
  examples: ['crossEntropy(scores, label)', 'crossEntropy(probabilities, label, smoothing: 0.1)'],
  inputs: [
    { name: 'prediction', doc: 'Scores or probabilities `[..., classes]`.', dtype: 'float32' },
    { name: 'truth', doc: 'Class numbers `int32[...]`, or probabilities `[..., classes]`.', dtype: 'any' },
    ...choiceInputs,
  ],
  settings: {
    smoothing: number('How much of the truth is spread evenly over all classes.', {
      min: 0,
      max: 1,
      open: 'max',
      default: 0,
      named: true,
    }),
    classWeights: numbers('How much each class counts, one number a class.', { default: null, named: true }),
    reduce: reduceSetting,
  },
  result(inputs, settings, context) {
    const [prediction, truth] = [typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')];
    const found = comparePlaces('crossEntropy', prediction, truth);
    if (isRefusal(found)) return found;
    const refused =
      needChoice('crossEntropy', inputs, found.places) ??
      refuseClassWeights('crossEntropy', classesIn(prediction), settings);
    if (refused) return refused;
    warnSigmoid('crossEntropy', prediction, context);
    warnCut('crossEntropy', prediction, context);
    return [oneNumber([prediction, truth])];
  },
  lower(b, inputs, _weights, settings) {
    const prediction = input(inputs, 'prediction');
    const losses = lossOf(b, logProbabilities(b, prediction), input(inputs, 'truth'), settings);
    return reducePlaces(b, losses, inputs, settings);
  },
});

/** The loss at each place. */
function lossOf(b: Builder, logs: Value, truth: Value, settings: Settings): Value {
  const smoothing = num(settings, 'smoothing');
  const weights = maybeNums(settings, 'classWeights');
  const perClass = weights && b.constant(weights, [weights.length]);
  const last = logs.shape.length - 1;
  if (isNumbers(logs, truth) && smoothing === 0) {
    const label = b.cast(truth, 'int32');
    const surprise = b.unary('negate', b.pick(logs, label));
    return perClass ? b.binary('multiply', surprise, b.gather(perClass, label)) : surprise;
  }
  const classes = logs.shape[last] ?? 1;
  const hard = isNumbers(logs, truth) ? b.oneHot(b.cast(truth, 'int32'), classes) : b.cast(truth, 'float32');
  const kept = b.binary('multiply', hard, b.scalar(1 - smoothing));
  const soft = smoothing === 0 ? hard : b.binary('add', kept, b.scalar(smoothing / classes));
  const surprise = b.unary('negate', b.reduce('sum', b.binary('multiply', soft, logs), [last], false));
  if (!perClass) return surprise;
  return b.binary('multiply', surprise, b.reduce('sum', b.binary('multiply', hard, perClass), [last], false));
}

function classesIn({ shape }: TensorType): number | undefined {
  const classes = shape?.at(-1);
  return classes && constant(classes);
}
