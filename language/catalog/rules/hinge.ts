/** Losses of a margin: a score must be 1 or more on the right side. */
import type { TensorType } from '../../shapes/type.ts';
import type { Builder, Value } from '../builder.ts';
import { loss } from '../define.ts';
import type { OperationEntry, RuleContext } from '../entry.ts';
import { input } from '../planned.ts';
import { atInput, remark } from '../refuse.ts';
import { needYesNo } from './answers.ts';
import { choiceInputs, needChoice, needSame, oneNumber, reducePlaces, reduceSetting, sameShape } from './loss.ts';
import { typeOf } from './types.ts';

export function margin(
  name: string,
  entry: {
    readonly doc: string;
    readonly source: string;
    readonly examples: readonly string[];
    /** The loss of what is missing to the margin, 0 or more. */
    readonly of: (b: Builder, missing: Value) => Value;
  },
): OperationEntry {
  return loss(name, {
    doc: entry.doc,
    source: entry.source,
    examples: entry.examples,
    inputs: [
      { name: 'prediction', doc: 'Bare scores: positive for yes.', dtype: 'float32' },
      {
        name: 'truth',
        doc: 'Yes where it is above 0, no elsewhere: 1 and −1, 1 and 0, or true and false.',
        dtype: 'float32',
      },
      ...choiceInputs,
    ],
    settings: { reduce: reduceSetting },
    result(inputs, _settings, context) {
      const [prediction, truth] = [typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')];
      const refused =
        needYesNo(name, prediction, truth) ??
        needSame(name, prediction, truth, context) ??
        needChoice(name, inputs, prediction.shape);
      if (refused) return refused;
      warnProbability(name, prediction, context);
      return [oneNumber([prediction, truth])];
    },
    lower(b, inputs, _weights, settings) {
      const [prediction, truth] = sameShape(b, input(inputs, 'prediction'), input(inputs, 'truth'));
      const yes = truth.dtype === 'bool' ? truth : b.binary('greater', truth, b.scalar(0));
      const side = b.where(yes, b.scalar(1), b.scalar(-1));
      const missing = b.unary('relu', b.binary('subtract', b.scalar(1), b.binary('multiply', side, prediction)));
      return reducePlaces(b, entry.of(b, missing), inputs, settings);
    },
  });
}

/** A margin of 1 on either side of 0 is out of reach of a probability. */
function warnProbability(callee: string, prediction: TensorType, context: RuleContext): void {
  const [low, high] = prediction.facts.values ?? [];
  if (low === undefined || high === undefined || low < 0) return;
  const values = { callee, low, high, activation: prediction.facts.activation ?? '' };
  context.remark(remark('warning', 'loss/hinge-probability', values, { at: atInput('prediction') }));
}
