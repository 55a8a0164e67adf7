/** Steps by the sign of a running mean: each weight moves by the rate, up or down. */
import { optimizer } from '../define.ts';
import { num } from '../planned.ts';
import { blend, excludeSetting } from '../rules/adam.ts';
import { number, rate } from '../settings.ts';

export const Lion = optimizer('Lion', {
  doc: 'Steps by the sign of a running mean of the gradients: each weight moves by the rate, up or down. Wants a rate three to ten times smaller than `Adam`, and keeps half as much state.',
  source: 'Chen et al. (2023); Keras 3 `keras.optimizers.Lion`',
  examples: ['Lion(1e-4)', 'Lion(cosine(1e-4, warmup: 100), decay: 0.1)'],
  settings: {
    lr: rate('Learning rate: a number or a schedule.', 0.001),
    beta1: number('How much of the running mean is in the step; the rest is the gradient.', {
      min: 0,
      max: 1,
      open: 'max',
      default: 0.9,
      named: true,
    }),
    beta2: number('How much of the running mean is kept each time.', {
      min: 0,
      max: 1,
      open: 'max',
      default: 0.99,
      named: true,
    }),
    decay: number('What part of each weight is taken away at each step, times the rate.', {
      min: 0,
      default: 0,
      named: true,
    }),
    exclude: excludeSetting,
  },
  state: () => [{ name: 'mean', initial: 0 }],
  update(b, { weight, gradient, state, rate: learning }, settings) {
    const old = state.mean ?? gradient;
    const direction = b.unary('sign', blend(b, old, gradient, num(settings, 'beta1')));
    const decay = num(settings, 'decay');
    const pull = decay === 0 ? direction : b.binary('add', direction, b.binary('multiply', weight, b.scalar(decay)));
    const moved = b.binary('subtract', weight, b.binary('multiply', learning, pull));
    return { weight: moved, state: { mean: blend(b, old, gradient, num(settings, 'beta2')) } };
  },
});
