/** Steps as large as the past ones, by the ratio of steps to gradients. */
import { optimizer } from '../define.ts';
import { num } from '../planned.ts';
import { blend } from '../rules/adam.ts';
import { number, rate } from '../settings.ts';

export const Adadelta = optimizer('Adadelta', {
  doc: 'Scales each gradient by the root of the mean squares of past steps over that of past gradients. The original has a learning rate of 1.',
  source: 'Zeiler (2012); Keras 3 `keras.optimizers.Adadelta`, PyTorch `Adadelta`',
  examples: ['Adadelta(1)', 'Adadelta(1, rho: 0.9)'],
  settings: {
    lr: rate('Learning rate: a number or a schedule.', 0.001),
    rho: number('How much of the running mean squares is kept each time.', {
      min: 0,
      max: 1,
      open: 'max',
      default: 0.95,
      named: true,
    }),
    epsilon: number('Lets the first steps begin, and keeps the division from zero.', {
      min: 0,
      open: 'min',
      default: 1e-7,
      named: true,
    }),
  },
  state: () => [
    { name: 'square', initial: 0 },
    { name: 'change', initial: 0 },
  ],
  update(b, { weight, gradient, state, rate: learning }, settings) {
    const rho = num(settings, 'rho');
    const epsilon = b.scalar(num(settings, 'epsilon'));
    const old = state.change ?? gradient;
    const square = blend(b, state.square ?? gradient, b.unary('square', gradient), rho);
    const above = b.unary('sqrt', b.binary('add', old, epsilon));
    const below = b.unary('sqrt', b.binary('add', square, epsilon));
    const direction = b.binary('multiply', gradient, b.binary('divide', above, below));
    const change = blend(b, old, b.unary('square', direction), rho);
    const moved = b.binary('subtract', weight, b.binary('multiply', learning, direction));
    return { weight: moved, state: { square, change } };
  },
});
