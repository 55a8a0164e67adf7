/**
 * The parser's state and its small moves. Every parse function takes the state, always returns a tree, and never throws.
 * A newline ends a statement except in `( )` and `[ ]`, or where the next line starts with `->` or an infix operator;
 * `peek` is the one place that decides it.
 */
import type { Problem } from '../../problem.ts';
import type { BodyKind, Expected, Place } from '../expected.ts';
import type { Lexed, Token } from '../lexer.ts';
import { type ProblemOptions, syntaxProblem } from '../problems.ts';
import { isDType, isInfix, isStatementKeyword } from '../tokens.ts';
import type { MissingExpr, Name, Span } from '../tree.ts';

/** Brackets deeper than this are an error; the parser recurses no further. */
export const nestingLimit = 120;
/** Trees (chains of operators and calls) higher than this are cut, so that no walk of a tree can overflow the stack. */
export const heightLimit = 250;

export interface Parser {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** For each bracket token the index of its partner, -1 where it has none. */
  readonly partner: Int32Array;
  readonly problems: Problem[];
  readonly expected: Expected[];
  readonly cursor: number | undefined;
  index: number;
  /** Inside `( )` or `[ ]`: index of the innermost open one, else -1. */
  group: number;
  /** In an `if` condition a `{` never starts a body. */
  noBody: boolean;
  /** A line break before this token is allowed and does not end the statement. */
  brokenAt: number;
  depth: number;
  /** Height of the expression that was returned last. */
  height: number;
  body: BodyKind;
  /** A body's `{` or a separator was taken just before this token: a statement may start on the same line. */
  separatedAt: number;
  /** The token at which the last problem was reported: one mistake gives one message. */
  reportedAt: number;
}

export function createParser(text: string, lexed: Lexed, cursor: number | undefined): Parser {
  return {
    text,
    tokens: lexed.tokens,
    partner: partners(lexed.tokens),
    problems: [...lexed.problems],
    expected: [],
    cursor,
    index: 0,
    group: -1,
    noBody: false,
    brokenAt: -1,
    depth: 0,
    height: 0,
    body: 'unit',
    separatedAt: 0,
    reportedAt: -1,
  };
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Pairs brackets; one that is closed by another kind stays without a partner. */
function partners(tokens: readonly Token[]): Int32Array {
  const partner = new Int32Array(tokens.length).fill(-1);
  const open: number[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'symbol') continue;
    if (token.text in closing) open.push(index);
    else if (token.text === ')' || token.text === ']' || token.text === '}') {
      let at = open.length - 1;
      while (at >= 0 && closing[tokens[open[at] ?? 0]?.text ?? ''] !== token.text) at--;
      const opener = open[at];
      if (opener === undefined) continue;
      open.length = at;
      partner[opener] = index;
      partner[index] = opener;
    }
  }
  return partner;
}

const nothing: Token = { kind: 'end', text: '', start: 0, end: 0, first: true, indent: 0 };

/** The token at `index + ahead`, whatever line it stands on. */
export function raw(p: Parser, ahead = 0): Token {
  return p.tokens[Math.min(p.index + ahead, p.tokens.length - 1)] ?? nothing;
}

/** The next token of this statement, or undefined where a newline (or the text) ends it. */
export function peek(p: Parser): Token | undefined {
  const token = raw(p);
  if (token.kind === 'end') return undefined;
  if (!token.first || p.index === p.brokenAt) return token;
  if (p.group >= 0) return startsStatement(p) ? undefined : token;
  return isInfix(token.kind, token.text) ? token : undefined;
}

/** Whether the next token of this statement is the sign or keyword `text`. */
export function at(p: Parser, text: string): boolean {
  const token = peek(p);
  return token !== undefined && token.text === text && token.kind !== 'name' && token.kind !== 'string';
}

export function isSign(token: Token | undefined, text: string): boolean {
  return token !== undefined && token.text === text && (token.kind === 'symbol' || token.kind === 'keyword');
}

export function advance(p: Parser): Token {
  const token = raw(p);
  if (p.index < p.tokens.length - 1) p.index++;
  return token;
}

export function accept(p: Parser, text: string): Token | undefined {
  return at(p, text) ? advance(p) : undefined;
}

/** End of the last token that was taken. */
export function previousEnd(p: Parser): number {
  return p.index === 0 ? raw(p).start : (p.tokens[p.index - 1]?.end ?? 0);
}

/** After an operator, `{`, `=>` and `,` the line may break, unless the next line starts a statement of its own. */
export function allowBreak(p: Parser): void {
  const token = raw(p);
  if (token.first && token.kind !== 'end' && !isSign(token, '}') && !startsStatement(p)) p.brokenAt = p.index;
}

/**
 * Whether the token at the start of this line begins a statement, so that an unfinished line before it ends here.
 * Inside an open bracket, `name:` only counts where that bracket is never closed (arguments may stand on their own lines).
 */
