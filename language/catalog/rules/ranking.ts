/**
 * Metrics of how well scores rank the places where yes is so before the others: exact over the whole epoch, so every place is
 * kept as a row `[scores, weight, truth, score of each class]`. Yes and no have one score a place, classes one each.
 */
import type { Builder, Value } from '../builder.ts';
import { metric } from '../define.ts';
import type { LoweredInputs, MetricEntry } from '../entry.ts';
import { input, optional } from '../planned.ts';
import { answerInputs, asksYesNo, refuseAnswers, rightClass } from './answers.ts';
import { oneNumber, sameShape, trailing, volume } from './loss.ts';
import { typeOf } from './types.ts';

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
    finish(numbers) {
      const values = classesIn(numbers)
        .map((places) => value(tiesOf(places)))
        .filter((one) => !Number.isNaN(one));
      return values.length === 0 ? Number.NaN : values.reduce((sum, one) => sum + one, 0) / values.length;
    },
  });
}

/** `[places, 3 + classes]` for each example. */
function rowsOf(b: Builder, inputs: LoweredInputs): Value {
  const [prediction, truth] = [input(inputs, 'prediction'), input(inputs, 'truth')];
  if (asksYesNo(b, prediction, truth)) {
    const [said, is] = sameShape(b, prediction, truth);
    // Bare scores rank as their probabilities do.
    return row(b, b.logits(said, 'sigmoid') ?? said, b.cast(is, 'float32'), weightsOf(b, inputs, said), 1);
  }
  const classes = prediction.shape.at(-1) ?? 1;
  const marked = b.logits(prediction, 'softmax') ?? b.logits(prediction, 'sigmoid');
  const shares = marked ? prediction : b.softmax(prediction, prediction.shape.length - 1);
  const right = b.cast(rightClass(b, prediction, truth), 'float32');
  return row(b, shares, right, weightsOf(b, inputs, right), classes);
}

function row(b: Builder, scores: Value, truth: Value, weights: Value, classes: number): Value {
  const places = volume(scores.shape) / classes;
  const parts = [b.fill(classes, [places, 1]), b.reshape(weights, [places, 1]), b.reshape(truth, [places, 1])];
  return b.concat([...parts, b.reshape(scores, [places, classes])], 1);
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
  const classes = numbers[0] ?? 0;
  return Array.from({ length: classes }, (_, k) => {
    const places: Ranked[] = [];
    for (let at = 0; at < numbers.length; at += 3 + classes) {
      const [weight = 0, truth = 0] = [numbers[at + 1], numbers[at + 2]];
      if (weight > 0)
        places.push({ score: numbers[at + 3 + k] ?? 0, isSo: classes === 1 ? truth > 0.5 : truth === k, weight });
    }
    return places;
  });
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
