/** Numbers rounded. */
import { numberwise } from '../rules/numberwise.ts';

export const round = numberwise('round', {
  doc: 'The nearest whole number; halves go to the even one.',
  source: 'NumPy `round`',
  examples: ['age -> round'],
  gives: 'whole',
});
