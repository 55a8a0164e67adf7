/** Vectors of length 1. */
import { alongAxis } from '../rules/alongAxis.ts';

export const l2norm = alongAxis('l2norm', {
  doc: 'Divides the numbers along an axis by their length, the root of the sum of their squares.',
  source: 'Keras 3 `keras.layers.UnitNormalization`',
  examples: ['features -> l2norm', 'sequence -> l2norm(0)'],
  apply(b, x, axis) {
    const square = b.reduce('sum', b.unary('square', x), [axis], true);
    return b.binary('multiply', x, b.unary('rsqrt', b.binary('maximum', square, b.scalar(1e-12))));
  },
});
