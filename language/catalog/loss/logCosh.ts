/** The logarithm of the hyperbolic cosine of the error. */
import { distance } from '../rules/distance.ts';

export const logCosh = distance('logCosh', {
  doc: 'The logarithm of the hyperbolic cosine of the difference: about half its square near the truth and its size less log 2 far from it, smooth everywhere.',
  source: 'Keras 3 `LogCosh`',
  examples: ['logCosh(amount, target)'],
  of(b, difference) {
    // log cosh d = d + log(1 + e^(−2d)) − log 2
    const tail = b.unary('softplus', b.binary('multiply', difference, b.scalar(-2)));
    return b.binary('subtract', b.binary('add', difference, tail), b.scalar(Math.LN2));
  },
});
