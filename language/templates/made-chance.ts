/** Numbers that look like chance and are the same every time. */

export interface Chance {
  /** From 0 up to 1. */
  next(): number;
  /** One of them. */
  pick<const Items extends readonly [unknown, ...unknown[]]>(items: Items): Items[number];
  /** Around 0, mostly within 2. */
  normal(): number;
}

/** A linear congruential generator (Numerical Recipes). */
export function counterChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    next,
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
    normal: () => next() + next() + next() + next() + next() + next() - 3,
  };
}
