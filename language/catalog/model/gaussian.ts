/** Normal numbers. */
import { making } from '../rules/making.ts';

export const gaussian = making('gaussian', {
  doc: 'Numbers drawn from the normal distribution of mean 0 and deviation 1, afresh for each example and step.',
  source: 'NumPy `standard_normal`',
  examples: ['features + gaussian([16])'],
  random: true,
  make: (b, shape) => b.random('normal', shape),
});
