/** Mean squared error. */
import { distanceMetric } from '../rules/distance-metric.ts';
import { ratio } from '../rules/metric.ts';

export const mse = distanceMetric('mse', {
  doc: 'The mean of the squared differences between prediction and truth.',
  source: 'Keras 3 `MeanSquaredError`',
  examples: ['mse(amount, target)'],
  of: (b, difference) => b.unary('square', difference),
  finish: ratio,
});
