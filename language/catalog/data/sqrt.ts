/** Square root. */
import { numberwise } from '../rules/numberwise.ts';

export const sqrt = numberwise('sqrt', {
  doc: 'The square root of each number. Below 0 there is none: such a row is an error when it is met.',
  source: 'NumPy `sqrt`',
  examples: ['rooms -> sqrt'],
  gives: 'decimal',
});
