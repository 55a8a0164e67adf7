/** Mean absolute error. */
import { metric } from '../define.ts';
import { input } from '../planned.ts';
import { distanceInputs } from '../rules/distance.ts';
import { needChoice, needFloats, needSame, oneNumber, sameShape } from '../rules/loss.ts';
import { averaged, ratio } from '../rules/metric.ts';
import { typeOf } from '../rules/types.ts';

export const mae = metric('mae', {
  doc: 'The mean of the absolute differences between prediction and truth.',
  source: 'Keras 3 `MeanAbsoluteError`',
  examples: ['mae(amount, target)'],
  inputs: distanceInputs,
  settings: {},
  direction: 'min',
  result(inputs, _settings, context) {
    const [prediction, truth] = [typeOf(inputs, 'prediction'), typeOf(inputs, 'truth')];
    const refused =
      needFloats('mae', prediction, truth) ??
      needSame('mae', prediction, truth, context) ??
      needChoice('mae', inputs, prediction.shape);
    return refused ?? [oneNumber([prediction, truth])];
  },
  accumulate(b, inputs) {
    const [prediction, truth] = sameShape(b, input(inputs, 'prediction'), input(inputs, 'truth'));
    return averaged(b, b.unary('abs', b.binary('subtract', prediction, truth)), inputs);
  },
  finish: ratio,
});
