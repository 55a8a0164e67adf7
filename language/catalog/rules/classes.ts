/** Class scores against class numbers or class probabilities: what crossEntropy, accuracy and perplexity compare. */
import { agree } from '../../shapes/broadcast.ts';
import { constant } from '../../shapes/dim.ts';
import { printShape, printType, type Shape, type TensorType } from '../../shapes/type.ts';
import type { Builder, Value } from '../builder.ts';
import { numbersOf } from '../checked.ts';
import type { CheckedSettings, Refusal, RuleContext } from '../entry.ts';
import { atCall, atInput, atSetting, refuse, remark, replaceWith } from '../refuse.ts';
import { needFloat } from './types.ts';

/** Where one truth stands: the shape without the axis of classes. */
export type Places = { readonly places: Shape } | Refusal;

/** Checks scores `[..., classes]` against a truth: class numbers `int32[...]`, or a number for each class. */
export function comparePlaces(callee: string, scores: TensorType, truth: TensorType): Places {
  const refused = needFloat(callee, scores, 'prediction');
  if (refused) return refused;
  if (!scores.shape || !truth.shape || truth.dtype === undefined) return { places: undefined };
  const values = { callee, prediction: printShape(scores.shape), truth: printType(truth) };
  if (truth.dtype === 'int32' || truth.dtype === 'uint8') {
    const wanted = printShape(truth.shape).replace(/\]$/u, `${truth.shape.length > 0 ? ', ' : ''}classes]`);
    const places = scores.shape.slice(0, -1);
    if (scores.shape.length > 0 && agree(places, truth.shape).ok) {
      const last = scores.shape.at(-1);
      if (last && constant(last) === 1) {
        return refuse('loss/one-score', { callee }, { at: atInput('prediction'), blame: [last] });
      }
      return refuseLabels(callee, scores, truth) ?? { places };
    }
    const blame = [...scores.shape, ...truth.shape];
    return refuse('loss/class-numbers', { ...values, wanted }, { at: atInput('prediction'), blame });
  }
  if (truth.dtype !== 'float32') return refuse('loss/truth-type', values, { at: atInput('truth') });
  if (scores.shape.length > 0 && agree(scores.shape, truth.shape).ok) return { places: scores.shape.slice(0, -1) };
  const single = truth.shape.length === scores.shape.length - 1;
  return refuse('loss/class-probabilities', values, {
    ...(single ? { variant: 'decimal' } : {}),
    at: single ? atInput('truth') : atCall,
    blame: [...scores.shape, ...truth.shape],
  });
}

/** A warning where each class was judged on its own, but one of them is to be chosen. */
export function warnSigmoid(callee: string, scores: TensorType, context: RuleContext): void {
  if (scores.facts.mark !== 'sigmoid') return;
  const fixes = [replaceWith('loss/sigmoid-classes/binary', 'binaryCrossEntropy')];
  context.remark(remark('warning', 'loss/sigmoid-classes', { callee }, { at: atInput('prediction'), fixes }));
}

/** Activations whose result makes no score: whole sides of the numbers are cut off. */
const CUTTING: ReadonlySet<string> = new Set([
  'relu',
  'relu6',
  'softplus',
  'squareplus',
  'sparsePlus',
  'exponential',
  'tanh',
  'hardTanh',
  'softsign',
  'hardSigmoid',
  'sparseSigmoid',
  'softmin',
]);

/** A warning where an activation cut off what the loss takes for bare scores. */
export function warnCut(callee: string, scores: TensorType, context: RuleContext): void {
  const { activation, values, mark } = scores.facts;
  if (activation === 'softmax' && mark === undefined) {
    context.remark(remark('warning', 'loss/softmax-axis', { callee }, { at: atInput('prediction') }));
  }
  if (activation === undefined || !values || !CUTTING.has(activation)) return;
  const [low, high] = values;
  const details = { variant: Number.isFinite(high) ? 'between' : 'above', at: atInput('prediction') };
  context.remark(remark('warning', 'loss/cut-scores', { callee, activation, low, high }, details));
}

/** Class numbers that are known not to fit the number of scores. */
function refuseLabels(callee: string, scores: TensorType, truth: TensorType): Refusal | undefined {
  const [low, high] = truth.facts.range ?? [];
  const classes = scores.shape?.at(-1);
  if (low === undefined || high === undefined || !classes) return undefined;
  const count = constant(classes);
  if (count === undefined || high < count) return undefined;
  const variant = low === 1 && high === count ? 'from-one' : undefined;
  const values = { callee, classes: count, low, high };
  return refuse('loss/labels', values, {
    ...(variant ? { variant } : {}),
    at: atInput(variant ? 'truth' : 'prediction'),
    blame: [classes],
  });
}

/**
 * Log probabilities over the last axis. A softmax is taken back to its scores, which is stable; a sigmoid's numbers are
 * divided by their sum; anything else counts as scores.
 */
export function logProbabilities(b: Builder, prediction: Value): Value {
  const last = prediction.shape.length - 1;
  const scores = b.logits(prediction, 'softmax');
  if (scores) return b.logSoftmax(scores, last);
  if (!b.logits(prediction, 'sigmoid')) return b.logSoftmax(prediction, last);
  const sum = b.reduce('sum', prediction, [last], true);
  return b.unary('log', b.binary('maximum', b.binary('divide', prediction, sum), b.scalar(1e-7)));
}

/** True where the truth is class numbers, one axis short of the scores. */
export function isNumbers(prediction: Value, truth: Value): boolean {
  return truth.shape.length < prediction.shape.length;
}

/** Refuses weights that are not one for each class. */
export function refuseClassWeights(
  callee: string,
  classes: number | undefined,
  settings: CheckedSettings,
): Refusal | undefined {
  const weights = numbersOf(settings, 'classWeights');
  if (weights === 'none' || weights === undefined || classes === undefined || weights.length === classes)
    return undefined;
  return refuse('loss/class-weights', { callee, weights: weights.length, classes }, { at: atSetting('classWeights') });
}
