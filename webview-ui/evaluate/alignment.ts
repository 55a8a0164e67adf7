/** Two sequences side by side: which sign of the one stands for which of the other, by the fewest edits. */

/** A place: what is so and what was said there; undefined where the other has none. */
export interface Aligned {
  readonly is: number | undefined;
  readonly said: number | undefined;
}

/** Longer ones are shown as they are, each place beside the other's. */
const LONGEST = 1000;

export function aligned(is: readonly number[], said: readonly number[]): readonly Aligned[] {
  if (is.length > LONGEST || said.length > LONGEST) {
    return Array.from({ length: Math.max(is.length, said.length) }, (_, i) => ({ is: is[i], said: said[i] }));
  }
  const edits = editsOfEnds(is, said);
  const found: Aligned[] = [];
  for (let i = 0, j = 0; i < is.length || j < said.length; ) {
    const here = edits[i]?.[j] ?? 0;
    const differs = is[i] === said[j] ? 0 : 1;
    if (i < is.length && j < said.length && here === (edits[i + 1]?.[j + 1] ?? 0) + differs) {
      found.push({ is: is[i++], said: said[j++] });
    } else if (i < is.length && here === (edits[i + 1]?.[j] ?? 0) + 1) found.push({ is: is[i++], said: undefined });
    else found.push({ is: undefined, said: said[j++] });
  }
  return found;
}

/** By both places: the fewest edits from there to the ends (Levenshtein). */
function editsOfEnds(is: readonly number[], said: readonly number[]): readonly (readonly number[])[] {
  const table = Array.from({ length: is.length + 1 }, () => new Array<number>(said.length + 1).fill(0));
  for (let i = is.length; i >= 0; i--) {
    const [row = [], below = []] = [table[i], table[i + 1]];
    for (let j = said.length; j >= 0; j--) {
      if (i === is.length || j === said.length) {
        row[j] = is.length - i + said.length - j;
        continue;
      }
      const exchanged = (below[j + 1] ?? 0) + (is[i] === said[j] ? 0 : 1);
      row[j] = Math.min(exchanged, (below[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1);
    }
  }
  return table;
}
