/** Between values and their place along an axis, even or by powers. Pure. */

export interface Scale {
  readonly range: readonly [number, number];
  readonly log: boolean;
  /** 0 at the beginning of the axis, 1 at its end. */
  shareOf(value: number): number;
  valueAt(share: number): number;
}

/** On an axis by powers, what isn't above nothing stands a power of ten below its beginning. */
export function scaleOf(range: readonly [number, number], log: boolean): Scale {
  const [from, to] = range;
  const flat = log ? (value: number) => Math.log10(value > 0 ? value : from / 10) : (value: number) => value;
  const first = flat(from);
  const span = flat(to) - first || 1;
  return {
    range,
    log,
    shareOf: (value) => (flat(value) - first) / span,
    valueAt: (share) => (log ? 10 ** (first + share * span) : first + share * span),
  };
}
