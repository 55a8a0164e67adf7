/**
 * Cuts a text into chunks at its declaration lines, without parsing. A chunk begins with the blank and comment lines before
 * its declaration. The pieces make up the text, in order and without a gap.
 */
import { nearest } from './nearest.ts';
import { keywords } from './tokens.ts';

/** A keyword at the start of a line. Indented, only with a name after it (a keyword is never a name there). */
const declarationLine = new RegExp(
  `^(?:(?:${keywords.declaration.join('|')})(?![\\p{L}\\p{N}_])(?![ \\t]*[:.=(,])|[ \\t]+(?:${keywords.declaration.join('|')})[ \\t]+[\\p{L}_][\\p{L}\\p{N}_]*[ \\t]*(?:[({]|on\\b|from\\b|as\\b|=(?!=)))`,
  'u',
);

/** `modle Digits(…) {` at the very start of a line. */
const misspelt = /^([a-z]{4,10})[ \t]+[\p{L}_][\p{L}\p{N}_]*[^#"]*\{[ \t]*(?:[^{}]*\}[ \t]*)?$/u;

/** Offsets at which chunks begin. The first is 0 (also for an empty text). */
export function cut(text: string): readonly number[] {
  const starts: number[] = [];
  /** Start of the run of blank and comment lines that stands directly before the current line. */
  let lead = 0;
  let line = 0;
  let seen = false;
  while (line <= text.length) {
    let end = text.indexOf('\n', line);
    if (end === -1) end = text.length;
    const kind = lineKind(text, line, end);
    if (kind === 'declaration') {
      if (seen) starts.push(lead);
      seen = true;
      lead = end + 1;
    } else if (kind === 'code') {
      seen = true;
      lead = end + 1;
    }
    line = end + 1;
  }
  return starts[0] === 0 ? starts : [0, ...starts];
}

/** Letters that a declaration keyword can begin with: most lines are told apart by their first letter. */
const firstLetters: ReadonlySet<number> = new Set(keywords.declaration.map((word) => word.charCodeAt(0)));

function lineKind(text: string, start: number, end: number): 'blank' | 'declaration' | 'code' {
  let at = start;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  if (at === end || text.charCodeAt(at) === 35) return 'blank';
  const known = firstLetters.has(text.charCodeAt(at));
  if (known && declarationLine.test(text.slice(start, end))) return 'declaration';
  return at === start && looksMisspelt(text.slice(start, end)) ? 'declaration' : 'code';
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 13 || code === 0xfeff || code === 0xa0;
}

function looksMisspelt(line: string): boolean {
  if (line.length > 300) return false;
  const word = misspelt.exec(line.trimEnd())?.[1];
  return word !== undefined && nearest(word, keywords.declaration) !== undefined;
}
