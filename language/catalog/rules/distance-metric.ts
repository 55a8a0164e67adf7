/** Metrics that are made of the mean of something of each difference between prediction and truth. */
import type { Builder, Value } from '../builder.ts';
import { metric } from '../define.ts';
import type { MetricEntry } from '../entry.ts';
import { input } from '../planned.ts';
import { distanceInputs } from './distance.ts';
import { needChoice, needFloats, needSame, oneNumber, sameShape } from './loss.ts';
import { averaged } from './metric.ts';
import { typeOf } from './types.ts';

export function distanceMetric(
  name: string,
  entry: {
    readonly doc: string;
    readonly source: string;
    readonly examples: readonly string[];
    /** What is averaged, of one difference and its truth. */
    readonly of: (b: Builder, difference: Value, truth: Value) => Value;
    /** Of the sum and what divides it. */
    readonly finish: (sums: readonly number[]) => number;
  },
): MetricEntry {
  return metric(name, {
    doc: entry.doc,
    source: entry.source,
    examples: entry.examples,
    inputs: distanceInputs,
    settings: {},
    direction: 'min',
    result(inputs, _settings, context) {
      const [prediction, truth] = [typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')];
      const refused =
        needFloats(name, prediction, truth, 'accuracy') ??
        needSame(name, prediction, truth, context) ??
        needChoice(name, inputs, prediction.shape);
      return refused ?? [oneNumber([prediction, truth])];
    },
    accumulate(b, inputs) {
      const [prediction, truth] = sameShape(b, input(inputs, 'prediction'), input(inputs, 'truth'));
      return averaged(b, entry.of(b, b.binary('subtract', prediction, truth), truth), inputs);
    },
    finish: entry.finish,
  });
}
