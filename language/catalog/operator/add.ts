/** `a + b`. */
import { arithmetic } from '../rules/arithmetic.ts';

export const add = arithmetic('+', {
  doc: 'Adds two values, number by number.',
  source: 'NumPy `add`',
  examples: ['features + features', 'features + 1'],
  op: 'add',
  hints: true,
});
