/** Rotary positions: pairs of numbers turned by an angle that grows with the place. */
import { type Dim, known, modulo, order, printDim } from '../../shapes/dim.ts';
import type { Builder, Value } from '../builder.ts';
import type { Refusal } from '../entry.ts';
import { refuse } from '../refuse.ts';

/** The slowest pair turns once in about 2π times so many places. */
const SLOWEST = 10_000;

/** Refuses a width that leaves a number without a partner. */
export function refuseOdd(callee: string, width: Dim, at?: Refusal['at']): Refusal | undefined {
  if (order(modulo(width, known(2)), known(1)) !== 'equal') return undefined;
  return refuse('shape/odd', { callee, width: printDim(width) }, { ...(at ? { at } : {}), blame: [width] });
}

/**
 * `[..., T, n]`: number k of the first half and number k of the second half are turned together, by place · 10000^(−2k/n).
 */
export function turnedByPlace(b: Builder, x: Value): Value {
  const [time = 1, width = 2] = x.shape.slice(-2);
  const half = width / 2;
  const angles = Array.from({ length: time * half }, (_, i) => Math.floor(i / half) * SLOWEST ** (-(i % half) / half));
  const [cosines, sines] = [Math.cos, Math.sin].map((of) => b.constant(angles.map(of), [time, half]));
  if (!cosines || !sines) return x;
  const part = (from: number) =>
    b.slice(x, [...x.shape.slice(0, -1).map((size) => [0, size, 1] as const), [from, from + half, 1]]);
  const [first, second] = [part(0), part(half)];
  const turn = (a: Value, c: Value, op: 'subtract' | 'add') =>
    b.binary(op, b.binary('multiply', a, cosines), b.binary('multiply', c, sines));
  return b.concat([turn(first, second, 'subtract'), turn(second, first, 'add')], x.shape.length - 1);
}
