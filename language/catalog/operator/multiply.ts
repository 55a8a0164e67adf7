/** `a * b`. */
import { arithmetic } from '../rules/arithmetic.ts';

export const multiply = arithmetic('*', {
  doc: 'Multiplies two values, number by number.',
  source: 'NumPy `multiply`',
  examples: ['features * features', '0.5 * features'],
  op: 'multiply',
});
