/** How far one distribution over classes is from another. */
import { loss } from '../define.ts';
import { input } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { comparePlaces, logProbabilities, warnSigmoid } from '../rules/classes.ts';
import {
  choiceInputs,
  needChoice,
  needFloats,
  needSame,
  oneNumber,
  reducePlaces,
  reduceSetting,
} from '../rules/loss.ts';
import { typeOf } from '../rules/types.ts';

export const kl = loss('kl', {
  doc: 'The Kullback-Leibler divergence from the prediction to the truth: how much more the truth surprises the prediction than itself. Takes `softmax` probabilities or bare scores; the truth is a probability for each class.',
  source: 'Kullback & Leibler (1951); Keras 3 `KLDivergence`, PyTorch `KLDivLoss`',
  examples: ['kl(amounts, targets)'],
  inputs: [
    { name: 'prediction', doc: 'Scores or probabilities `[..., classes]`.', dtype: 'float32' },
    { name: 'truth', doc: 'Probabilities `[..., classes]`.', dtype: 'float32' },
    ...choiceInputs,
  ],
  settings: { reduce: reduceSetting },
  result(inputs, _settings, context) {
    const [prediction, truth] = [typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')];
    const refused = needFloats('kl', prediction, truth) ?? needSame('kl', prediction, truth, context);
    if (refused) return refused;
    const found = comparePlaces('kl', prediction, truth);
    if (isRefusal(found)) return found;
    const wrong = needChoice('kl', inputs, found.places);
    if (wrong) return wrong;
    warnSigmoid('kl', prediction, context);
    return [oneNumber([prediction, truth])];
  },
  lower(b, inputs, _weights, settings) {
    const logs = logProbabilities(b, input(inputs, 'prediction'));
    const truth = b.cast(input(inputs, 'truth'), 'float32');
    const own = b.unary('log', b.binary('maximum', truth, b.scalar(1e-7)));
    const surprise = b.binary('multiply', truth, b.binary('subtract', own, logs));
    return reducePlaces(b, b.reduce('sum', surprise, [logs.shape.length - 1], false), inputs, settings);
  },
});
