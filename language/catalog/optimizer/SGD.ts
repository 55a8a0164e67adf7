/** Steps against the gradient, with momentum if wanted. */
import type { Value } from '../builder.ts';
import { optimizer } from '../define.ts';
import { flagged, num } from '../planned.ts';
import { excludeSetting } from '../rules/adam.ts';
import { flag, number, rate } from '../settings.ts';

export const SGD = optimizer('SGD', {
  doc: 'Steps against the gradient. With `momentum`, steps against a running sum of gradients, which carries on through noise and flat places.',
  source:
    'Robbins & Monro (1951), Nesterov (1983); formula of PyTorch and tfjs: the rate multiplies the running sum, so that a changed rate acts at once',
  examples: ['SGD(0.1)', 'SGD(cosine(0.1), momentum: 0.9, nesterov: true, decay: 5e-4, exclude: BatchNorm)'],
  settings: {
    lr: rate('Learning rate: a number or a schedule.', 0.01),
    momentum: number('How much of the running sum is kept each time.', {
      min: 0,
      max: 1,
      open: 'max',
      default: 0,
      named: true,
    }),
    nesterov: flag('Looks one step ahead along the running sum.', false),
    decay: number('L2: this much of each weight is added to its gradient.', { min: 0, default: 0, named: true }),
    exclude: excludeSetting,
  },
  state: (settings) => (num(settings, 'momentum') === 0 ? [] : [{ name: 'velocity', initial: 0 }]),
  update(b, { weight, gradient, state, rate: learning }, settings) {
    const [momentum, decay] = [num(settings, 'momentum'), num(settings, 'decay')];
    const pull = decay === 0 ? gradient : b.binary('add', gradient, b.binary('multiply', weight, b.scalar(decay)));
    const { velocity: old } = state;
    const velocity = old && b.binary('add', b.binary('multiply', old, b.scalar(momentum)), pull);
    const ahead = (sum: Value) => b.binary('add', pull, b.binary('multiply', sum, b.scalar(momentum)));
    const direction = velocity && flagged(settings, 'nesterov') ? ahead(velocity) : (velocity ?? pull);
    const moved = b.binary('subtract', weight, b.binary('multiply', learning, direction));
    const kept: Record<string, Value> = velocity ? { velocity } : {};
    return { weight: moved, state: kept };
  },
});
