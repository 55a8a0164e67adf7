/**
 * Minima and maxima of a growing series over 1, 2, 4, 8 … points, kept as it grows, so that drawing costs the same
 * whatever its length. Buckets are aligned to the index: a bucket, once full, never changes, so no drawn point moves
 * while points are appended. Not-a-number is never a minimum or a maximum of a bucket that has a number.
 */

/** The values stay with their owner: the pyramid keeps positions only (8 bytes a point). */
export interface Pyramid {
  /** Points taken in so far. */
  readonly length: number;
  /** `values[length … end)` have been appended. */
  grow(values: Float32Array, end: number): void;
  /** Forgets everything from `length` on (a resumed run). */
  cut(length: number): void;
  /**
   * Positions to draw for `from … to` (end exclusive) on `pixels` columns, ascending: at least two buckets a pixel, the
   * lowest and the highest point of each; the tail that fills no bucket yet comes from finer levels.
   */
  view(from: number, to: number, pixels: number): Uint32Array;
}

interface Level {
  low: Uint32Array;
  high: Uint32Array;
  count: number;
}

const START = 1024;

export function createPyramid(): Pyramid {
  let length = 0;
  /** `levels[k]` has buckets of 2^(k + 1) points. */
  const levels: Level[] = [];

  const levelAt = (k: number): Level => {
    const known = levels[k];
    if (known !== undefined) return known;
    const made: Level = { low: new Uint32Array(START), high: new Uint32Array(START), count: 0 };
    levels[k] = made;
    return made;
  };

  const append = (values: Float32Array, index: number): void => {
    let low = index;
    let high = index;
    for (let k = 0; ((index + 1) & ((1 << (k + 1)) - 1)) === 0 && k < 30; k++) {
      // The bucket of level k that ends here: its left half is the bucket before on the level below (or a point).
      const below = k === 0 ? undefined : levelAt(k - 1);
      const left = below === undefined ? undefined : below.count - 2;
      const leftLow = left === undefined ? index - 1 : (below?.low[left] ?? 0);
      const leftHigh = left === undefined ? index - 1 : (below?.high[left] ?? 0);
      low = lower(values, leftLow, low);
      high = higher(values, leftHigh, high);
      push(levelAt(k), low, high);
    }
  };

  return {
    get length() {
      return length;
    },
    grow(values, end) {
      for (; length < end; length++) append(values, length);
    },
    cut(to) {
      length = Math.min(length, to);
      levels.forEach((level, k) => {
        level.count = Math.min(level.count, Math.floor(length / 2 ** (k + 1)));
      });
    },
    view: (from, to, pixels) => pickPoints(levels, Math.max(0, from), Math.min(to, length), pixels),
  };
}

function push(level: Level, low: number, high: number): void {
  if (level.count === level.low.length) {
    level.low = doubled(level.low);
    level.high = doubled(level.high);
  }
  level.low[level.count] = low;
  level.high[level.count] = high;
  level.count += 1;
}

function doubled(array: Uint32Array): Uint32Array {
  const bigger = new Uint32Array(array.length * 2);
  bigger.set(array);
  return bigger;
}

/** The first of equals wins, so that a flat stretch keeps its first point; a number wins over not-a-number. */
function lower(values: Float32Array, left: number, right: number): number {
  const a = values[left] ?? Number.NaN;
  const b = values[right] ?? Number.NaN;
  return b < a || Number.isNaN(a) ? right : left;
}

function higher(values: Float32Array, left: number, right: number): number {
  const a = values[left] ?? Number.NaN;
  const b = values[right] ?? Number.NaN;
  return b > a || Number.isNaN(a) ? right : left;
}

function pickPoints(levels: readonly Level[], from: number, to: number, pixels: number): Uint32Array {
  const count = Math.max(0, to - from);
  const picked = new Uint32Array(Math.min(count, 8 * Math.max(1, pixels) + 128));
  let used = 0;
  const add = (index: number): void => {
    if (index >= from && index < to && (used === 0 || (picked[used - 1] ?? 0) < index)) picked[used++] = index;
  };
  // Level −1 are the points themselves; level k halves them k + 1 times.
  const wanted = Math.floor(Math.log2(Math.max(1, count / (2 * Math.max(1, pixels))))) - 1;
  let at = from;
  while (at < to) {
    // The largest full bucket that starts here and ends in view, up to the wanted level: both ends are drawn finer.
    let k = Math.min(wanted, levels.length - 1);
    while (k >= 0 && !usable(levels[k], at, 2 ** (k + 1), to)) k -= 1;
    if (k < 0) {
      add(at);
      at += 1;
      continue;
    }
    const bucket = at / 2 ** (k + 1);
    const low = levels[k]?.low[bucket] ?? at;
    const high = levels[k]?.high[bucket] ?? at;
    add(Math.min(low, high));
    add(Math.max(low, high));
    at += 2 ** (k + 1);
  }
  return picked.subarray(0, used);
}

function usable(level: Level | undefined, at: number, size: number, to: number): boolean {
  return level !== undefined && at % size === 0 && at + size <= to && at / size < level.count;
}
