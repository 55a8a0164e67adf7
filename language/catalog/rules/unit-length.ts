/** Numbers along an axis divided by their length. */
import type { Builder, Value } from '../builder.ts';

export function unitLength(b: Builder, x: Value, axis: number): Value {
  const square = b.reduce('sum', b.unary('square', x), [axis], true);
  return b.binary('multiply', x, b.unary('rsqrt', b.binary('maximum', square, b.scalar(1e-12))));
}
