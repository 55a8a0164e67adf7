/** Euclidean length. */
import { reduceChosen, reduction, rootOf } from '../rules/reduction.ts';

export const norm = reduction('norm', {
  doc: 'The root of the sum of the squares.',
  source: 'NumPy `linalg.norm`',
  examples: ['sequence -> norm(axis: 0)', 'norm(features)', 'sequence -> norm(axis: 0, where: real)'],
  takes: 'float32',
  apply: (b, x, over) => rootOf(b, reduceChosen(b, 'sum', b.unary('square', x), over, 0)),
});
