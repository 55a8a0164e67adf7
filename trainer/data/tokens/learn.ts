/**
 * Byte pairs are learned: the most frequent pair of neighbours becomes a piece of its own, again and again (Sennrich, Haddow &
 * Birch, 2016). Of equally frequent pairs the one with the lowest numbers comes first, as in Hugging Face's `BpeTrainer`, so
 * that the same text gives the same pieces everywhere.
 */
import { bytesOf, signs } from './alphabet.ts';
import { Heap } from './heap.ts';

/** Two pieces that become one, each written with the signs of its bytes: `Ġ t`. */
export type Merge = string;

/** More pieces than this cannot be numbered in one key. */
const MOST = 2 ** 24;

/**
 * The merges that make `pieces` pieces besides the bytes; fewer where the text has no more pairs. `words`: how often each word
 * occurs.
 */
export function learnMerges(words: ReadonlyMap<string, number>, pieces: number): readonly Merge[] {
  const texts = [...words].map(([word, count]): Word => ({ symbols: bytesOf(word), count }));
  const names = [...signs];
  const numbers = new Map(names.map((name, number) => [name, number]));
  const pairs = new Pairs(texts);
  const merges: Merge[] = [];
  while (names.length < Math.min(MOST, signs.length + pieces)) {
    const best = pairs.best();
    if (best === undefined) break;
    const [left, right] = [names[best.left] ?? '', names[best.right] ?? ''];
    // Another pair may have made the same piece already.
    let made = numbers.get(left + right);
    if (made === undefined) {
      made = names.push(left + right) - 1;
      numbers.set(left + right, made);
    }
    merges.push(`${left} ${right}`);
    pairs.merge(best.left, best.right, made);
  }
  return merges;
}

interface Word {
  symbols: number[];
  readonly count: number;
}

/** How often each pair occurs, and in which words. */
class Pairs {
  readonly #words: readonly Word[];
  readonly #counts = new Map<number, number>();
  readonly #places = new Map<number, number[]>();
  readonly #heap = new Heap();

  constructor(words: readonly Word[]) {
    this.#words = words;
    for (const [index, { symbols, count }] of words.entries()) {
      for (let i = 1; i < symbols.length; i++) this.#add(symbols[i - 1] ?? 0, symbols[i] ?? 0, count, index);
    }
    for (const [key, count] of this.#counts)
      this.#heap.push({ left: Math.floor(key / MOST), right: key % MOST, count });
  }

  /** The most frequent pair. Counts in the heap may be out of date: they are mended when they come up. */
  best(): { readonly left: number; readonly right: number } | undefined {
    for (;;) {
      const top = this.#heap.pop();
      if (top === undefined) return undefined;
      const count = this.#counts.get(top.left * MOST + top.right) ?? 0;
      if (count < 1) continue;
      if (count === top.count) return top;
      this.#heap.push({ ...top, count });
    }
  }

  /** Writes `made` wherever `left` stands before `right`. */
  merge(left: number, right: number, made: number): void {
    const key = left * MOST + right;
    const places = this.#places.get(key) ?? [];
    this.#places.delete(key);
    const changed = new Set<number>();
    let before = -1;
    for (const index of places) {
      const word = index === before ? undefined : this.#words[index];
      before = index;
      if (word) this.#mergeIn(word, index, left, right, made, changed);
    }
    this.#counts.delete(key);
    for (const pair of changed) {
      const count = this.#counts.get(pair) ?? 0;
      if (count > 0 && pair !== key) this.#heap.push({ left: Math.floor(pair / MOST), right: pair % MOST, count });
    }
  }

  #mergeIn(word: Word, index: number, left: number, right: number, made: number, changed: Set<number>): void {
    const { symbols, count } = word;
    const merged: number[] = [];
    for (let i = 0; i < symbols.length; i++) {
      const symbol = symbols[i] ?? 0;
      if (symbol !== left || symbols[i + 1] !== right) {
        merged.push(symbol);
        continue;
      }
      const previous = merged.at(-1);
      const next = symbols[i + 2];
      if (previous !== undefined) {
        this.#add(previous, left, -count, index);
        changed.add(this.#add(previous, made, count, index));
      }
      if (next !== undefined) {
        this.#add(right, next, -count, index);
        changed.add(this.#add(made, next, count, index));
      }
      merged.push(made);
      i += 1;
    }
    word.symbols = merged;
  }

  #add(left: number, right: number, count: number, index: number): number {
    const key = left * MOST + right;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
    if (count < 0) return key;
    const places = this.#places.get(key);
    if (places === undefined) this.#places.set(key, [index]);
    else if (places[places.length - 1] !== index) places.push(index);
    return key;
  }
}
