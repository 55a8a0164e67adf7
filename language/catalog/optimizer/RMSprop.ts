/** Divides each gradient by the root of its running mean square. */
import { optimizer } from '../define.ts';
import { num } from '../planned.ts';
import { blend } from '../rules/adam.ts';
import { number, rate } from '../settings.ts';

export const RMSprop = optimizer('RMSprop', {
  doc: 'Divides each gradient by the root of a running mean of its square: all weights step alike far. With `momentum`, steps against a running sum of these.',
  source:
    'Hinton (2012); formula of PyTorch `RMSprop`: epsilon stands beside the root, and the rate multiplies the running sum; defaults of Keras 3',
  examples: ['RMSprop(0.001)', 'RMSprop(linear(1e-3), momentum: 0.9)'],
  settings: {
    lr: rate('Learning rate: a number or a schedule.', 0.001),
    rho: number('How much of the running mean square is kept each time.', {
      min: 0,
      max: 1,
      open: 'max',
      default: 0.9,
      named: true,
    }),
    momentum: number('How much of the running sum is kept each time.', {
      min: 0,
      max: 1,
      open: 'max',
      default: 0,
      named: true,
    }),
    epsilon: number('Keeps the division from zero.', { min: 0, default: 1e-7, named: true }),
  },
  state: (settings) => [
    { name: 'square', initial: 0 },
    ...(num(settings, 'momentum') === 0 ? [] : [{ name: 'velocity', initial: 0 }]),
  ],
  update(b, { weight, gradient, state, rate: learning }, settings) {
    const square = blend(b, state.square ?? gradient, b.unary('square', gradient), num(settings, 'rho'));
    const divisor = b.binary('add', b.unary('sqrt', square), b.scalar(num(settings, 'epsilon')));
    const direction = b.binary('divide', gradient, divisor);
    const { velocity: old } = state;
    const velocity = old && b.binary('add', b.binary('multiply', old, b.scalar(num(settings, 'momentum'))), direction);
    const moved = b.binary('subtract', weight, b.binary('multiply', learning, velocity ?? direction));
    return { weight: moved, state: { square, ...(velocity ? { velocity } : {}) } };
  },
});
