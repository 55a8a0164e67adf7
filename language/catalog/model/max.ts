/** The largest number. */
import { extreme } from '../rules/extreme.ts';

export const max = extreme('max', {
  doc: 'The largest of the numbers, along axes or all of them; of several values, the largest number by number.',
  source: 'NumPy `max` and `maximum`',
  examples: ['sequence -> max(axis: 0)', 'max(features, 0)', 'max(sequence, axis: 1, keep: true)'],
});
