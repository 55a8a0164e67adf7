/** A value of zeros. */
import { making } from '../rules/making.ts';

export const zeros = making('zeros', {
  doc: 'A value of zeros, the same for every example.',
  source: 'NumPy `zeros`',
  examples: ['features + zeros([16])'],
  make: (b, shape) => b.fill(0, shape),
});
