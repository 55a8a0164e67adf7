/** Losses that measure how far the prediction is from the truth, number by number. */
import type { Settings } from '../../plan/plan.ts';
import type { Builder, Value } from '../builder.ts';
import { loss } from '../define.ts';
import type { InputDef, OperationEntry, SettingDef } from '../entry.ts';
import { input } from '../planned.ts';
import {
  choiceInputs,
  needChoice,
  needFloats,
  needSame,
  oneNumber,
  reducePlaces,
  reduceSetting,
  sameShape,
} from './loss.ts';
import { warnReach } from './reach.ts';
import { typeOf } from './types.ts';

export const distanceInputs: readonly InputDef[] = [
  { name: 'prediction', doc: 'What the model says.', dtype: 'float32' },
  { name: 'truth', doc: 'What is so.', dtype: 'float32' },
  ...choiceInputs,
];

export function distance(
  name: string,
  entry: {
    readonly doc: string;
    readonly source: string;
    readonly examples: readonly string[];
    /** Besides `reduce`. */
    readonly settings?: Readonly<Record<string, SettingDef>>;
    /** The loss of one difference: prediction less truth. */
    readonly of: (b: Builder, difference: Value, settings: Settings) => Value;
  },
): OperationEntry {
  return loss(name, {
    doc: entry.doc,
    source: entry.source,
    examples: entry.examples,
    inputs: distanceInputs,
    settings: { ...entry.settings, reduce: reduceSetting },
    result(inputs, _settings, context) {
      const [prediction, truth] = [typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')];
      const refused =
        needFloats(name, prediction, truth) ??
        needSame(name, prediction, truth, context) ??
        needChoice(name, inputs, prediction.shape);
      if (refused) return refused;
      warnReach(name, prediction, truth, context);
      return [oneNumber([prediction, truth])];
    },
    lower(b, inputs, _weights, settings) {
      const [prediction, truth] = sameShape(b, input(inputs, 'prediction'), input(inputs, 'truth'));
      return reducePlaces(b, entry.of(b, b.binary('subtract', prediction, truth), settings), inputs, settings);
    },
  });
}
