/** Adam whose step is as long as the weight itself is, times the rate: for very large batches. */
import type { Builder, Value } from '../builder.ts';
import { optimizer } from '../define.ts';
import { num } from '../planned.ts';
import { adamSettings, adamState, adamStep, excludeSetting } from '../rules/adam.ts';
import { number } from '../settings.ts';

const { lr, beta1, beta2, epsilon } = adamSettings;

export const LAMB = optimizer('LAMB', {
  doc: '`Adam` whose step on each weight is made as long as the weight itself, times the rate: layers of unlike size move at one pace, which very large batches need. What `decay` takes away is part of the step.',
  source: 'You et al. (2019), without the bound on the norms; Keras 3 `keras.optimizers.Lamb` where there is no decay',
  examples: ['LAMB(0.002)', 'LAMB(linear(2e-3, warmup: 100), decay: 0.01, exclude: LayerNorm)'],
  settings: {
    lr,
    beta1,
    beta2,
    epsilon,
    decay: number('What part of each weight is in the step.', { min: 0, default: 0, named: true }),
    exclude: excludeSetting,
  },
  whole: true,
  state: adamState,
  update(b, values, settings) {
    const { weight, rate } = values;
    const decay = num(settings, 'decay');
    const adam = adamStep(b, { ...values, rate: b.scalar(1) }, settings);
    const step =
      decay === 0 ? adam.change : b.binary('add', adam.change, b.binary('multiply', weight, b.scalar(decay)));
    const size = b.binary('multiply', rate, trust(b, lengthOf(b, weight), lengthOf(b, step)));
    return { weight: b.binary('subtract', weight, b.binary('multiply', size, step)), state: adam.state };
  },
});

function lengthOf(b: Builder, x: Value): Value {
  const axes = x.shape.map((_, axis) => axis);
  return b.unary('sqrt', b.reduce('sum', b.unary('square', x), axes, false));
}

/** The weight's length over the step's; 1 where one of them is nothing. */
function trust(b: Builder, weight: Value, step: Value): Value {
  const [zero, one] = [b.scalar(0), b.scalar(1)];
  const both = b.binary('and', b.binary('greater', weight, zero), b.binary('greater', step, zero));
  return b.where(both, b.binary('divide', weight, b.where(both, step, one)), one);
}