function startsStatement(p: Parser): boolean {
  const token = raw(p);
  if (token.kind === 'keyword') return isStatementKeyword(token.text);
  if (p.group >= 0 && isSign(token, '->') && p.partner[p.group] === -1) return true;
  if (token.kind === 'symbol' && token.text === '(') {
    const close = p.partner[p.index] ?? -1;
    return close >= 0 && isSign(p.tokens[close + 1], '=');
  }
  if (token.kind !== 'name') return false;
  const next = raw(p, 1);
  if (next.first || next.kind !== 'symbol') return false;
  if (p.group >= 0 && token.indent > (p.tokens[p.group]?.indent ?? 0)) return false;
  if (next.text === '=') return true;
  if (next.text !== ':') return false;
  if (p.group >= 0 && p.partner[p.group] !== -1) return false;
  return p.body !== 'unit' || bindsWithType(p);
}

/** Looks past `name : type` for the `=` that makes it a statement. */
export function bindsWithType(p: Parser): boolean {
  let ahead = 2;
  const first = raw(p, ahead);
  if (first.first || !(isDType(first.text) || isSign(first, '['))) return false;
  if (first.kind === 'name') ahead++;
  if (isSign(raw(p, ahead), '[')) {
    const close = p.partner[p.index + ahead] ?? -1;
    if (close < 0) return false;
    ahead = close + 1 - p.index;
  }
  return isSign(raw(p, ahead), '=');
}

// ---- problems

/** Reports unless something was already reported at this token. */
export function report(p: Parser, name: string, span: Span, options: ProblemOptions = {}): void {
  if (p.reportedAt === p.index) return;
  p.reportedAt = p.index;
  p.problems.push(syntaxProblem(name, span, options));
}

/** Just after the last token: where something is missing. */
export function gap(p: Parser): Span {
  const end = previousEnd(p);
  return { start: end, end };
}

/** Where to underline what is missing: the last token. */
export function lastToken(p: Parser): Span {
  const token = p.tokens[p.index - 1] ?? raw(p);
  return { start: token.start, end: token.end };
}

export function missing(p: Parser): MissingExpr {
  p.height = 1;
  return { kind: 'missing', ...gap(p) };
}

export function nameOf(token: Token): Name {
  return { text: token.text, start: token.start, end: token.end };
}

export function missingName(p: Parser): Name {
  return { text: '', ...gap(p) };
}

/** Takes a name of this statement; a missing one is reported by the caller. */
export function takeName(p: Parser): Name | undefined {
  const token = peek(p);
  return token?.kind === 'name' ? nameOf(advance(p)) : undefined;
}

/** Passes over the rest of the line, whole brackets included, up to `stop` signs of the same level. */
export function skipLine(p: Parser, ...stop: readonly string[]): void {
  const start = p.index;
  for (;;) {
    const token = raw(p);
    if (token.kind === 'end' || (token.first && p.index > start && p.index !== p.brokenAt)) return;
    if (token.kind === 'symbol') {
      if (stop.includes(token.text) || token.text === ';' || token.text === '}') return;
      const partner = p.partner[p.index] ?? -1;
      if (partner > p.index) p.index = partner;
    }
    advance(p);
  }
}

// ---- nesting

/** Parses one level deeper; beyond the limit reports once and passes over the bracket. */
export function nested<T>(p: Parser, parse: () => T, otherwise: () => T): T {
  if (p.depth >= nestingLimit) {
    tooDeep(p, raw(p));
    skipLine(p);
    return otherwise();
  }
  p.depth++;
  const result = parse();
  p.depth--;
  return result;
}

export function tooDeep(p: Parser, span: Span): void {
  if (p.problems.some((problem) => problem.code === 'syntax/too-deep')) return;
  report(p, 'too-deep', span, { values: { limit: nestingLimit } });
}

// ---- the cursor

/** Says what could stand here, if the cursor does: between the last token and the next, or in the word that comes next. */
export function expect(p: Parser, place: Place): void {
  const { cursor } = p;
  if (cursor === undefined) return;
  const before = p.index === 0 ? undefined : p.tokens[p.index - 1];
  if (before !== undefined && (cursor < before.end || (cursor === before.end && isWord(before)))) return;
  const next = raw(p);
  const typing = isWord(next) && cursor >= next.start && cursor <= next.end;
  if (!typing && cursor > next.start) return;
  p.expected.push({ place, replace: typing ? { start: next.start, end: next.end } : { start: cursor, end: cursor } });
}

/** As `expect`, but only where a statement may start: on a line of its own or after a separator. */
export function expectLine(p: Parser, place: Place): void {
  const { cursor } = p;
  if (cursor === undefined) return;
  const before = p.index === 0 ? undefined : p.tokens[p.index - 1];
  if (before === undefined || p.index === p.separatedAt || p.text.slice(before.end, cursor).includes('\n'))
    expect(p, place);
}

function isWord(token: Token): boolean {
  return token.kind === 'name' || token.kind === 'keyword' || token.kind === 'number' || token.kind === 'percent';
}
