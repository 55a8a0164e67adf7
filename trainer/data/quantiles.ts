/**
 * Numbers by their rank, of a stream of any length in bounded memory. Up to a million different numbers it is exact; beyond
 * that neighbours are put together, which moves a rank by some hundred-thousandths of all numbers.
 */

/** Different numbers that are kept at most. */
const MOST = 1_000_000;

export class Quantiles {
  readonly #most: number;
  readonly #buffer: Float64Array;
  #filled = 0;
  /** Sorted, each with how many numbers it stands for. */
  #values = new Float64Array(0);
  #counts = new Float64Array(0);
  #total = 0;

  constructor(most = MOST) {
    this.#most = most;
    this.#buffer = new Float64Array(most);
  }

  /** How many numbers there were. */
  get total(): number {
    return this.#total + this.#filled;
  }

  add(value: number): void {
    if (this.#filled === this.#most) this.#settle();
    this.#buffer[this.#filled] = value;
    this.#filled += 1;
  }

  /** The number that has `rank` numbers before it in their order; undefined where there is none. */
  at(rank: number): number | undefined {
    this.#settle();
    if (rank < 0 || rank >= this.#total) return undefined;
    let before = 0;
    for (const [i, count] of this.#counts.entries()) {
      before += count;
      if (rank < before) return this.#values[i];
    }
    return undefined;
  }

  /** The middle number, or between the two in the middle. */
  median(): number | undefined {
    const half = Math.floor(this.total / 2);
    const upper = this.at(half);
    if (upper === undefined || this.#total % 2 === 1) return upper;
    return (upper + (this.at(half - 1) ?? upper)) / 2;
  }

  /** Takes the buffer into the sorted numbers, and puts neighbours together where they have become too many. */
  #settle(): void {
    if (this.#filled === 0) return;
    const added = this.#buffer.subarray(0, this.#filled).sort();
    const [values, counts] = [
      new Float64Array(this.#values.length + added.length),
      new Float64Array(this.#values.length + added.length),
    ];
    let length = 0;
    const put = (value: number, count: number): void => {
      if (length > 0 && values[length - 1] === value) counts[length - 1] = (counts[length - 1] ?? 0) + count;
      else {
        values[length] = value;
        counts[length] = count;
        length += 1;
      }
    };
    for (let i = 0, k = 0; i < this.#values.length || k < added.length; ) {
      const [old, fresh] = [this.#values[i], added[k]];
      if (fresh === undefined || (old !== undefined && old <= fresh)) put(old ?? 0, this.#counts[i++] ?? 0);
      else {
        put(fresh, 1);
        k += 1;
      }
    }
    this.#total += this.#filled;
    this.#filled = 0;
    this.#values = values.slice(0, length);
    this.#counts = counts.slice(0, length);
    if (length > this.#most) this.#thin();
  }

  /** Groups of neighbours, each standing for at most its share of all numbers, are written as the one that counts most. */
  #thin(): void {
    const share = Math.ceil((2 * this.#total) / this.#most);
    let length = 0;
    let held = 0;
    let heaviest = 0;
    for (const [i, count] of this.#counts.entries()) {
      // Of equals now the first, now the last: errors to one side would add up.
      const most = held === 0 ? -1 : (this.#counts[heaviest] ?? 0);
      if (count > most || (count === most && length % 2 === 1)) heaviest = i;
      const next = this.#counts[i + 1];
      held += count;
      if (next !== undefined && held + next <= share) continue;
      this.#values[length] = this.#values[heaviest] ?? 0;
      this.#counts[length] = held;
      length += 1;
      held = 0;
    }
    this.#values = this.#values.slice(0, length);
    this.#counts = this.#counts.slice(0, length);
  }
}
