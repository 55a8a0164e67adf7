/** `a != b`. */
import { comparison } from '../rules/arithmetic.ts';

export const notEqual = comparison('!=', {
  doc: 'True where the sides differ.',
  examples: ['tokens != 0'],
  op: 'notEqual',
});
