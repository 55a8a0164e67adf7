/** Losses of a margin: a score must be 1 or more on the right side. */
import type { Builder, Value } from '../builder.ts';
import { loss } from '../define.ts';
import type { OperationEntry } from '../entry.ts';
import { input } from '../planned.ts';
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
      return refused ?? [oneNumber([prediction, truth])];
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
