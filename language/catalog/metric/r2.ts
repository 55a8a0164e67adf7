/** How much of the truth's spread the prediction explains. */
import type { Value } from '../builder.ts';
import { metric } from '../define.ts';
import { input } from '../planned.ts';
import { perClass } from '../rules/counts.ts';
import { distanceInputs } from '../rules/distance.ts';
import { needChoice, needFloats, needSame, oneNumber, sameShape } from '../rules/loss.ts';
import { typeOf } from '../rules/types.ts';

export const r2 = metric('r2', {
  doc: 'How much of the spread of the truth the prediction explains: 1 is perfect, 0 is as good as always saying the mean. Over the whole epoch; of several numbers, the mean over the last axis.',
  source: 'Keras 3 `R2Score`, scikit-learn `r2_score`',
  examples: ['r2(amount, target)', 'r2(amounts, targets)'],
  inputs: distanceInputs,
  settings: {},
  direction: 'max',
  result(inputs, _settings, context) {
    const [prediction, truth] = [typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')];
    const refused =
      needFloats('r2', prediction, truth, 'accuracy') ??
      needSame('r2', prediction, truth, context) ??
      needChoice('r2', inputs, prediction.shape);
    return refused ?? [oneNumber([prediction, truth])];
  },
  /** For each number of the last axis: how many, the sum of the truth, of its squares, of the squared differences. */
  accumulate(b, inputs) {
    const [prediction, truth] = sameShape(b, input(inputs, 'prediction'), input(inputs, 'truth'));
    const apart = (x: Value) => (x.shape.length === 0 ? b.reshape(x, [1]) : x);
    const [said, is] = [apart(prediction), apart(truth)];
    const error = b.unary('square', b.binary('subtract', said, is));
    const values = [b.fill(1, is.shape), is, b.unary('square', is), error];
    const sums = values.map((value) => perClass(b, value, inputs));
    return Array.from({ length: is.shape.at(-1) ?? 1 }, (_, k) =>
      sums.map((sum) => b.reshape(b.slice(sum, [[k, k + 1, 1]]), [])),
    ).flat();
  },
  finish(sums) {
    const scores = Array.from({ length: sums.length / 4 }, (_, k) => {
      const [count = 0, sum = 0, squares = 0, errors = 0] = sums.slice(4 * k, 4 * k + 4);
      return 1 - errors / (squares - sum ** 2 / count);
    });
    return scores.reduce((total, score) => total + score, 0) / scores.length;
  },
});
