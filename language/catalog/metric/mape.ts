/** Mean absolute error in percent of the truth. */
import { distanceMetric } from '../rules/distance-metric.ts';
import { ratio } from '../rules/metric.ts';

export const mape = distanceMetric('mape', {
  doc: 'The mean of the absolute differences in percent of the truth. A truth near 0 makes it enormous.',
  source: 'Keras 3 `MeanAbsolutePercentageError`',
  examples: ['mape(amount, target)'],
  of: (b, difference, truth) => {
    const size = b.binary('maximum', b.unary('abs', truth), b.scalar(1e-7));
    return b.unary('abs', b.binary('divide', difference, size));
  },
  finish: (sums) => 100 * ratio(sums),
});
