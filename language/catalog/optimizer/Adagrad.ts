/** Divides each gradient by the root of the sum of its squares so far. */
import { optimizer } from '../define.ts';
import { num } from '../planned.ts';
import { number, rate } from '../settings.ts';

export const Adagrad = optimizer('Adagrad', {
  doc: 'Divides each gradient by the root of the sum of its squares so far: weights that are seldom moved take large steps, and all steps become smaller.',
  source: 'Duchi et al. (2011); formula of PyTorch `Adagrad`, defaults of Keras 3',
  examples: ['Adagrad(0.01)', 'Adagrad(0.01, initial: 0)'],
  settings: {
    lr: rate('Learning rate: a number or a schedule.', 0.001),
    initial: number('What the sums of squares start at.', { min: 0, default: 0.1, named: true }),
    epsilon: number('Keeps the division from zero.', { min: 0, default: 1e-7, named: true }),
  },
  state: (settings) => [{ name: 'squares', initial: num(settings, 'initial') }],
  update(b, { weight, gradient, state, rate: learning }, settings) {
    const squares = b.binary('add', state.squares ?? b.scalar(0), b.unary('square', gradient));
    const divisor = b.binary('add', b.unary('sqrt', squares), b.scalar(num(settings, 'epsilon')));
    const change = b.binary('multiply', learning, b.binary('divide', gradient, divisor));
    return { weight: b.binary('subtract', weight, change), state: { squares } };
  },
});
