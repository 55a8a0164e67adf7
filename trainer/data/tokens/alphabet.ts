/**
 * Texts as words, and words as bytes: what byte pairs are made of. Each byte has a sign of its own, as in GPT-2, so that pieces
 * can be written down as texts whatever bytes they hold.
 */

/** Words with the blank before them, as GPT-2 cuts them; every character is in one of them. */
const WORDS = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;

export function wordsOf(text: string): readonly string[] {
  return text.match(WORDS) ?? [];
}

/** True for bytes that are visible characters of Latin-1: they stand for themselves. */
function isVisible(byte: number): boolean {
  return (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
}

const visible = Array.from({ length: 256 }, (_, byte) => byte).filter(isVisible);
const others = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !isVisible(byte));

/** The bytes in the order in which they are numbered: visible ones first. */
const inOrder: readonly number[] = [...visible, ...others];

/** The sign of each number below 256. */
export const signs: readonly string[] = inOrder.map((byte, number) =>
  String.fromCodePoint(number < visible.length ? byte : 256 + number - visible.length),
);

const numberOfByte = new Uint8Array(256);
for (const [number, byte] of inOrder.entries()) numberOfByte[byte] = number;

const utf8 = new TextEncoder();

/** A word as the numbers of its bytes. */
export function bytesOf(word: string): number[] {
  return Array.from(utf8.encode(word), (byte) => numberOfByte[byte] ?? 0);
}

/** The text that pieces, written with the signs of their bytes, stand for. */
export function textOf(pieces: readonly string[]): string {
  const bytes = Array.from(pieces.join(''), (sign) => inOrder[signs.indexOf(sign)] ?? 63);
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
