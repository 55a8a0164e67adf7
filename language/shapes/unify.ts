/** Solves a size pattern for its one unknown name: `[2 * N]` against 10 gives N = 5 (language reference, "Applying a block"). */
import { type Dim, divideExactly, known, subtract } from './dim.ts';
import { namesIn, substitute } from './polynomial.ts';

/**
 * The value of `name` for which `pattern` is `actual`. `none`: there is none (the rest is not divisible); undefined: the
 * name does not stand in linear arithmetic, or a size is unknown.
 */
export function solveFor(pattern: Dim, name: string, actual: Dim): Dim | 'none' | undefined {
  const { size } = pattern;
  if (!size || !actual.size) return undefined;
  const linear = size.every((term) => {
    const inside = term.factors.filter((factor) => namesIn([{ coefficient: 1, factors: [factor] }]).has(name));
    return inside.length === 0 || (inside.length === 1 && inside[0]?.kind === 'name');
  });
  if (!linear) return undefined;
  const at0 = substitute(size, name, []);
  const at1 = substitute(size, name, known(1).size ?? []);
  if (!at0 || !at1) return undefined;
  const offset: Dim = { size: at0, why: undefined };
  const slope = subtract({ size: at1, why: undefined }, offset);
  const solved = divideExactly(subtract(actual, offset), slope);
  return solved === 'inexact' ? 'none' : { size: solved.size, why: actual.why };
}
