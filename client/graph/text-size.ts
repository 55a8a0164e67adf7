/**
 * How wide a text will be, about: the host lays out and cannot measure. Widths are shares of the font's size in usual
 * interface fonts, rounded up a little, so that texts fit.
 */

const NARROW = /[iIljtfr.,:;|!'()[\] ·]/u;
const WIDE = /[mwMW@%—]/u;
const CAPITAL = /[A-Z0-9×+=−*_]/u;
const FULL = /[\u2e80-\uffff]/u;

/** In pixels, of a text on one line. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text) {
    if (FULL.test(character)) width += 1.02;
    else if (NARROW.test(character)) width += 0.36;
    else if (WIDE.test(character)) width += 0.92;
    else width += CAPITAL.test(character) ? 0.68 : 0.59;
  }
  return Math.ceil(width * size);
}
