/** `a ** b`. */
import { arithmetic } from '../rules/arithmetic.ts';

export const power = arithmetic('**', {
  doc: 'The left value to the power of the right one.',
  source: 'NumPy `power`',
  examples: ['features ** 2'],
  op: 'power',
});
