/** Numbers without their sign. */
import { numberwise } from '../rules/numberwise.ts';

export const abs = numberwise('abs', {
  doc: 'The size of each number, without its sign.',
  source: 'NumPy `abs`',
  examples: ['age -> abs', 'abs(rooms - 3)'],
  gives: 'same',
});
