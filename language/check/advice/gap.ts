/** Blanks that go with what is taken out of a text. */

/** Where the blank in front of an arrow begins. */
export function gapBefore(text: string, at: number): number {
  let start = at;
  while (start > 0 && /\s/u.test(text[start - 1] ?? '')) start--;
  return start;
}
