/** Cross entropy that turns its attention to what is still hard. */
import type { Settings } from '../../plan/plan.ts';
import type { Builder, Value } from '../builder.ts';
import { loss } from '../define.ts';
import { input, num } from '../planned.ts';
import { answerInputs, asksYesNo, isYesNo, needYesNo, refuseAnswers } from '../rules/answers.ts';
import { isNumbers, logProbabilities, warnCut, warnSigmoid } from '../rules/classes.ts';
import { oneNumber, reducePlaces, reduceSetting, sameShape } from '../rules/loss.ts';
import { typeOf } from '../rules/types.ts';
import { number } from '../settings.ts';

export const focal = loss('focal', {
  doc: 'Cross entropy times `(1 − p) ** gamma`, where p is the probability that the prediction gives to the truth: what is easy already counts little. For yes and no (a truth of the same shape, `sigmoid` probabilities or bare scores) and for one class among several (class numbers, or `softmax`).',
  source: 'Lin et al. (2017); Keras 3 `BinaryFocalCrossentropy` and, with alpha 1, `CategoricalFocalCrossentropy`',
  examples: ['focal(scores, label)', 'focal(amounts, answers, gamma: 1)'],
  inputs: answerInputs,
  settings: {
    gamma: number('How little counts what is easy; 0 is plain cross entropy.', { min: 0, default: 2, named: true }),
    reduce: reduceSetting,
  },
  result(inputs, _settings, context) {
    const [prediction, truth] = [typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')];
    const yesNo = isYesNo(prediction, truth);
    const refused =
      (yesNo ? needYesNo('focal', prediction, truth) : undefined) ?? refuseAnswers('focal', inputs, context);
    if (refused) return refused;
    if (!yesNo) warnSigmoid('focal', prediction, context);
    warnCut('focal', prediction, context);
    return [oneNumber([prediction, truth])];
  },
  lower(b, inputs, _weights, settings) {
    const [prediction, truth] = [input(inputs, 'prediction'), input(inputs, 'truth')];
    const losses = asksYesNo(b, prediction, truth)
      ? ofYesNo(b, ...sameShape(b, prediction, truth), settings)
      : ofClasses(b, prediction, truth, settings);
    return reducePlaces(b, losses, inputs, settings);
  },
});

/** `softplus(z) − z·t` of the scores, times the power of the probability of the other answer. */
function ofYesNo(b: Builder, prediction: Value, truth: Value, settings: Settings): Value {
  const [z, t] = [b.logits(prediction, 'sigmoid') ?? prediction, b.cast(truth, 'float32')];
  const surprise = b.binary('subtract', b.unary('softplus', z), b.binary('multiply', z, t));
  const p = b.unary('sigmoid', z);
  // p + t − 2pt: 1 − p where it is so, p where it is not.
  const both = b.binary('multiply', b.binary('multiply', p, t), b.scalar(2));
  return b.binary('multiply', power(b, b.binary('subtract', b.binary('add', p, t), both), settings), surprise);
}

function ofClasses(b: Builder, prediction: Value, truth: Value, settings: Settings): Value {
  const logs = logProbabilities(b, prediction);
  const of = (log: Value): Value => {
    const rest = b.binary('subtract', b.scalar(1), b.unary('exp', log));
    return b.unary('negate', b.binary('multiply', power(b, rest, settings), log));
  };
  if (isNumbers(logs, truth)) return of(b.pick(logs, b.cast(truth, 'int32')));
  const weighed = b.binary('multiply', of(logs), b.cast(truth, 'float32'));
  return b.reduce('sum', weighed, [logs.shape.length - 1], false);
}

/** A root has no slope at 0, so the base stays a hair above. */
function power(b: Builder, base: Value, settings: Settings): Value {
  const gamma = num(settings, 'gamma');
  if (gamma === 0) return b.scalar(1);
  const safe = b.binary('maximum', base, b.scalar(1e-7));
  if (gamma === 1) return safe;
  return gamma === 2 ? b.unary('square', safe) : b.binary('power', safe, b.scalar(gamma));
}
