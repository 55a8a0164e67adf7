/**
 * How often each word of a stream of texts occurs, in bounded memory: where there are too many different words, those that
 * occurred least are forgotten, which can only be rare ones (Manku and Motwani, 2002).
 */

/** Different words that are kept at most: some hundred megabytes. */
const MOST = 4_000_000;

export class WordCounts {
  readonly #most: number;
  readonly #counts = new Map<string, number>();
  /** Words that occurred so often or less may have been forgotten. */
  #forgotten = 0;

  constructor(most = MOST) {
    this.#most = most;
  }

  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  add(word: string): void {
    const before = this.#counts.get(word);
    this.#counts.set(word, (before ?? this.#forgotten) + 1);
    if (before === undefined && this.#counts.size > this.#most) this.#forget();
  }

  #forget(): void {
    while (this.#counts.size > this.#most / 2) {
      this.#forgotten += 1;
      for (const [word, count] of this.#counts) if (count <= this.#forgotten) this.#counts.delete(word);
    }
  }
}
