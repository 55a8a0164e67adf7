/**
 * Cuts a chunk into tokens. Never fails: what is not part of the language is reported and left out, and signs of other
 * languages become the sign that was meant. Tokens never span lines.
 */
import type { Problem } from '../problem.ts';
import { syntaxProblem } from './problems.ts';
import { allSymbols, foreignSigns, isKeyword } from './tokens.ts';
import type { Span } from './tree.ts';

export type TokenKind = 'name' | 'keyword' | 'number' | 'percent' | 'string' | 'symbol' | 'end';

export interface Token extends Span {
  readonly kind: TokenKind;
  /** As written, except that signs of other languages read as the one that was meant. */
  readonly text: string;
  /** The first token of its line. */
  readonly first: boolean;
  /** Column of the first token of this token's line: how far the line is indented. */
  readonly indent: number;
}

export interface Lexed {
  /** The last one is `end`. */
  readonly tokens: readonly Token[];
  readonly comments: readonly Span[];
  /** Spans of what was left out, so that nothing of the text is lost. */
  readonly skipped: readonly Span[];
  readonly problems: readonly Problem[];
}

const nameStart = /[\p{L}_]/u;
const namePart = /[\p{L}\p{M}\p{N}_]/u;

export function isNameCharacter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || isDigit(code) || code === 95;
  return code >= 128 && namePart.test(characterAt(text, at));
}

function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function startsName(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) return !isDigit(code) && isNameCharacter(text, at);
  return nameStart.test(characterAt(text, at));
}

/** End of the name that starts at `at`. */
export function nameEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && isNameCharacter(text, end))
    end += text.charCodeAt(end) < 128 ? 1 : characterAt(text, end).length;
  return end;
}

export function lex(text: string): Lexed {
  const tokens: Token[] = [];
  const comments: Span[] = [];
  const skipped: Span[] = [];
  const problems: Problem[] = [];
  let at = 0;
  let first = true;
  let indent = 0;
  let lineStart = 0;
  const push = (kind: TokenKind, end: number, meant?: string) => {
    if (first) indent = at - lineStart;
    tokens.push({ kind, text: meant ?? text.slice(at, end), start: at, end, first, indent });
    first = false;
    at = end;
  };
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) {
      at++;
      first = true;
      lineStart = at;
    } else if (code === 32 || code === 9 || code === 0xfeff || code === 0xa0) {
      at++;
    } else if (code === 35) {
      const end = lineEnd(text, at);
      comments.push({ start: at, end });
      at = end;
    } else if (startsName(text, at)) {
      const end = nameEnd(text, at);
      push(reserved(text, at, end, tokens) ? 'keyword' : 'name', end);
    } else if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(at + 1)) && !touches(text, at))) {
      const number = numberAt(text, at, problems);
      push(number.percent ? 'percent' : 'number', number.end);
    } else if (code === 34 || code === 39) {
      push('string', stringEnd(text, at, problems));
    } else {
      const sign = signAt(text, at);
      if (sign === undefined) {
        const end = unknownEnd(text, at);
        skipped.push({ start: at, end });
        problems.push(
          syntaxProblem('unknown-character', { start: at, end }, { values: { text: text.slice(at, end) } }),
        );
        at = end;
      } else {
        if (sign.meant !== undefined) problems.push(foreignProblem(text, at, sign.end, sign.meant));
        const meant = sign.meant?.trim();
        push(meant !== undefined && isKeyword(meant) ? 'keyword' : 'symbol', sign.end, meant);
      }
    }
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length, first: true, indent: 0 });
  return { tokens, comments, skipped, problems };
}

function lineEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end++;
  return end;
}

/** Keywords are plain names after `.` and before `:` (but not before a `:` that stands on a later line). */
function reserved(text: string, start: number, end: number, tokens: readonly Token[]): boolean {
  if (!isKeyword(text.slice(start, end))) return false;
  if (tokens.at(-1)?.text === '.') return false;
  let next = end;
  while (text.charCodeAt(next) === 32) next++;
  return text.charCodeAt(next) !== 58;
}

/** Whether the character before `at` belongs to a name, number or bracket: then a `.` here is no decimal point. */
function touches(text: string, at: number): boolean {
  if (at === 0) return false;
  const before = text.charCodeAt(at - 1);
  return before === 46 || before === 41 || before === 93 || isNameCharacter(text, at - 1);
}

