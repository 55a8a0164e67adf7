/** Root of the mean squared error. */
import { distanceMetric } from '../rules/distance-metric.ts';
import { ratio } from '../rules/metric.ts';

export const rmse = distanceMetric('rmse', {
  doc: 'The root of the mean of the squared differences between prediction and truth, over the whole epoch.',
  source: 'Keras 3 `RootMeanSquaredError`',
  examples: ['rmse(amount, target)'],
  of: (b, difference) => b.unary('square', difference),
  finish: (sums) => Math.sqrt(ratio(sums)),
});
