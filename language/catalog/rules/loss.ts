/**
 * What losses and metrics share: nothing is ever stretched, `where` masks, `weights` weighs, `reduce` gives one number per
 * example. With `where`, the count that divides is that of the whole batch, so that each chosen place counts the same.
 */

import type { Settings } from '../../plan/plan.ts';
import { agree } from '../../shapes/broadcast.ts';
import { constant, known } from '../../shapes/dim.ts';
import { noFacts, printType, type Shape, type TensorType, tensor } from '../../shapes/type.ts';
import type { Builder, Value } from '../builder.ts';
import type { InputDef, LoweredInputs, Refusal, RuleContext, RuleInputs } from '../entry.ts';
import { optional, wordAt } from '../planned.ts';
import { atCall, atInput, insertAfter, refuse, remark, replaceWith } from '../refuse.ts';
import { word } from '../settings.ts';
import { needBool, typeOf } from './types.ts';

/** `where:` and `weights:`, which every loss and metric takes. */
export const choiceInputs: readonly InputDef[] = [
  {
    name: 'where',
    doc: 'Which places count (bool); the mean is over these in the whole batch.',
    dtype: 'bool',
    optional: true,
  },
  { name: 'weights', doc: 'How much each place counts.', dtype: 'float32', optional: true },
];

export const reduceSetting = word(
  'How the places of one example become one number: their mean or their sum.',
  ['mean', 'sum'],
  {
    default: 'mean',
    named: true,
  },
);

/** One number per example. */
export function oneNumber(types: readonly TensorType[]): TensorType {
  return tensor('float32', [], { perExample: types.some((type) => type.perExample), facts: noFacts });
}

/** Refuses two values whose shapes differ; `[1]` against a single number passes with a hint. */
export function needSame(
  callee: string,
  prediction: TensorType,
  truth: TensorType,
  context: RuleContext,
): Refusal | undefined {
  const found = agree(prediction.shape, truth.shape);
  if (found.ok) return undefined;
  const values = { callee, prediction: printType(prediction), truth: printType(truth) };
  if (isOneAgainstNumber(prediction.shape, truth.shape)) {
    const fixes = [insertAfter('loss/one-against-number/squeeze', 'squeeze')];
    const at = atInput(prediction.shape?.length === 1 ? 'prediction' : 'truth');
    context.remark(remark('hint', 'loss/one-against-number', values, { at, fixes }));
    return undefined;
  }
  const blame = found.rank ? [...(prediction.shape ?? []), ...(truth.shape ?? [])] : [found.left, found.right];
  return refuse('loss/shapes', values, { at: atCall, blame });
}

/** Refuses whole numbers against decimal ones; where they name classes, `forClasses` is what compares these. */
export function needFloats(
  callee: string,
  prediction: TensorType,
  truth: TensorType,
  forClasses = 'crossEntropy',
): Refusal | undefined {
  for (const [name, type] of [
    ['prediction', prediction],
    ['truth', truth],
  ] as const) {
    if (type.dtype === undefined || type.dtype === 'float32' || type.facts.literal) continue;
    const values = { callee, name, type: printType(type) };
    const classes = name === 'truth' && isClasses(prediction, type) ? forClasses : undefined;
    if (classes !== undefined) {
      const fixes = [replaceWith('loss/whole-numbers/classes', classes)];
      return refuse('loss/whole-numbers', { ...values, classes }, { variant: 'classes', at: atInput(name), fixes });
    }
    return refuse('loss/whole-numbers', values, { at: atInput(name) });
  }
  return undefined;
}

/** A score for each of several classes at every place of whole numbers. */
function isClasses(prediction: TensorType, truth: TensorType): boolean {
  const [places, classes] = [prediction.shape?.slice(0, -1), prediction.shape?.at(-1)];
  return places !== undefined && classes !== undefined && constant(classes) !== 1 && agree(places, truth.shape).ok;
}

/** Refuses a `where` or `weights` that is no mask of the places. */
export function needChoice(callee: string, inputs: RuleInputs, places: Shape): Refusal | undefined {
  for (const name of ['where', 'weights']) {
    if (inputs[name] === undefined) continue;
    const type = typeOf(inputs, name);
    const refused = name === 'where' ? needBool(callee, type, name) : undefined;
    if (refused) return refused;
    if (!type.shape || !places) continue;
    const leading = places.slice(0, type.shape.length);
    if (type.shape.length <= places.length && agree(type.shape, leading).ok) continue;
    const values = { callee, name, type: printType(type), places: printType(tensor(undefined, places)) };
    return refuse('loss/choice', values, { at: atInput(name), blame: type.shape });
  }
  return undefined;
}

/** The places of an example made one number, as `where`, `weights` and `reduce` say. */
export function reducePlaces(b: Builder, losses: Value, inputs: LoweredInputs, settings: Settings): Value {
  const { masked, chosen } = choose(b, losses, inputs);
  const sum = b.reduce('sum', masked, axesOf(losses), false);
  if (wordAt(settings, 'reduce') === 'sum') return sum;
  if (!chosen) return b.binary('divide', sum, b.scalar(Math.max(volume(losses.shape), 1)));
  const count = b.binary('maximum', total(b, chosen), b.scalar(1));
  return b.binary('multiply', sum, b.binary('divide', b.scalar(b.batchSize), count));
}

/** Values masked and weighed, and what is chosen as 0 or 1 (undefined: everything). */
export function choose(
  b: Builder,
  values: Value,
  inputs: LoweredInputs,
): { readonly masked: Value; readonly chosen: Value | undefined } {
  const weights = optional(inputs, 'weights');
  const weighed = weights ? b.binary('multiply', values, trailing(b, weights, values)) : values;
  const where = optional(inputs, 'where');
  if (!where) return { masked: weighed, chosen: undefined };
  const mask = b.broadcastTo(trailing(b, where, values), values.shape);
  return { masked: b.where(mask, weighed, b.scalar(0)), chosen: b.cast(mask, 'float32') };
}

/** The sum over the example's places and the whole batch: one batch-free number. */
export function total(b: Builder, x: Value): Value {
  const sum = b.reduce('sum', x, axesOf(x), false);
  return x.perExample ? b.reduce('sum', b.batch(sum), [0], false) : b.binary('multiply', sum, b.scalar(b.batchSize));
}

/** Prediction and truth in one shape, where `[1]` stands against a single number. */
export function sameShape(b: Builder, prediction: Value, truth: Value): readonly [Value, Value] {
  if (prediction.shape.length === truth.shape.length) return [prediction, truth];
  return prediction.shape.length > truth.shape.length
    ? [b.reshape(prediction, truth.shape), truth]
    : [prediction, b.reshape(truth, prediction.shape)];
}

/** A mask of leading axes, with ones behind it so that it stretches over the rest. */
export function trailing(b: Builder, mask: Value, over: Value): Value {
  const missing = over.shape.length - mask.shape.length;
  return missing === 0 ? mask : b.reshape(mask, [...mask.shape, ...Array.from({ length: missing }, () => 1)]);
}

export function axesOf(x: Value): readonly number[] {
  return x.shape.map((_, axis) => axis);
}

export function volume(shape: readonly number[]): number {
  return shape.reduce((a, c) => a * c, 1);
}

/** True for `[1]` against `[]`, either way round. */
function isOneAgainstNumber(a: Shape, c: Shape): boolean {
  if (!a || !c || a.length + c.length !== 1) return false;
  return constant(a[0] ?? c[0] ?? known(0)) === 1;
}
