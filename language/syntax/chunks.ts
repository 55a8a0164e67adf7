/**
 * Cuts a text into chunks at its declaration lines, without parsing. A chunk begins with the blank and comment lines before
 * its declaration. The pieces make up the text, in order and without a gap.
 */
import { isNameCharacter } from './lexer.ts';
import { nearest } from './nearest.ts';
import { isDeclarationKeyword, keywords } from './tokens.ts';

/** An indented keyword starts a declaration only with a name after it, and what can follow that name. */
const indentedDeclaration = /^[a-z]+[ \t]+[\p{L}_][\p{L}\p{N}_]*[ \t]*(?:[({]|on\b|from\b|as\b|=(?!=))/u;

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

/** Every keystroke asks this of every line: expressions are tried only where the first word says that they may hold. */
function lineKind(text: string, start: number, end: number): 'blank' | 'declaration' | 'code' {
  let at = start;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  if (at === end || text.charCodeAt(at) === 35) return 'blank';
  let stop = at;
  while (stop < end && isLower(text.charCodeAt(stop))) stop++;
  if (stop - at < 4 || stop - at > 10) return 'code';
  const declares = isDeclarationKeyword(text.slice(at, stop));
  if (at > start) return declares && indentedDeclaration.test(text.slice(at, end)) ? 'declaration' : 'code';
  if (declares) return startsDeclaration(text, stop, end) ? 'declaration' : 'code';
  return looksMisspelt(text.slice(start, end)) ? 'declaration' : 'code';
}

/** A keyword at the start of a line, unless it is a name there: `data: 3`, `model.x`, `train = 3`, `block(…)`, `models`. */
function startsDeclaration(text: string, stop: number, end: number): boolean {
  if (stop < end && isNameCharacter(text, stop)) return false;
  let next = stop;
  while (next < end && isSpace(text.charCodeAt(next))) next++;
  return next === end || !':.=(,'.includes(text[next] ?? '');
}

function isLower(code: number): boolean {
  return code >= 97 && code <= 122;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 13 || code === 0xfeff || code === 0xa0;
}

function looksMisspelt(line: string): boolean {
  if (line.length > 300 || !/[{}]\s*$/.test(line)) return false;
  const word = misspelt.exec(line.trimEnd())?.[1];
  return word !== undefined && nearest(word, keywords.declaration) !== undefined;
}
