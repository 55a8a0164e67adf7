/** Root of the variance. */
import { reduction, rootOf, varianceChosen } from '../rules/reduction.ts';

export const std = reduction('std', {
  doc: 'The standard deviation of the numbers: the root of `var`.',
  source: 'NumPy `std`, Keras 3 `keras.ops.std`',
  examples: ['sequence -> std(axis: 0)', 'std(features)', 'sequence -> std(axis: 0, where: real)'],
  takes: 'float32',
  readsPadding: true,
  apply: (b, x, over) => rootOf(b, varianceChosen(b, x, over)),
});
