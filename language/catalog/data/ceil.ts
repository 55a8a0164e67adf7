/** Numbers rounded up. */
import { numberwise } from '../rules/numberwise.ts';

export const ceil = numberwise('ceil', {
  doc: 'The next whole number that is not below.',
  source: 'NumPy `ceil`',
  examples: ['age -> ceil'],
  gives: 'whole',
});
