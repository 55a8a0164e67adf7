/** Mean square distance from the mean. */
import { reduction, varianceChosen } from '../rules/reduction.ts';

export const variance = reduction('var', {
  doc: 'The variance of the numbers: the mean square distance from their mean (divided by their count).',
  source: 'NumPy `var`, Keras 3 `keras.ops.var`',
  examples: ['sequence -> var(axis: 0)', 'var(features)', 'sequence -> var(axis: 0, where: real)'],
  takes: 'float32',
  readsPadding: true,
  apply: (b, x, over) => varianceChosen(b, x, over),
});
