/** `a == b`. */
import { comparison } from '../rules/arithmetic.ts';

export const equal = comparison('==', {
  doc: 'True where both sides are equal.',
  examples: ['tokens == 0'],
  op: 'equal',
});
