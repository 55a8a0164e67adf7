/** Losses of how far prediction and truth overlap, by probabilities: of yes, or of all classes together. */
import type { Builder, Value } from '../builder.ts';
import { loss } from '../define.ts';
import type { LoweredInputs, OperationEntry } from '../entry.ts';
import { input } from '../planned.ts';
import { answerInputs, asksYesNo, isYesNo, needYesNo, refuseAnswers } from './answers.ts';
import { isNumbers } from './classes.ts';
import { axesOf, choose, oneNumber, sameShape } from './loss.ts';
import { typeOf } from './types.ts';

/** Sums over all places of an example. */
export interface Overlap {
  readonly both: Value;
  readonly said: Value;
  readonly is: Value;
}

export function overlap(
  name: string,
  entry: {
    readonly doc: string;
    readonly source: string;
    readonly examples: readonly string[];
    /** The overlap, 0 to 1: a part and its whole. */
    readonly of: (b: Builder, sums: Overlap) => readonly [Value, Value];
  },
): OperationEntry {
  return loss(name, {
    doc: entry.doc,
    source: entry.source,
    examples: entry.examples,
    inputs: answerInputs,
    settings: {},
    result(inputs, _settings, context) {
      const [prediction, truth] = [typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')];
      const yesNo = isYesNo(prediction, truth) ? needYesNo(name, prediction, truth) : undefined;
      const refused = yesNo ?? refuseAnswers(name, inputs, context);
      return refused ?? [oneNumber([prediction, truth])];
    },
    lower(b, inputs) {
      const [part, whole] = entry.of(b, sumsOf(b, inputs));
      const hair = b.scalar(1e-7);
      const ratio = b.binary('divide', b.binary('add', part, hair), b.binary('add', whole, hair));
      return b.binary('subtract', b.scalar(1), ratio);
    },
  });
}

function sumsOf(b: Builder, inputs: LoweredInputs): Overlap {
  const [said, is] = probabilities(b, input(inputs, 'prediction'), input(inputs, 'truth'));
  const sum = (values: Value) => b.reduce('sum', choose(b, values, inputs).masked, axesOf(values), false);
  return { both: sum(b.binary('multiply', said, is)), said: sum(said), is: sum(is) };
}

/** What is not marked as a probability counts as scores, as in the other losses. */
function probabilities(b: Builder, prediction: Value, truth: Value): readonly [Value, Value] {
  if (asksYesNo(b, prediction, truth)) {
    const [said, is] = sameShape(b, prediction, truth);
    return [b.logits(said, 'sigmoid') ? said : b.unary('sigmoid', said), b.cast(is, 'float32')];
  }
  const last = prediction.shape.length - 1;
  const marked = b.logits(prediction, 'softmax') ?? b.logits(prediction, 'sigmoid');
  const hot = isNumbers(prediction, truth)
    ? b.oneHot(b.cast(truth, 'int32'), prediction.shape[last] ?? 1)
    : b.cast(truth, 'float32');
  return [marked ? prediction : b.softmax(prediction, last), hot];
}
