/** Squared error near the truth, absolute error far from it. */
import { num } from '../planned.ts';
import { distance } from '../rules/distance.ts';
import { number } from '../settings.ts';

export const huber = distance('huber', {
  doc: 'Half the squared difference up to `delta`, and a straight line beyond: far outliers count less than in `mse`, and the end is smooth as in it.',
  source: 'Huber (1964); Keras 3 `Huber`, PyTorch `HuberLoss`',
  examples: ['huber(amount, target)', 'huber(amounts, targets, delta: 0.5)'],
  settings: {
    delta: number('Where the parabola becomes a straight line.', { min: 0, open: 'min', default: 1, named: true }),
  },
  of(b, difference, settings) {
    const delta = b.scalar(num(settings, 'delta'));
    const size = b.unary('abs', difference);
    // With q = min(|d|, delta): q²/2 + delta · (|d| − q).
    const near = b.binary('minimum', size, delta);
    const parabola = b.binary('multiply', b.unary('square', near), b.scalar(0.5));
    return b.binary('add', parabola, b.binary('multiply', delta, b.binary('subtract', size, near)));
  },
});
