/**
 * Answers that are right or wrong: yes and no, each place for itself, or one class among several. A prediction of the
 * truth's shape is yes and no, unless `softmax` made it; else its last axis has a score for each class.
 */
import { agree } from '../../shapes/broadcast.ts';
import { constant, unknown } from '../../shapes/dim.ts';
import { printType, type TensorType } from '../../shapes/type.ts';
import type { Builder, Value } from '../builder.ts';
import type { InputDef, LoweredInputs, Refusal, RuleContext, RuleInputs } from '../entry.ts';
import { input } from '../planned.ts';
import { atInput, isRefusal, refuse } from '../refuse.ts';
import { comparePlaces } from './classes.ts';
import { choiceInputs, needChoice, needFloats, needSame, sameShape, volume } from './loss.ts';
import { needFloat, typeOf } from './types.ts';

export const answerInputs: readonly InputDef[] = [
  { name: 'prediction', doc: 'Class scores `[..., classes]`, or yes/no numbers.', dtype: 'float32' },
  { name: 'truth', doc: 'Class numbers, class probabilities, or 0 and 1.', dtype: 'any' },
  ...choiceInputs,
];

/** Both of one shape (or `[1]` against a number), and not probabilities of classes. */
export function isYesNo(prediction: TensorType, truth: TensorType): boolean {
  if (prediction.facts.mark === 'softmax' || !prediction.shape || !truth.shape) return false;
  if (agree(prediction.shape, truth.shape).ok) return true;
  return prediction.shape.length === 1 && truth.shape.length === 0 && constant(prediction.shape[0] ?? unknown) === 1;
}

/** Refuses what is neither yes and no nor classes. */
export function refuseAnswers(callee: string, inputs: RuleInputs, context: RuleContext): Refusal | undefined {
  const [prediction, truth] = [typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')];
  const refused = needFloat(callee, prediction, 'prediction');
  if (refused) return refused;
  if (isYesNo(prediction, truth)) {
    return needSame(callee, prediction, truth, context) ?? needChoice(callee, inputs, prediction.shape);
  }
  const found = comparePlaces(callee, prediction, truth);
  return isRefusal(found) ? found : needChoice(callee, inputs, found.places);
}

/** Refuses all but decimal numbers against decimal numbers or truth values, which are as good as 0 and 1. */
export function needYesNo(callee: string, prediction: TensorType, truth: TensorType): Refusal | undefined {
  const decimal: TensorType = truth.dtype === 'bool' ? { ...truth, dtype: 'float32' } : truth;
  if (prediction.dtype === 'bool') {
    const values = { callee, name: 'prediction', type: printType(prediction) };
    return refuse('loss/whole-numbers', values, { at: atInput('prediction') });
  }
  return needFloats(callee, prediction, decimal);
}

/** `isYesNo` of values. */
export function asksYesNo(b: Builder, prediction: Value, truth: Value): boolean {
  return b.logits(prediction, 'softmax') === undefined && volume(prediction.shape) === volume(truth.shape);
}

/** Whether yes is said (a probability above 0.5, a bare score above 0), and whether it is so, at each place. */
export function yesAndTrue(b: Builder, prediction: Value, truth: Value): readonly [Value, Value] {
  const [first, second] = sameShape(b, prediction, truth);
  const score = b.logits(first, 'sigmoid') ?? first;
  const yes = b.binary('greater', score, b.scalar(0));
  return [yes, second.dtype === 'bool' ? second : b.binary('greater', b.cast(second, 'float32'), b.scalar(0.5))];
}

/** The class that is said, and the right one, at each place. */
export function classesOf(b: Builder, prediction: Value, truth: Value): readonly [Value, Value] {
  return [b.argmax(prediction, prediction.shape.length - 1), rightClass(b, prediction, truth)];
}

/** The number of the right class: it is given, or it has the highest of the truth's numbers. */
export function rightClass(b: Builder, prediction: Value, truth: Value): Value {
  const last = prediction.shape.length - 1;
  const each = truth.shape.length === prediction.shape.length;
  return each ? b.argmax(b.cast(truth, 'float32'), last) : b.cast(truth, 'int32');
}

/** Whether the answer is right, at each place. */
export function isRight(b: Builder, inputs: LoweredInputs): Value {
  const [prediction, truth] = [input(inputs, 'prediction'), input(inputs, 'truth')];
  if (!asksYesNo(b, prediction, truth)) return b.binary('equal', ...classesOf(b, prediction, truth));
  const [yes, isTrue] = yesAndTrue(b, prediction, truth);
  return b.binary('equal', b.cast(yes, 'int32'), b.cast(isTrue, 'int32'));
}
