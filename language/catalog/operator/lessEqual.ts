/** `a <= b`. */
import { comparison } from '../rules/arithmetic.ts';

export const lessEqual = comparison('<=', {
  doc: 'True where the left side is smaller or equal.',
  examples: ['features <= 0'],
  op: 'lessEqual',
  ordered: true,
});
