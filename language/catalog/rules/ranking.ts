/**
 * Metrics of how well probabilities rank the places where yes is so before the others: exact over the whole epoch, so each is
 * kept as a row `[class, weight, truth, probability]`; of yes and no, the class is 0. Of millions, those that are alike to
 * five digits become one.
 */
import type { Builder, Value } from '../builder.ts';
import { metric } from '../define.ts';
import type { LoweredInputs, MetricEntry } from '../entry.ts';
import { input, optional } from '../planned.ts';
import { answerInputs, asksYesNo, refuseAnswers, rightClass } from './answers.ts';
import { oneNumber, sameShape, trailing, volume } from './loss.ts';
import { typeOf } from './types.ts';

/** Numbers of a row. */
const ROW = 4;
/** Probabilities are told apart by so many steps where there are millions of them. */
const STEPS = 100_000;

/** One place: its score, whether it is so, and how much it counts. */
export interface Ranked {
  readonly score: number;
  readonly isSo: boolean;
  readonly weight: number;
}

/** Of places with the same score, what stands above and what is found among them. */
export interface Tie {
  /** Weights of the places where it is so, and where not, with this score. */
  readonly yes: number;
  readonly no: number;
}

interface Ranking {
  readonly doc: string;
  readonly source: string;
  /** The value of one class from its ties, highest score first; NaN where it has no value. */
  readonly value: (ties: readonly Tie[]) => number;
}

export function rankingMetric(name: string, { doc, source, value }: Ranking): MetricEntry {
  return metric(name, {
    doc,
    source,
    examples: [`${name}(probability, answer)`, `${name}(probabilities, label)`],
    inputs: answerInputs,
    settings: {},
    direction: 'max',
    keeps: () => 'rows',
    result(inputs, _settings, context) {
      const refused = refuseAnswers(name, inputs, context);
      return refused ?? [oneNumber([typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')])];
    },
    accumulate: (b, inputs) => [rowsOf(b, inputs)],
    compact: brought,
    finish(numbers) {
      const values = classesIn(numbers)
        .map((places) => value(tiesOf(places)))
        .filter((one) => !Number.isNaN(one));
      return values.length === 0 ? Number.NaN : values.reduce((sum, one) => sum + one, 0) / values.length;
    },
  });
}

/** `[places · classes, 4]` for each example. */
function rowsOf(b: Builder, inputs: LoweredInputs): Value {
  const [prediction, truth] = [input(inputs, 'prediction'), input(inputs, 'truth')];
  if (asksYesNo(b, prediction, truth)) {
    const [said, is] = sameShape(b, prediction, truth);
    // Bare scores rank as their probabilities do.
    const probability = b.logits(said, 'sigmoid') ? said : b.unary('sigmoid', said);
    return rows(b, [b.scalar(0), weightsOf(b, inputs, said), b.cast(is, 'float32'), probability]);
  }
  const classes = prediction.shape.at(-1) ?? 1;
  const marked = b.logits(prediction, 'softmax') ?? b.logits(prediction, 'sigmoid');
  const shares = marked ? prediction : b.softmax(prediction, prediction.shape.length - 1);
  const right = rightClass(b, prediction, truth);
  const weights = weightsOf(b, inputs, right);
  const each = b.reshape(weights, [...weights.shape, 1]);
  return rows(b, [b.cast(b.iota(classes), 'float32'), each, b.oneHot(right, classes), shares]);
}

/** Values side by side, stretched over the last of them. */
function rows(b: Builder, parts: readonly [Value, Value, Value, Value]): Value {
  const over = parts[3].shape;
  const count = volume(over);
  return b.concat(
    parts.map((part) => b.reshape(b.broadcastTo(part, over), [count, 1])),
    1,
  );
}

/** How much each place counts: 0 where it is left out. */
function weightsOf(b: Builder, inputs: LoweredInputs, over: Value): Value {
  const ones = b.broadcastTo(b.scalar(1), over.shape);
  const given = optional(inputs, 'weights');
  const weights = given ? b.broadcastTo(trailing(b, given, over), over.shape) : ones;
  const where = optional(inputs, 'where');
  return where ? b.where(b.broadcastTo(trailing(b, where, over), over.shape), weights, b.scalar(0)) : weights;
}

/** The places of each class; of yes and no, there is one. */
function classesIn(numbers: readonly number[]): readonly (readonly Ranked[])[] {
  const classes: Ranked[][] = [];
  for (let at = 0; at < numbers.length; at += ROW) {
    const [k = 0, weight = 0, truth = 0, score = 0] = numbers.slice(at, at + ROW);
    while (classes.length <= k) classes.push([]);
    if (weight > 0) classes[k]?.push({ score, isSo: truth > 0.5, weight });
  }
  return classes;
}

/** Rows of one class and one answer whose scores are the same to five digits, as one row with all their weight. */
function brought(numbers: readonly number[]): readonly number[] {
  const together = new Map<string, number>();
  const result: number[] = [];
  for (let at = 0; at < numbers.length; at += ROW) {
    const [k = 0, weight = 0, truth = 0, score = 0] = numbers.slice(at, at + ROW);
    if (weight <= 0) continue;
    const rounded = Math.round(score * STEPS) / STEPS;
    const name = `${k} ${truth > 0.5} ${rounded}`;
    const place = together.get(name);
    if (place === undefined) {
      together.set(name, result.length);
      result.push(k, weight, truth, rounded);
    } else result[place + 1] = (result[place + 1] ?? 0) + weight;
  }
  return result;
}

function tiesOf(places: readonly Ranked[]): readonly Tie[] {
  const ties: { yes: number; no: number }[] = [];
  let score = Number.NaN;
  for (const place of [...places].sort((a, c) => c.score - a.score)) {
    if (place.score !== score) ties.push({ yes: 0, no: 0 });
    score = place.score;
    const tie = ties[ties.length - 1];
    if (tie) tie[place.isSo ? 'yes' : 'no'] += place.weight;
  }
  return ties;
}
