/** The smallest number. */
import { extreme } from '../rules/extreme.ts';

export const min = extreme('min', {
  doc: 'The smallest of the numbers, along axes or all of them; of several values, the smallest number by number.',
  source: 'NumPy `min` and `minimum`',
  examples: ['sequence -> min(axis: 0)', 'min(features, 0)', 'min(sequence, axis: 1, keep: true)'],
});
