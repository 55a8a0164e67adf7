/** `a > b`. */
import { comparison } from '../rules/arithmetic.ts';

export const greater = comparison('>', {
  doc: 'True where the left side is larger.',
  examples: ['features > 0'],
  op: 'greater',
  ordered: true,
});
