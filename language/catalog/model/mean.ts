/** Σ x / n. */
import { meanChosen, reduction } from '../rules/reduction.ts';

export const mean = reduction('mean', {
  doc: 'The mean of the numbers; with `where`, of those chosen (0 if none is).',
  source: 'NumPy `mean`',
  examples: ['sequence -> mean(axis: 0)', 'mean(features)', 'sequence -> mean(axis: 0, where: real)'],
  takes: 'float32',
  readsPadding: true,
  apply: (b, x, over) => meanChosen(b, x, over),
});
