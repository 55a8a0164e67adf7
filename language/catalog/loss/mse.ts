/** Mean squared error. */
import { distance } from '../rules/distance.ts';

export const mse = distance('mse', {
  doc: 'The mean of the squared differences between prediction and truth.',
  source: 'Keras 3 `MeanSquaredError`, PyTorch `MSELoss`',
  examples: ['mse(amount, target)', 'mse(amounts, targets, reduce: sum)'],
  of: (b, difference) => b.unary('square', difference),
});
