/** How small and how large a polynomial can be, whatever sizes (of at least 1) its names stand for. */
import type { Factor, Polynomial, Term } from './dim.ts';

/** Bounds of a polynomial whose names are ≥ 1 and whose opaque terms are unbounded (mod terms: 0 to by − 1). */
export function bounds(a: Polynomial): { readonly low: number; readonly high: number } {
  let low = 0;
  let high = 0;
  for (const term of a) {
    const range = termBounds(term);
    low += range.low;
    high += range.high;
  }
  return { low, high };
}

function termBounds(term: Term): { readonly low: number; readonly high: number } {
  let low = 1;
  let high = 1;
  for (const factor of term.factors) {
    const range = factorBounds(factor);
    if (range.low < 0) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
    low *= range.low;
    high = range.high === 0 || high === 0 ? 0 : high * range.high;
  }
  const ends = [low, high].map((end) => (end === 0 ? 0 : end * term.coefficient));
  return { low: Math.min(...ends), high: Math.max(...ends) };
}

function factorBounds(factor: Factor): { readonly low: number; readonly high: number } {
  if (factor.kind === 'name') return { low: 1, high: Number.POSITIVE_INFINITY };
  const of = bounds(factor.of);
  const by = bounds(factor.by);
  if (by.low < 1) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  if (factor.kind === 'mod') return { low: 0, high: by.high - 1 };
  return { low: of.low < 0 ? Math.floor(of.low / by.low) : 0, high: Math.floor(of.high / by.low) };
}