function numberAt(text: string, start: number, problems: Problem[]): { end: number; percent: boolean } {
  const match = /(?:\d[\d_]*)?(?:\.(?!\.)\d[\d_]*)?(?:[eE][+-]?\d+)?/y;
  match.lastIndex = start;
  match.exec(text);
  let end = match.lastIndex;
  // `1.` and `1.e5`: the point belongs to the number, unless it begins `..`.
  if (text[end] === '.' && text[end + 1] !== '.' && !startsName(text, end + 1)) end++;
  const stop = nameEnd(text, end);
  const written = text.slice(start, stop);
  if (stop > end || /__|_$|_\.|\._|\.$/.test(written)) {
    problems.push(syntaxProblem('number', { start, end: stop }, { values: { text: written } }));
    return { end: stop, percent: false };
  }
  if (text.charCodeAt(start) === 46) {
    problems.push(
      syntaxProblem(
        'leading-point',
        { start, end },
        {
          values: { text: written },
          fixes: [{ name: 'zero', edits: [{ at: { start, end: start }, newText: '0' }] }],
        },
      ),
    );
  }
  const percent = text[end] === '%' && text[end + 1] !== '(' && !isNameCharacter(text, end + 1);
  return { end: percent ? end + 1 : end, percent };
}

function stringEnd(text: string, start: number, problems: Problem[]): number {
  const quote = text.charCodeAt(start);
  const stop = lineEnd(text, start);
  let end = start + 1;
  while (end < stop && text.charCodeAt(end) !== quote) end += text.charCodeAt(end) === 92 && end + 1 < stop ? 2 : 1;
  const closed = end < stop;
  if (!closed) end = withoutTail(text, start + 1, stop);
  if (closed) end++;
  if (quote === 39) {
    const inner = text.slice(start + 1, closed ? end - 1 : end);
    const newText = `"${inner.replaceAll("\\'", "'").replaceAll('"', '\\"')}"`;
    problems.push(
      syntaxProblem(
        'single-quotes',
        { start, end },
        {
          values: { text: newText },
          fixes: [{ name: 'double', edits: [{ at: { start, end }, newText }] }],
        },
      ),
    );
  } else if (!closed) {
    problems.push(
      syntaxProblem(
        'unclosed-string',
        { start, end },
        {
          fixes: [{ name: 'close', edits: [{ at: { start: end, end }, newText: '"' }] }],
          unfinished: true,
        },
      ),
    );
  }
  return end;
}

/** What closes the line (`)`, `}`, spaces) is not meant to belong to a text that was left open. */
function withoutTail(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && ' \t)]},'.includes(text[end - 1] ?? '')) end--;
  return end;
}

const spacedArrow = /-[ \t]+>(?!=)/y;
const foreignStarts: ReadonlySet<number> = new Set(Object.keys(foreignSigns).map((sign) => sign.charCodeAt(0)));
const signs: ReadonlySet<string> = new Set(allSymbols);

/** The longest sign here; `meant` where it is one of another language. */
function signAt(text: string, at: number): { end: number; meant?: string } | undefined {
  const code = text.charCodeAt(at);
  if (code === 45) {
    spacedArrow.lastIndex = at;
    if (spacedArrow.test(text)) return { end: spacedArrow.lastIndex, meant: '->' };
  }
  if (foreignStarts.has(code)) {
    for (const sign of [text.slice(at, at + 2), text.slice(at, at + 1)]) {
      const foreign = Object.hasOwn(foreignSigns, sign) ? foreignSigns[sign] : undefined;
      if (foreign !== undefined) return { end: at + sign.length, meant: foreign.means };
    }
  }
  // `!x` means `not x`; a `!` before anything else belongs to `!=` or to nothing.
  if (code === 33 && text[at - 1] !== '!' && (startsName(text, at + 1) || text[at + 1] === '(')) {
    return { end: at + 1, meant: 'not ' };
  }
  for (let length = 3; length > 0; length--) {
    const sign = text.slice(at, at + length);
    if (signs.has(sign)) return { end: at + sign.length };
  }
  return undefined;
}

function foreignProblem(text: string, start: number, end: number, meant: string): Problem {
  const word = isKeyword(meant.trim());
  return syntaxProblem(
    meant === '->' ? 'arrow' : 'foreign-sign',
    { start, end },
    {
      values: { text: text.slice(start, end), meant: meant.trim() },
      fixes: [
        { name: 'replace', edits: [{ at: { start, end }, newText: word ? spaced(text, start, end, meant) : meant }] },
      ],
    },
  );
}

/** A word in place of a sign needs spaces around it. */
function spaced(text: string, start: number, end: number, word: string): string {
  const before = start > 0 && isNameCharacter(text, start - 1) ? ' ' : '';
  const after = end < text.length && isNameCharacter(text, end) ? ' ' : '';
  return `${before}${word.trim()}${after}`;
}

/** End of a run of characters that start no token. */
function unknownEnd(text: string, at: number): number {
  let end = at + characterAt(text, at).length;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (code <= 32 || code === 35 || code === 34 || code === 39 || isDigit(code)) break;
    if (startsName(text, end) || (signAt(text, end) !== undefined && text[end] !== '!' && text[end] !== '^')) break;
    end += characterAt(text, end).length;
  }
  return end;
}
