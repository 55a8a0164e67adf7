/** Sentences that processes without a language of their own write in English, worded anew by what they are made of. */

/** What a sentence looks like, and what is said for it with its parts. */
export type Wording = readonly [RegExp, (...parts: string[]) => string];

/** As the first wording that fits says; as it is where none does. */
export function worded(text: string, wordings: readonly Wording[]): string {
  for (const [pattern, say] of wordings) {
    const [whole, ...parts] = pattern.exec(text) ?? [];
    if (whole !== undefined) return say(...parts);
  }
  return text;
}
