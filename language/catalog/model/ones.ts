/** A value of ones. */
import { making } from '../rules/making.ts';

export const ones = making('ones', {
  doc: 'A value of ones, the same for every example.',
  source: 'NumPy `ones`',
  examples: ['features * ones([16])'],
  make: (b, shape) => b.fill(1, shape),
});
