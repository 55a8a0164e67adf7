/** `a - b`. */
import { arithmetic } from '../rules/arithmetic.ts';

export const subtract = arithmetic('-', {
  doc: 'Takes the right value from the left one, number by number.',
  source: 'NumPy `subtract`',
  examples: ['features - features', '1 - features'],
  op: 'subtract',
  hints: true,
});
