/** The square of the hinge loss. */
import { margin } from '../rules/hinge.ts';

export const squaredHinge = margin('squaredHinge', {
  doc: 'The square of what a score lacks to 1 on the right side (`−1` for no).',
  source: 'Keras 3 `SquaredHinge`',
  examples: ['squaredHinge(amount, answer)'],
  of: (b, missing) => b.unary('square', missing),
});
