/** Natural logarithm of one more. */
import { numberwise } from '../rules/numberwise.ts';

export const log1p = numberwise('log1p', {
  doc: 'The natural logarithm of 1 plus each number, exact for small ones: for counts and amounts, which may be 0.',
  source: 'NumPy `log1p`',
  examples: ['rooms -> log1p'],
  gives: 'decimal',
});
