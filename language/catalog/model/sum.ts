/** Σ x. */
import { reduceChosen, reduction } from '../rules/reduction.ts';

export const sum = reduction('sum', {
  doc: 'The sum of the numbers.',
  source: 'NumPy `sum`',
  examples: ['sequence -> sum(axis: 0)', 'sum(features)', 'sequence -> sum(axis: 0, where: real)'],
  takes: 'number',
  readsPadding: true,
  apply: (b, x, over) => reduceChosen(b, 'sum', x, over, 0),
});
