/** How far two directions are apart. */
import { loss } from '../define.ts';
import { input } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { distanceInputs } from '../rules/distance.ts';
import { needChoice, oneNumber, reducePlaces, reduceSetting } from '../rules/loss.ts';
import { typeOf } from '../rules/types.ts';
import { dotOf, placesOf } from '../rules/vectors.ts';

export const cosineLoss = loss('cosineLoss', {
  doc: '1 less the cosine of the angle between prediction and truth along the last axis: 0 for one direction, 2 for opposite ones. Lengths do not matter.',
  source: 'PyTorch `CosineEmbeddingLoss` with target 1; Keras 3 `CosineSimilarity`, which lacks the 1',
  examples: ['cosineLoss(amounts, targets)'],
  inputs: distanceInputs,
  settings: { reduce: reduceSetting },
  result(inputs) {
    const found = placesOf('cosineLoss', inputs, ['prediction', 'truth']);
    if (isRefusal(found)) return found;
    const refused = needChoice('cosineLoss', inputs, found.places);
    return refused ?? [oneNumber([typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')])];
  },
  lower(b, inputs, _weights, settings) {
    const [said, is] = [input(inputs, 'prediction'), input(inputs, 'truth')];
    const floor = b.scalar(1e-12);
    const [one, other] = [said, is].map((x) => b.unary('rsqrt', b.binary('maximum', dotOf(b, x, x), floor)));
    const lengths = one && other ? b.binary('multiply', one, other) : b.scalar(1);
    const cosine = b.binary('multiply', dotOf(b, said, is), lengths);
    return reducePlaces(b, b.binary('subtract', b.scalar(1), cosine), inputs, settings);
  },
});
