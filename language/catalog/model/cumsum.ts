/** Running sums. */
import { alongAxis } from '../rules/alongAxis.ts';

export const cumsum = alongAxis('cumsum', {
  doc: 'At each place of an axis, the sum of the numbers up to it.',
  source: 'NumPy `cumsum`',
  examples: ['features -> cumsum', 'sequence -> cumsum(0)'],
  apply: (b, x, axis) => b.cumsum(x, axis),
});
