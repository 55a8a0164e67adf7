/** Which class is taken for which. */
import { metric } from '../define.ts';
import { input } from '../planned.ts';
import { answerInputs, asksYesNo, classesOf, refuseAnswers, yesAndTrue } from '../rules/answers.ts';
import { choose, oneNumber, volume } from '../rules/loss.ts';
import { typeOf } from '../rules/types.ts';

export const confusion = metric('confusion', {
  doc: 'Counts how often each class is taken for each other one, over the whole epoch. Its value as one number is the share of places where another class is said; `evaluate` prints the whole table, a row for what is so and a column for what is said. Of yes and no the first of both stands for no.',
  source: 'scikit-learn `confusion_matrix`, rows for what is so',
  examples: ['confusion(scores, label)', 'confusion(probability, answer)'],
  inputs: answerInputs,
  settings: {},
  direction: 'min',
  result(inputs, _settings, context) {
    const refused = refuseAnswers('confusion', inputs, context);
    return refused ?? [oneNumber([typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')])];
  },
  /** `[classes, classes]`: what is so, and what is said. */
  accumulate(b, inputs) {
    const [prediction, truth] = [input(inputs, 'prediction'), input(inputs, 'truth')];
    const yesNo = asksYesNo(b, prediction, truth);
    const classes = yesNo ? 2 : (prediction.shape.at(-1) ?? 1);
    const answers = yesNo ? yesAndTrue(b, prediction, truth) : classesOf(b, prediction, truth);
    const [said, is] = answers.map((answer) => b.oneHot(b.cast(answer, 'int32'), classes));
    if (!said || !is) return [];
    const places = (volume(said.shape) / classes) * b.batchSize;
    const flat = (value: typeof said) => b.reshape(b.batch(value), [places, classes]);
    const { masked } = choose(b, is, inputs);
    return [b.matmul(flat(masked), flat(said), { transposeA: true })];
  },
  finish(counts) {
    const classes = Math.sqrt(counts.length);
    const all = counts.reduce((sum, count) => sum + count, 0);
    const right = counts.reduce((sum, count, i) => (i % (classes + 1) === 0 ? sum + count : sum), 0);
    return 1 - right / all;
  },
  table(counts) {
    const classes = Math.sqrt(counts.length);
    return Array.from({ length: classes }, (_, is) => counts.slice(is * classes, (is + 1) * classes));
  },
});
