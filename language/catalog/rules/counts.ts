/**
 * Metrics of how often each class is said and is so. What is kept of a batch is three counts for each class (of yes and no:
 * for yes alone), so that the value is that of the whole epoch.
 */
import type { Settings } from '../../plan/plan.ts';
import type { Builder, Value } from '../builder.ts';
import type { LoweredInputs } from '../entry.ts';
import { input, wordAt } from '../planned.ts';
import { word } from '../settings.ts';
import { asksYesNo, classesOf, yesAndTrue } from './answers.ts';
import { choose } from './loss.ts';

/** Of one class: how often it was said rightly, was said, was so. */
export interface Counts {
  readonly hit: number;
  readonly said: number;
  readonly is: number;
}

export const averageSetting = word(
  'How the classes become one number: their mean (`macro`), their mean weighed by how often each is so (`weighted`), or all counted together (`micro`).',
  ['macro', 'micro', 'weighted'],
  { default: 'macro', named: true },
);

/** Three sums for each class. */
export function countAnswers(b: Builder, inputs: LoweredInputs): readonly Value[] {
  const [prediction, truth] = [input(inputs, 'prediction'), input(inputs, 'truth')];
  return asksYesNo(b, prediction, truth)
    ? triples(b, inputs, yesAndTrue(b, prediction, truth), 1)
    : countClasses(b, inputs);
}

/** The same where it is known that the last axis has a score for each class. */
export function countClasses(b: Builder, inputs: LoweredInputs): readonly Value[] {
  const [prediction, truth] = [input(inputs, 'prediction'), input(inputs, 'truth')];
  const classes = prediction.shape.at(-1) ?? 1;
  return triples(b, inputs, classesOf(b, prediction, truth), classes);
}

function triples(b: Builder, inputs: LoweredInputs, answers: readonly [Value, Value], classes: number): Value[] {
  const [said, is] = answers.map((answer) =>
    answer.dtype === 'bool' ? b.reshape(b.cast(answer, 'float32'), [...answer.shape, 1]) : b.oneHot(answer, classes),
  );
  if (!said || !is) return [];
  const sums = [b.binary('multiply', said, is), said, is].map((counted) => perClass(b, counted, inputs));
  return Array.from({ length: classes }, (_, k) =>
    sums.map((sum) => b.reshape(b.slice(sum, [[k, k + 1, 1]]), [])),
  ).flat();
}

/** Sums over all but the last axis and the batch, of the places that count: `[classes]`. */
export function perClass(b: Builder, values: Value, inputs: LoweredInputs): Value {
  const { masked } = choose(b, values, inputs);
  const sum = b.reduce('sum', masked, leading(masked), false);
  return sum.perExample ? b.reduce('sum', b.batch(sum), [0], false) : b.binary('multiply', sum, b.scalar(b.batchSize));
}

function leading(x: Value): readonly number[] {
  return x.shape.slice(0, -1).map((_, axis) => axis);
}

export function readCounts(sums: readonly number[]): readonly Counts[] {
  return Array.from({ length: Math.floor(sums.length / 3) }, (_, k) => {
    const [hit = 0, said = 0, is = 0] = sums.slice(3 * k, 3 * k + 3);
    return { hit, said, is };
  });
}

/** One number of all classes. Those that were never said nor so do not count; of yes and no there is only yes. */
export function averageOf(sums: readonly number[], settings: Settings, score: (counts: Counts) => number): number {
  const counts = readCounts(sums);
  const [only] = counts;
  if (only && counts.length === 1) return score(only);
  const seen = counts.filter(({ said, is }) => said + is > 0);
  const total = (of: (one: Counts) => number): number => seen.reduce((sum, one) => sum + of(one), 0);
  switch (wordAt(settings, 'average')) {
    case 'micro':
      return score({ hit: total((one) => one.hit), said: total((one) => one.said), is: total((one) => one.is) });
    case 'weighted':
      return total((one) => one.is * score(one)) / total((one) => one.is);
    default:
      return total(score) / seen.length;
  }
}

/** A share of nothing is 0, as in Keras. */
export function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
