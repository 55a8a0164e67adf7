/** Pieces that several activations share. */
import type { Builder, Value } from '../builder.ts';

/**
 * `scale · x` above 0, `scale · alpha · (e^(x / steep) − 1)` below. The exponential only ever sees numbers up to 0, so that
 * neither it nor its gradient can overflow on the side that is not taken.
 */
export function exponentialBelow(b: Builder, x: Value, alpha: number, steep: number, scale: number): Value {
  const negative = b.binary('minimum', x, b.scalar(0));
  const inner = steep === 1 ? negative : b.binary('divide', negative, b.scalar(steep));
  const below = b.binary('multiply', b.binary('subtract', b.unary('exp', inner), b.scalar(1)), b.scalar(alpha));
  const both = b.binary('add', b.unary('relu', x), below);
  return scale === 1 ? both : b.binary('multiply', both, b.scalar(scale));
}

/** `relu6(x + 3) / 6`. */
export function hardGate(b: Builder, x: Value): Value {
  const raised = b.unary('relu', b.binary('add', x, b.scalar(3)));
  return b.binary('multiply', b.binary('minimum', raised, b.scalar(6)), b.scalar(1 / 6));
}
