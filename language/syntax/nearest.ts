/** "Did you mean": the nearest of some words to a misspelt one. */

/**
 * Edits between two words, a swap of neighbours counting as one; gives up (with a number above `limit`) as soon as the
 * answer must be above `limit`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) return limit + 1;
    before = last;
    last = row;
  }
  return last[b.length] ?? limit + 1;
}

/**
 * The word that was most likely meant, if any is near enough: a third of its letters may differ. Capitals matter in the first
 * letter only (a capital is a layer). A word that is only begun (typing) is near to the shortest that it begins.
 */
export function nearest(word: string, words: Iterable<string>): string | undefined {
  const limit = word.length <= 2 ? 1 : Math.max(1, Math.floor(word.length / 3));
  const lower = word.toLowerCase();
  const all = [...words];
  // Nothing is nearer to one letter than itself in the other case.
  const twin = word.length === 1 ? all.find((one) => one !== word && one.toLowerCase() === lower) : undefined;
  if (twin !== undefined) return twin;
  let found: string | undefined;
  let best = Number.POSITIVE_INFINITY;
  for (const candidate of all) {
    if (candidate === word) continue;
    const other = candidate.toLowerCase();
    const kind = lower[0] === other[0] && word[0] !== candidate[0] ? 1 : 0;
    const distance = editDistance(lower, other, limit) + kind;
    if (distance <= limit && distance < best) {
      best = distance;
      found = candidate;
    }
  }
  return found ?? (word.length < 2 ? undefined : begunBy(word, all));
}

/** The shortest word that begins so, one of the same case first. */
function begunBy(word: string, words: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const begun = words.filter((w) => w.length > word.length && w.toLowerCase().startsWith(lower));
  const other = (w: string) => (w.startsWith(word) ? 0 : 1);
  return begun.sort((a, b) => other(a) - other(b) || a.length - b.length || (a < b ? -1 : 1))[0];
}
