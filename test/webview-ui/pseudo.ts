/**
 * A language that nobody speaks, to see what is not translated or does not fit: every letter of a text gets a mark, the text
 * is lengthened by two fifths, and it stands in brackets.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const MARKED = [...'åƀçðéƒĝĥîĵķļṁñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ'];
const MORE = 'öñé ţŵö ţĥŕéé ƒöûŕ ƒîṽé šîẋ šéṽéñ éîĝĥţ ñîñé ţéñ '.repeat(12);

/** How much longer than English. */
const LONGER = 0.4;

export function pseudo(text: string): string {
  const marked = text.replace(/[A-Za-z]/g, (letter) => MARKED[PLAIN.indexOf(letter)] ?? letter);
  return `[${marked} ${MORE.slice(0, Math.ceil(text.length * LONGER)).trim()}]`;
}

/** Every text of the client and the panel. */
export function pseudoTexts(): Record<string, string> {
  const bundle = join(import.meta.dirname, '..', '..', 'l10n', 'bundle.l10n.json');
  const texts: Record<string, string> = JSON.parse(readFileSync(bundle, 'utf8'));
  return Object.fromEntries(Object.keys(texts).map((text) => [text, pseudo(text)]));
}
