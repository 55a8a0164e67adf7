/** Vectors of length 1. */
import { alongAxis } from '../rules/alongAxis.ts';
import { unitLength } from '../rules/unit-length.ts';

export const l2norm = alongAxis('l2norm', {
  doc: 'Divides the numbers along an axis by their length, the root of the sum of their squares.',
  source: 'Keras 3 `keras.layers.UnitNormalization`',
  examples: ['features -> l2norm', 'sequence -> l2norm(0)'],
  apply: unitLength,
});
