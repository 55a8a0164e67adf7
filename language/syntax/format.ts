/**
 * The formatter: spaces and indentation in one style, nothing else. It keeps every line break, comment and character that is
 * not white space; blank lines are kept as one. If the result did not read exactly as before, the text is returned untouched.
 */
import { type Lexed, lex, type Token } from './lexer.ts';
import { isTooLarge } from './parse.ts';
import { isDeclarationKeyword, isInfix } from './tokens.ts';

/** A piece of a line: a token, a comment, or characters that are not part of the language. */
interface Piece {
  readonly kind: Token['kind'] | 'comment' | 'skipped';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface Line {
  readonly pieces: readonly Piece[];
  /** Blank lines before it. */
  readonly blank: boolean;
}

const step = '  ';

export function format(text: string): string {
  if (isTooLarge(text)) return text;
  const lexed = lex(text);
  const lines = linesOf(text, lexed);
  if (lines.length === 0) return '';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const result = layOut(lines).join(eol) + eol;
  return reads(text, lexed) === reads(result, lex(result)) ? result : text;
}

/** What must not change: the tokens, comments and stray characters, without the spaces between them. */
function reads(text: string, lexed: Lexed): string {
  return pieces(text, lexed)
    .map((piece) => `${piece.kind} ${piece.text}`)
    .join('\n');
}

function pieces(text: string, lexed: Lexed): readonly Piece[] {
  const slice = (span: { readonly start: number; readonly end: number }) => text.slice(span.start, span.end);
  const tokens = lexed.tokens
    .filter((token) => token.kind !== 'end')
    .map((token) => ({ kind: token.kind, text: slice(token), start: token.start, end: token.end }));
  const comments = lexed.comments.map((c) => ({ kind: 'comment' as const, text: slice(c).trimEnd(), ...c }));
  const skipped = lexed.skipped.map((s) => ({ kind: 'skipped' as const, text: slice(s), ...s }));
  return [...tokens, ...comments, ...skipped].sort((a, b) => a.start - b.start);
}

function linesOf(text: string, lexed: Lexed): readonly Line[] {
  const lines: { pieces: Piece[]; blank: boolean }[] = [];
  let before = 0;
  for (const piece of pieces(text, lexed)) {
    const breaks = text.slice(before, piece.start).split(/\r\n|\r|\n/).length - 1;
    const current = lines.at(-1);
    if (current === undefined || breaks > 0)
      lines.push({ pieces: [piece], blank: current !== undefined && breaks > 1 });
    else current.pieces.push(piece);
    before = piece.end;
  }
  return lines;
}

// ---- lines

interface Open {
  readonly close: string;
  /** Indentation of the line that opened it. */
  readonly indent: number;
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

function layOut(lines: readonly Line[]): string[] {
  const out: string[] = [];
  const open: Open[] = [];
  for (const [index, line] of lines.entries()) {
    const indent = indentOf(open, line, lines[index + 1]);
    if ((line.blank && !opens(lines[index - 1])) || needsBlank(lines, index, open)) out.push('');
    out.push(step.repeat(indent) + spaced(line.pieces));
    for (const piece of line.pieces) track(open, piece, indent);
  }
  return out;
}

/** A blank line directly after an opening bracket is dropped. */
function opens(line: Line | undefined): boolean {
  const last = line?.pieces.at(-1);
  return last?.kind === 'symbol' && last.text in closing;
}

function track(open: Open[], piece: Piece, indent: number): void {
  if (piece.kind !== 'symbol') return;
  const close = closing[piece.text];
  if (close !== undefined) open.push({ close, indent });
  else if (open.at(-1)?.close === piece.text) open.pop();
}

/** Levels of indentation: one for each open bracket's line, one more for a line that goes on with the statement before. */
function indentOf(open: readonly Open[], line: Line, next: Line | undefined): number {
  const first = line.pieces[0];
  if (first === undefined) return 0;
  let depth = open.length;
  if (first.kind === 'symbol' && open[depth - 1]?.close === first.text) {
    // A line that begins with closing brackets stands where the outermost of them was opened.
    for (const piece of line.pieces) {
      if (piece.kind !== 'symbol' || open[depth - 1]?.close !== piece.text) break;
      depth--;
    }
    return open[depth]?.indent ?? 0;
  }
  const inner = open[depth - 1];
  const base = inner === undefined ? 0 : inner.indent + 1;
  if (first.kind === 'comment') {
    const following = next?.pieces[0];
    const goesOn = following !== undefined && following.kind !== 'comment' && continues(following);
    return goesOn ? base + 1 : base;
  }
  return continues(first) && (inner === undefined || inner.close === '}') ? base + 1 : base;
}

function continues(piece: Piece): boolean {
  return isInfix(piece.kind, piece.text);
}

/** Declarations are set apart by a blank line; imports may stand together. */
function needsBlank(lines: readonly Line[], index: number, open: readonly Open[]): boolean {
  const line = lines[index];
  const before = lines[index - 1];
  if (line === undefined || before === undefined || open.length > 0 || line.blank) return false;
  if (before.pieces[0]?.kind === 'comment') return false;
  let at = index;
  while (lines[at]?.pieces[0]?.kind === 'comment' && !lines[at]?.blank) at++;
  const first = lines[at]?.pieces[0];
  if (lines[at]?.blank === true && at > index) return false;
  if (first?.kind !== 'keyword' || !isDeclarationKeyword(first.text)) return false;
  return !(first.text === 'import' && before.pieces[0]?.text === 'import');
}

// ---- spaces

function spaced(line: readonly Piece[]): string {
  let out = '';
  for (const [index, piece] of line.entries()) {
    if (gapBetween(line, index)) out += piece.kind === 'comment' ? '  ' : ' ';
    out += piece.text;
  }
  return out;
}

/** Whether a space stands between a piece and the one before it. */
function gapBetween(line: readonly Piece[], index: number): boolean {
  const left = line[index - 1];
  const right = line[index];
  if (left === undefined || right === undefined) return false;
  if (right.kind === 'comment' || left.kind === 'skipped' || right.kind === 'skipped') return true;
  const before = left.kind === 'symbol' ? left.text : '';
  const after = right.kind === 'symbol' ? right.text : '';
  if (before === '{' || after === '}') return !(before === '{' && after === '}');
  if (after === ',' || after === ';' || after === ')' || after === ']') return false;
  if (after === ':') return false;
  if (before === '(' || before === '[') return false;
  if (before === '.' || after === '.') return false;
  if (before === ',') return true;
  if (after === '..' || before === '..') return rangeGap(line, index);
  if (isPrefix(line, index - 1)) return false;
  if (after === '(' || after === '[') return !hugs(left);
  return true;
}

/** `0..255` is tight; before `by` and around a bare `..` in front of it there is a space. */
function rangeGap(line: readonly Piece[], index: number): boolean {
  const right = line[index];
  return right?.kind === 'name' && right.text === 'by' && line[index + 1]?.kind !== 'symbol';
}

/** A call or an index is written tight to what it belongs to; after a keyword or an operator there is a space. */
function hugs(left: Piece): boolean {
  if (left.kind === 'name' || left.kind === 'string') return true;
  return left.kind === 'symbol' && (left.text === ')' || left.text === ']' || left.text === '}');
}

/** Whether the piece is a sign in front of its operand: `-x`, but not `a - x`. */
function isPrefix(line: readonly Piece[], index: number): boolean {
  const piece = line[index];
  if (piece?.kind !== 'symbol' || piece.text !== '-') return false;
  const before = line[index - 1];
  if (before === undefined) return false;
  if (before.kind === 'keyword') return before.text !== 'true' && before.text !== 'false';
  return before.kind === 'symbol' && ![')', ']', '}'].includes(before.text);
}
