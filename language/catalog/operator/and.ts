/** `a and b`. */
import { logical } from '../rules/arithmetic.ts';

export const and = logical('and', {
  doc: 'True where both sides are true.',
  examples: ['tokens > 0 and tokens < 5'],
  op: 'and',
});
