/** Natural logarithm. */
import { numberwise } from '../rules/numberwise.ts';

export const log = numberwise('log', {
  doc: 'The natural logarithm of each number. Of 0 and below there is none: such a row is an error when it is met; `log1p` takes 0.',
  source: 'NumPy `log`',
  examples: ['log(rooms)'],
  gives: 'decimal',
});
