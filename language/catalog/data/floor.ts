/** Numbers rounded down. */
import { numberwise } from '../rules/numberwise.ts';

export const floor = numberwise('floor', {
  doc: 'The next whole number that is not above.',
  source: 'NumPy `floor`',
  examples: ['age -> floor'],
  gives: 'whole',
});
