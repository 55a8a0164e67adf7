/** `a >= b`. */
import { comparison } from '../rules/arithmetic.ts';

export const greaterEqual = comparison('>=', {
  doc: 'True where the left side is larger or equal.',
  examples: ['features >= 0'],
  op: 'greaterEqual',
  ordered: true,
});
