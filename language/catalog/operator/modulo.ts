/** `a % b`. */
import { arithmetic } from '../rules/arithmetic.ts';

export const modulo = arithmetic('%', {
  doc: 'What division leaves; it has the sign of the right side.',
  source: 'NumPy `mod`',
  examples: ['tokens % 2'],
  op: 'modulo',
});
