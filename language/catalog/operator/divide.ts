/** `a / b`. */
import { arithmetic } from '../rules/arithmetic.ts';

export const divide = arithmetic('/', {
  doc: 'Divides the left value by the right one; whole numbers give decimal ones.',
  source: 'NumPy `divide`',
  examples: ['features / 2', 'tokens / 2'],
  op: 'divide',
  decimal: true,
});
