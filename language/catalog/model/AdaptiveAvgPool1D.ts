/** Means of as many equal shares of the sequence as are asked for. */
import { adaptivePool } from '../rules/adaptive.ts';

export const AdaptiveAvgPool1D = adaptivePool('AdaptiveAvgPool1D', 1, 'mean', {
  doc: 'Cuts the sequence into shares of equal size, so that the result has the size that is asked for, and keeps the mean of each; where they do not come out even, neighbours share places.',
  source: 'PyTorch `AdaptiveAvgPool1d`',
  examples: ['sequence -> AdaptiveAvgPool1D(5)', 'sequence -> AdaptiveAvgPool1D(3)'],
});
