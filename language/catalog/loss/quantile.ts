/** The pinball loss: its best prediction is a quantile. */
import { num } from '../planned.ts';
import { distance } from '../rules/distance.ts';
import { number } from '../settings.ts';

export const quantile = distance('quantile', {
  doc: 'Counts what the prediction is too low by `q` times and what it is too high by `1 − q` times: the best prediction is the number that the truth stays below in `q` of all cases.',
  source: 'Koenker & Bassett (1978)',
  examples: ['quantile(amount, target)', 'quantile(amounts, targets, q: 0.9)'],
  settings: {
    q: number('Which quantile: 0.5 is the median.', { min: 0, max: 1, open: 'both', default: 0.5, named: true }),
  },
  of(b, difference, settings) {
    const q = num(settings, 'q');
    const low = b.binary('multiply', difference, b.scalar(-q));
    return b.binary('maximum', low, b.binary('multiply', difference, b.scalar(1 - q)));
  },
});
