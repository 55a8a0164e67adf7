/** The hinge loss of one class among several. */
import { loss } from '../define.ts';
import { input } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { comparePlaces, isNumbers } from '../rules/classes.ts';
import { choiceInputs, needChoice, oneNumber, reducePlaces, reduceSetting } from '../rules/loss.ts';
import { typeOf } from '../rules/types.ts';

export const categoricalHinge = loss('categoricalHinge', {
  doc: 'What the score of the right class lacks to stand 1 above the highest of the others (and above 0).',
  source: 'Crammer & Singer (2001) in the form of Keras 3 `CategoricalHinge`',
  examples: ['categoricalHinge(scores, label)'],
  inputs: [
    { name: 'prediction', doc: 'Scores `[..., classes]`.', dtype: 'float32' },
    { name: 'truth', doc: 'Class numbers `int32[...]`, or 1 for the right class and 0 for the others.', dtype: 'any' },
    ...choiceInputs,
  ],
  settings: { reduce: reduceSetting },
  result(inputs) {
    const [prediction, truth] = [typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')];
    const found = comparePlaces('categoricalHinge', prediction, truth);
    if (isRefusal(found)) return found;
    return needChoice('categoricalHinge', inputs, found.places) ?? [oneNumber([prediction, truth])];
  },
  lower(b, inputs, _weights, settings) {
    const [scores, truth] = [input(inputs, 'prediction'), input(inputs, 'truth')];
    const last = scores.shape.length - 1;
    const hot = isNumbers(scores, truth)
      ? b.oneHot(b.cast(truth, 'int32'), scores.shape[last] ?? 1)
      : b.cast(truth, 'float32');
    const own = b.reduce('sum', b.binary('multiply', scores, hot), [last], false);
    // The right class itself stands in with 0.
    const others = b.binary('multiply', scores, b.binary('subtract', b.scalar(1), hot));
    const highest = b.reduce('max', others, [last], false);
    const missing = b.binary('add', b.binary('subtract', highest, own), b.scalar(1));
    return reducePlaces(b, b.unary('relu', missing), inputs, settings);
  },
});
