/** For counts: how surprised a predicted rate is by a number of events. */
import { loss } from '../define.ts';
import { input } from '../planned.ts';
import { distanceInputs } from '../rules/distance.ts';
import { needChoice, needFloats, needSame, oneNumber, reducePlaces, reduceSetting, sameShape } from '../rules/loss.ts';
import { typeOf } from '../rules/types.ts';

export const poisson = loss('poisson', {
  doc: '`prediction − truth · log(prediction)`, for a truth that counts events: the prediction is their rate and must be positive (`softplus` or `exp`).',
  source: 'Keras 3 `Poisson`, PyTorch `PoissonNLLLoss` with `log_input=False`',
  examples: ['poisson(softplus(amount), target)'],
  inputs: distanceInputs,
  settings: { reduce: reduceSetting },
  result(inputs, _settings, context) {
    const [prediction, truth] = [typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')];
    const refused =
      needFloats('poisson', prediction, truth) ??
      needSame('poisson', prediction, truth, context) ??
      needChoice('poisson', inputs, prediction.shape);
    return refused ?? [oneNumber([prediction, truth])];
  },
  lower(b, inputs, _weights, settings) {
    const [rate, count] = sameShape(b, input(inputs, 'prediction'), input(inputs, 'truth'));
    const log = b.unary('log', b.binary('add', rate, b.scalar(1e-7)));
    return reducePlaces(b, b.binary('subtract', rate, b.binary('multiply', count, log)), inputs, settings);
  },
});
