/** `a < b`. */
import { comparison } from '../rules/arithmetic.ts';

export const less = comparison('<', {
  doc: 'True where the left side is smaller.',
  examples: ['features < 0'],
  op: 'less',
  ordered: true,
});
