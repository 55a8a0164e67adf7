/** Π x. */
import { reduceChosen, reduction } from '../rules/reduction.ts';

export const prod = reduction('prod', {
  doc: 'The product of the numbers.',
  source: 'NumPy `prod`',
  examples: ['sequence -> prod(axis: 0)', 'prod(features)', 'sequence -> prod(axis: 0, where: real)'],
  takes: 'number',
  apply: (b, x, over) => reduceChosen(b, 'prod', x, over, 1),
});
