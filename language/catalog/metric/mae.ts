/** Mean absolute error. */
import { distanceMetric } from '../rules/distance-metric.ts';
import { ratio } from '../rules/metric.ts';

export const mae = distanceMetric('mae', {
  doc: 'The mean of the absolute differences between prediction and truth.',
  source: 'Keras 3 `MeanAbsoluteError`',
  examples: ['mae(amount, target)'],
  of: (b, difference) => b.unary('abs', difference),
  finish: ratio,
});
