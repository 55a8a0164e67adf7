/** The largest numbers of as many equal shares of the sequence as are asked for. */
import { adaptivePool } from '../rules/adaptive.ts';

export const AdaptiveMaxPool1D = adaptivePool('AdaptiveMaxPool1D', 1, 'max', {
  doc: 'Cuts the sequence into shares of equal size, so that the result has the size that is asked for, and keeps the largest number of each; where they do not come out even, neighbours share places.',
  source: 'PyTorch `AdaptiveMaxPool1d`',
  examples: ['sequence -> AdaptiveMaxPool1D(5)', 'sequence -> AdaptiveMaxPool1D(3)'],
});
