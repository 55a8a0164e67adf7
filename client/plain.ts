/** Texts from files of others, made harmless for what VS Code shows: notifications, input boxes, quick picks, the status bar. Pure. */

/** The same text, in which nothing is a link or an icon, turns the direction of what follows, or cannot be seen. */
export function plain(text: string): string {
  return (
    text
      .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
      .replace(/[\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
      .replace(/\p{Cs}/gu, '\ufffd')
      // A word joiner between the two is not seen, and neither `[text](command:…)` nor `$(icon)` is found.
      .replace(/[\]$](?=\()/gu, '$&\u2060')
  );
}

/** Names that people give are shorter. */
const LONGEST = 80;

/** A name in a sentence: whatever its length, what is said of it can be read. */
export function shortened(name: string): string {
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
}
