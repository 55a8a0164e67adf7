/** Mean absolute error. */
import { distance } from '../rules/distance.ts';

export const mae = distance('mae', {
  doc: 'The mean of the absolute differences between prediction and truth: far outliers count less than in `mse`.',
  source: 'Keras 3 `MeanAbsoluteError`, PyTorch `L1Loss`',
  examples: ['mae(amount, target)'],
  of: (b, difference) => b.unary('abs', difference),
});
