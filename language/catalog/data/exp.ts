/** Powers of e. */
import { numberwise } from '../rules/numberwise.ts';

export const exp = numberwise('exp', {
  doc: 'e to the power of each number.',
  source: 'NumPy `exp`',
  examples: ['age / 10 -> exp'],
  gives: 'decimal',
});
