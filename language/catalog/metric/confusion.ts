/** Which class is taken for which. */
import { metric } from '../define.ts';
import { input } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { classesOf } from '../rules/answers.ts';
import { comparePlaces } from '../rules/classes.ts';
import { choiceInputs, choose, needChoice, oneNumber, volume } from '../rules/loss.ts';
import { typeOf } from '../rules/types.ts';

export const confusion = metric('confusion', {
  doc: 'Counts how often each class is taken for each other one, over the whole epoch. Its value as one number is the share of places where another class is said; `evaluate` prints the whole table, a row for what is so and a column for what is said.',
  source: 'scikit-learn `confusion_matrix`, rows for what is so',
  examples: ['confusion(scores, label)'],
  inputs: [
    { name: 'prediction', doc: 'Scores or probabilities `[..., classes]`.', dtype: 'float32' },
    { name: 'truth', doc: 'Class numbers, or probabilities of classes.', dtype: 'any' },
    ...choiceInputs,
  ],
  settings: {},
  direction: 'min',
  result(inputs) {
    const [prediction, truth] = [typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')];
    const found = comparePlaces('confusion', prediction, truth);
    if (isRefusal(found)) return found;
    return needChoice('confusion', inputs, found.places) ?? [oneNumber([prediction, truth])];
  },
  /** `[classes, classes]`: what is so, and what is said. */
  accumulate(b, inputs) {
    const [prediction, truth] = [input(inputs, 'prediction'), input(inputs, 'truth')];
    const classes = prediction.shape.at(-1) ?? 1;
    const [said, is] = classesOf(b, prediction, truth);
    const places = volume(said.shape) * b.batchSize;
    const flat = (value: typeof said) => b.reshape(b.batch(value), [places, classes]);
    const { masked } = choose(b, b.oneHot(is, classes), inputs);
    return [b.matmul(flat(masked), flat(b.oneHot(said, classes)), { transposeA: true })];
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
