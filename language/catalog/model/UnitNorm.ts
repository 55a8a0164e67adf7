/** Vectors of length 1, as a layer. */
import { alongAxis } from '../rules/alongAxis.ts';
import { unitLength } from '../rules/unit-length.ts';

export const UnitNorm = alongAxis('UnitNorm', {
  doc: 'Divides the numbers along an axis by their length, the root of the sum of their squares. The same as the function `l2norm`.',
  source: 'Keras 3 `keras.layers.UnitNormalization`',
  examples: ['features -> UnitNorm', 'sequence -> UnitNorm(axis: 0)'],
  before: {},
  apply: unitLength,
});
