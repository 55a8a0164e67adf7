/** Intervals of 95 %: the true value of a figure lies within in 95 of 100 evaluations on rows drawn alike. */
import { eventNumber, type Figure } from '../../../protocol/index.ts';

/** The 97.5 % point of the normal distribution. */
const Z = 1.959963984540054;

/** A figure alone. */
export function plain(value: number): Figure {
  return { value: eventNumber(value) };
}

/** A share by counts, with Wilson's interval (1927): right for small counts and shares near 0 and 1 too. */
export function share(hit: number, all: number): Figure {
  if (all <= 0) return plain(Number.NaN);
  const p = hit / all;
  const spread = Z * Math.sqrt((p * (1 - p)) / all + (Z * Z) / (4 * all * all));
  const [middle, scale] = [p + (Z * Z) / (2 * all), 1 + (Z * Z) / all];
  return {
    value: eventNumber(p),
    low: hit <= 0 ? 0 : (middle - spread) / scale,
    high: hit >= all ? 1 : (middle + spread) / scale,
    method: 'wilson',
  };
}

/** A share whose value is another's (0 where nothing was said, as the metrics have it). */
export function shareOr(hit: number, all: number, otherwise: number): Figure {
  return all > 0 ? share(hit, all) : plain(otherwise);
}

/** Running mean and variance of numbers (Welford). */
export class Moments {
  count = 0;
  mean = 0;
  #squares = 0;

  add(value: number): void {
    this.count += 1;
    const distance = value - this.mean;
    this.mean += distance / this.count;
    this.#squares += distance * (value - this.mean);
  }

  /** Of the mean. */
  get error(): number {
    return this.count < 2 ? Number.NaN : Math.sqrt(this.#squares / (this.count - 1) / this.count);
  }

  get variance(): number {
    return this.count === 0 ? Number.NaN : this.#squares / this.count;
  }

  /** The mean with the normal interval, or what `change` (rising) makes of all three. */
  figure(change: (value: number) => number = (value) => value): Figure {
    return normal(this.mean, this.error, change);
  }
}

/** A value with its standard error, or what `change` (rising) makes of it and of the ends of its interval. */
export function normal(value: number, error: number, change: (value: number) => number = (same) => same): Figure {
  const middle = change(value);
  const [low, high] = [change(value - Z * error), change(value + Z * error)];
  if (![middle, low, high].every(Number.isFinite)) return plain(middle);
  return { value: middle, low, high, method: 'normal' };
}

/**
 * Σ part ÷ Σ whole, over rows that hang together within (the places of a text): the linear error of a ratio by rows.
 */
export function ratio(
  parts: ArrayLike<number>,
  wholes: ArrayLike<number>,
  change: (value: number) => number = (same) => same,
): Figure {
  let [count, part, whole] = [0, 0, 0];
  for (let i = 0; i < wholes.length; i++) {
    if (!((wholes[i] ?? 0) > 0)) continue;
    count += 1;
    part += parts[i] ?? 0;
    whole += wholes[i] ?? 0;
  }
  if (count === 0) return plain(Number.NaN);
  const value = part / whole;
  let squares = 0;
  for (let i = 0; i < wholes.length; i++) {
    if ((wholes[i] ?? 0) > 0) squares += ((parts[i] ?? 0) - value * (wholes[i] ?? 0)) ** 2;
  }
  const error = count < 2 ? Number.NaN : Math.sqrt((squares * count) / (count - 1)) / whole;
  return normal(value, error, change);
}

/** The value with what lies between 2.5 % and 97.5 % of drawn ones. */
export function drawn(value: number, draws: readonly number[]): Figure {
  const sorted = draws.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length < 20 || !Number.isFinite(value)) return plain(value);
  const at = (part: number): number => sorted[Math.round(part * (sorted.length - 1))] ?? value;
  // A value at the very edge of what is drawn is still within.
  return { value, low: Math.min(value, at(0.025)), high: Math.max(value, at(0.975)), method: 'bootstrap' };
}

/** Numbers below 1, the same ones for a seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A count drawn about another: Poisson's, and from 50 on its normal neighbour. */
export function poisson(mean: number, random: () => number): number {
  if (mean <= 0) return 0;
  if (mean >= 50) {
    const angle = 2 * Math.PI * random();
    const length = Math.sqrt(-2 * Math.log(1 - random()));
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * length * Math.cos(angle)));
  }
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count += 1;
  return count;
}

/** Draws for figures without a formula. */
export const DRAWS = 500;
