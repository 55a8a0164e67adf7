/** Texts as pieces that were learned: the merges are made in the order in which they were learned. */
import { bytesOf, signs, textOf, wordsOf } from './alphabet.ts';
import type { Merge } from './learn.ts';

const MOST = 2 ** 24;
/** Words that are remembered with their pieces: most of a text are words that came before. */
const REMEMBERED = 50_000;

export class BytePairCode {
  /** Pieces by their numbers: the bytes, then the learned ones. */
  readonly pieces: readonly string[];
  readonly #ranks = new Map<number, { readonly rank: number; readonly made: number }>();
  readonly #remembered = new Map<string, readonly number[]>();

  constructor(merges: readonly Merge[]) {
    const pieces = [...signs];
    const numbers = new Map(pieces.map((piece, number) => [piece, number]));
    for (const [rank, merge] of merges.entries()) {
      const blank = merge.indexOf(' ');
      const [left, right] = [merge.slice(0, blank), merge.slice(blank + 1)];
      let made = numbers.get(left + right);
      if (made === undefined) {
        made = pieces.push(left + right) - 1;
        numbers.set(left + right, made);
      }
      this.#ranks.set((numbers.get(left) ?? 0) * MOST + (numbers.get(right) ?? 0), { rank, made });
    }
    this.pieces = pieces;
  }

  /** The numbers of a text's pieces, at most `most` of them. */
  encode(text: string, most = Number.POSITIVE_INFINITY): number[] {
    const found: number[] = [];
    for (const word of wordsOf(text)) {
      if (found.length >= most) break;
      for (const number of this.#encodeWord(word)) found.push(number);
    }
    return found.length > most ? found.slice(0, most) : found;
  }

  decode(numbers: readonly number[]): string {
    return textOf(numbers.map((number) => this.pieces[number] ?? ''));
  }

  #encodeWord(word: string): readonly number[] {
    const before = this.#remembered.get(word);
    if (before !== undefined) return before;
    const symbols = bytesOf(word);
    while (symbols.length > 1) {
      let best: { readonly rank: number; readonly made: number } | undefined;
      let at = 0;
      for (let i = 1; i < symbols.length; i++) {
        const found = this.#ranks.get((symbols[i - 1] ?? 0) * MOST + (symbols[i] ?? 0));
        if (found === undefined || (best !== undefined && found.rank >= best.rank)) continue;
        best = found;
        at = i - 1;
      }
      if (best === undefined) break;
      symbols.splice(at, 2, best.made);
    }
    if (this.#remembered.size >= REMEMBERED) this.#remembered.clear();
    this.#remembered.set(word, symbols);
    return symbols;
  }
}
