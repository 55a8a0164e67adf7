/** How surprised a yes/no prediction is by the truth. */

import type { Settings } from '../../plan/plan.ts';
import type { TensorType } from '../../shapes/type.ts';
import type { Builder, Value } from '../builder.ts';
import { loss } from '../define.ts';
import type { RuleContext } from '../entry.ts';
import { input, maybeNums, num } from '../planned.ts';
import { atInput, remark, replaceWith } from '../refuse.ts';
import { needYesNo } from '../rules/answers.ts';
import { refuseClassWeights, warnCut } from '../rules/classes.ts';
import {
  choiceInputs,
  needChoice,
  needSame,
  oneNumber,
  reducePlaces,
  reduceSetting,
  sameShape,
} from '../rules/loss.ts';
import { warnShares } from '../rules/reach.ts';
import { typeOf } from '../rules/types.ts';
import { number, numbers } from '../settings.ts';

export const binaryCrossEntropy = loss('binaryCrossEntropy', {
  doc: 'Minus the log of the probability that the prediction gives to the truth, for questions that are answered by yes or no. Takes `sigmoid` probabilities or bare scores, and computes either in the stable form.',
  source: 'Keras 3 `BinaryCrossentropy`, PyTorch `BCEWithLogitsLoss`',
  examples: [
    'binaryCrossEntropy(probability, answer)',
    'binaryCrossEntropy(amounts, answers, smoothing: 0.1, reduce: sum)',
  ],
  inputs: [
    { name: 'prediction', doc: 'Probabilities or scores.', dtype: 'float32' },
    { name: 'truth', doc: '0 to 1 for each, or false and true.', dtype: 'float32' },
    ...choiceInputs,
  ],
  settings: {
    smoothing: number('How far the truth is moved towards one half.', {
      min: 0,
      max: 1,
      open: 'max',
      default: 0,
      named: true,
    }),
    classWeights: numbers('How much no and yes count, two numbers.', { default: null, named: true }),
    reduce: reduceSetting,
  },
  result(inputs, settings, context) {
    const [prediction, truth] = [typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')];
    const refused =
      needYesNo('binaryCrossEntropy', prediction, truth) ??
      needSame('binaryCrossEntropy', prediction, truth, context) ??
      needChoice('binaryCrossEntropy', inputs, prediction.shape) ??
      refuseClassWeights('binaryCrossEntropy', 2, settings);
    if (refused) return refused;
    warnSoftmax(prediction, context);
    warnCut('binaryCrossEntropy', prediction, context);
    warnShares('binaryCrossEntropy', truth, context);
    return [oneNumber([prediction, truth])];
  },
  lower(b, inputs, _weights, settings) {
    const [prediction, truth] = sameShape(b, input(inputs, 'prediction'), input(inputs, 'truth'));
    const target = smoothed(b, b.cast(truth, 'float32'), num(settings, 'smoothing'));
    const losses = surprise(b, prediction, target);
    return reducePlaces(b, weighed(b, losses, b.cast(truth, 'float32'), settings), inputs, settings);
  },
});

/** Losses times the weight of what is so, in between for a truth in between. */
function weighed(b: Builder, losses: Value, truth: Value, settings: Settings): Value {
  const [no, yes] = maybeNums(settings, 'classWeights') ?? [];
  if (no === undefined || yes === undefined) return losses;
  const more = b.binary('multiply', truth, b.scalar(yes - no));
  return b.binary('multiply', losses, b.binary('add', more, b.scalar(no)));
}

/** `softplus(z) − z·t` of the scores; probabilities by `softmax` have no scores of their own and are cut off at 1e-7. */
function surprise(b: Builder, prediction: Value, target: Value): Value {
  const scores = b.logits(prediction, 'sigmoid') ?? (b.logits(prediction, 'softmax') ? undefined : prediction);
  if (scores) return b.binary('subtract', b.unary('softplus', scores), b.binary('multiply', scores, target));
  const one = b.scalar(1);
  const log = (x: Value) => b.unary('log', b.binary('maximum', x, b.scalar(1e-7)));
  const yes = b.binary('multiply', target, log(prediction));
  const no = b.binary('multiply', b.binary('subtract', one, target), log(b.binary('subtract', one, prediction)));
  return b.unary('negate', b.binary('add', yes, no));
}

function smoothed(b: Builder, truth: Value, smoothing: number): Value {
  if (smoothing === 0) return truth;
  return b.binary('add', b.binary('multiply', truth, b.scalar(1 - smoothing)), b.scalar(smoothing / 2));
}

function warnSoftmax(prediction: TensorType, context: RuleContext): void {
  if (prediction.facts.mark !== 'softmax') return;
  const fixes = [replaceWith('loss/softmax-binary/classes', 'crossEntropy')];
  const values = { callee: 'binaryCrossEntropy' };
  context.remark(remark('warning', 'loss/softmax-binary', values, { at: atInput('prediction'), fixes }));
}
