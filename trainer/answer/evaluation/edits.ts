/** The fewest edits that lie between two sequences (Levenshtein), by their kind. */

/** Signs that are said and not so, that are so and not said, and that are said in place of others. */
export interface Edits {
  readonly putIn: number;
  readonly leftOut: number;
  readonly exchanged: number;
}

/** Longer sequences are compared by their beginnings. */
const LONGEST = 2 ** 16;
/** All edits, then what was put in, then what was left out, in one number: the smallest has the fewest edits. */
const EDIT = 2 ** 34;
const PUT_IN = EDIT + 2 ** 17;
const LEFT_OUT = EDIT + 1;

export function editsBetween<Sign>(is: readonly Sign[], said: readonly Sign[]): Edits {
  const [rows, columns] = [Math.min(is.length, LONGEST), Math.min(said.length, LONGEST)];
  let above = Float64Array.from({ length: columns + 1 }, (_, j) => j * PUT_IN);
  let next = new Float64Array(columns + 1);
  for (let i = 0; i < rows; i++) {
    next[0] = (i + 1) * LEFT_OUT;
    for (let j = 0; j < columns; j++) {
      const exchanged = (above[j] ?? 0) + (is[i] === said[j] ? 0 : EDIT);
      next[j + 1] = Math.min(exchanged, (above[j + 1] ?? 0) + LEFT_OUT, (next[j] ?? 0) + PUT_IN);
    }
    [above, next] = [next, above];
  }
  const packed = above[columns] ?? 0;
  const [putIn, leftOut] = [Math.floor((packed % EDIT) / 2 ** 17), packed % 2 ** 17];
  return { putIn, leftOut, exchanged: Math.floor(packed / EDIT) - putIn - leftOut };
}
