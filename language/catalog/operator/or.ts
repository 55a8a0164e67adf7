/** `a or b`. */
import { logical } from '../rules/arithmetic.ts';

export const or = logical('or', {
  doc: 'True where at least one side is true.',
  examples: ['tokens == 0 or tokens == 5'],
  op: 'or',
});
