/** The point of the probability simplex that is nearest to the scores. */
import type { Builder, Value } from '../builder.ts';
import { alongAxis } from '../rules/alongAxis.ts';

export const sparsemax = alongAxis('sparsemax', {
  doc: 'Like `softmax`, but low scores get exactly 0.',
  source: 'Martins & Astudillo (2016); Keras 3 `keras.activations.sparsemax`',
  examples: ['features -> sparsemax', 'features -> Dense(4, sparsemax)'],
  activation: true,
  apply(b, x, axis) {
    const inside = support(b, x, axis);
    const count = b.reduce('sum', inside, [axis], true);
    const sum = b.reduce('sum', b.binary('multiply', inside, x), [axis], true);
    const level = b.binary('divide', b.binary('subtract', sum, b.scalar(1)), count);
    return b.unary('relu', b.binary('subtract', x, level));
  },
});

/**
 * 1 for scores above the level, 0 for the others. A score z is above it if 1 + k·z is more than the sum of the k scores that
 * are at least z; all pairs are compared, since there is no sorting.
 */
function support(b: Builder, x: Value, axis: number): Value {
  const fixed = b.stopGradient(x);
  const size = fixed.shape[axis] ?? 1;
  const shape = (own: number, other: number) => [...x.shape.slice(0, axis), own, other, ...x.shape.slice(axis + 1)];
  const own = b.reshape(fixed, shape(size, 1));
  const others = b.reshape(fixed, shape(1, size));
  const atLeast = b.cast(b.binary('greaterEqual', others, own), 'float32');
  const count = b.reduce('sum', atLeast, [axis + 1], false);
  const sum = b.reduce('sum', b.binary('multiply', atLeast, others), [axis + 1], false);
  const bound = b.binary('add', b.binary('multiply', count, fixed), b.scalar(1));
  return b.cast(b.binary('greater', bound, sum), 'float32');
}
