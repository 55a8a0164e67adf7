/** The loss of support vector machines. */
import { margin } from '../rules/hinge.ts';

export const hinge = margin('hinge', {
  doc: 'What a score lacks to 1 on the right side (`−1` for no): nothing beyond that, a straight line below.',
  source: 'Cortes & Vapnik (1995); Keras 3 `Hinge`',
  examples: ['hinge(amount, answer)', 'hinge(amounts, answers, reduce: sum)'],
  of: (_b, missing) => missing,
});
