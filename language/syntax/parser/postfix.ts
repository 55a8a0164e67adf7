/** Primaries and what may follow them: calls, bodies in braces, members, indices. */
import type { Token } from '../lexer.ts';
import type { Body, Expr, IfExpr, IndexItem, Name } from '../tree.ts';
import { parseArgs } from './arguments.ts';
import { closeBrace, closeBracket, separator } from './brackets.ts';
import { climb, parseExpr, parseFlow, parseOperators } from './expressions.ts';
import { startsOperand } from './starts.ts';
import {
  accept,
  advance,
  allowBreak,
  at,
  expect,
  gap,
  heightLimit,
  isSign,
  missing,
  missingName,
  nameOf,
  nested,
  type Parser,
  peek,
  previousEnd,
  raw,
  report,
  tooDeep,
} from './state.ts';
import { stringExpr } from './strings.ts';

export function parsePostfix(p: Parser): Expr {
  let value = parsePrimary(p);
  for (;;) {
    const token = peek(p);
    if (token === undefined || token.first || token.kind !== 'symbol' || !takes(value, token, p.noBody)) return value;
    const height = p.height;
    const next = follow(p, value, token);
    p.height = Math.max(height, p.height) + 1;
    if (p.height > heightLimit) {
      tooDeep(p, token);
      p.height = height;
    } else value = next;
  }
}

/** Whether `token` may follow `value`: a number is never called, a text never indexed. */
function takes(value: Expr, token: Token, noBody: boolean): boolean {
  const called = value.kind === 'name' || value.kind === 'member' || value.kind === 'call';
  switch (token.text) {
    case '(':
      return called || value.kind === 'index' || value.kind === 'paren';
    case '{':
      return !noBody && called && (value.kind !== 'call' || value.body === undefined);
    case '[':
    case '.':
      return called || value.kind === 'index' || value.kind === 'paren' || value.kind === 'tuple';
    default:
      return false;
  }
}

function follow(p: Parser, value: Expr, token: Token): Expr {
  switch (token.text) {
    case '(': {
      const args = parseArgs(p, value);
      return { kind: 'call', start: value.start, end: previousEnd(p), callee: value, args, body: undefined };
    }
    case '{': {
      const body = parseBody(p, value);
      if (value.kind === 'call') return { ...value, end: body.end, body };
      return { kind: 'call', start: value.start, end: body.end, callee: value, args: undefined, body };
    }
    case '.':
      return parseMember(p, value);
    default:
      return parseIndex(p, value);
  }
}

function parseMember(p: Parser, object: Expr): Expr {
  advance(p);
  expect(p, { kind: 'member', object });
  const token = peek(p);
  let name: Name = missingName(p);
  if (token?.kind === 'name' && !token.first) name = nameOf(advance(p));
  else report(p, 'missing-name', gap(p), { variant: 'member', unfinished: true });
  p.height = 1;
  return { kind: 'member', start: object.start, end: name.end, object, name };
}

/** `{ LSTM(64) }` or `{ i => Layer(2 ** i) }`. */
function parseBody(p: Parser, callee: Expr): Body {
  const open = p.index;
  const start = raw(p).start;
  return nested(
    p,
    () =>
      inBraces(p, open, () => {
        let param: Name | undefined;
        if (peek(p)?.kind === 'name' && isSign(raw(p, 1), '=>')) {
          param = nameOf(advance(p));
          advance(p);
          allowBreak(p);
        }
        expect(p, { kind: 'body', callee });
        const value = parseExpr(p, { variant: 'body' });
        return () => ({ start, end: previousEnd(p), param, value });
      }),
    () => ({ start, end: previousEnd(p), param: undefined, value: missing(p) }),
  );
}

/** Opens `{`, parses, closes `}`; a line may break after the one and before the other. */
function inBraces<T>(p: Parser, open: number, parse: () => () => T): T {
  const { group, noBody } = p;
  advance(p);
  p.group = -1;
  p.noBody = false;
  allowBreak(p);
  const finish = parse();
  closeBrace(p, open);
  p.group = group;
  p.noBody = noBody;
  return finish();
}

// ---- primaries

function parsePrimary(p: Parser): Expr {
  const token = peek(p);
  p.height = 1;
  if (token === undefined) return missing(p);
  const span = { start: token.start, end: token.end };
  switch (token.kind) {
    case 'name':
      advance(p);
      return { kind: 'name', ...span, text: token.text };
    case 'number':
    case 'percent': {
      advance(p);
      return number(token);
    }
    case 'string':
      advance(p);
      return stringExpr(p, token);
    case 'keyword':
      if (token.text === 'if') return parseIf(p);
      advance(p);
      return { kind: 'bool', ...span, value: token.text === 'true' };
    case 'symbol':
      return token.text === '(' ? parseParen(p) : parseList(p);
    case 'end':
      return missing(p);
  }
}

function number(token: Token): Expr {
  const percent = token.kind === 'percent';
  const digits = token.text.replaceAll('_', '').replace('%', '');
  const read = Number(digits);
  const value = Number.isNaN(read) ? Number.parseFloat(digits) || 0 : read;
  return {
    kind: 'number',
    start: token.start,
    end: token.end,
    value: percent ? value / 100 : value,
    whole: !percent && !/[.eE]/.test(digits),
    percent,
  };
}

/** `(x)`, or a tuple as soon as there is a comma or a name. */
function parseParen(p: Parser): Expr {
  const { start } = raw(p);
  return nested<Expr>(
    p,
    () => {
      const { noBody } = p;
      p.noBody = false;
      const args = parseArgs(p, undefined);
      p.noBody = noBody;
      p.height++;
      const end = previousEnd(p);
      const [only] = args.items;
      if (only === undefined) {
        report(p, 'missing-value', { start, end }, { variant: 'parentheses', unfinished: true });
        return { kind: 'paren', start, end, value: { kind: 'missing', start: start + 1, end: start + 1 } };
      }
      if (args.items.length === 1 && only.name === undefined && !endsWithComma(p)) {
        return { kind: 'paren', start, end, value: only.value };
      }
      return { kind: 'tuple', start, end, items: args.items };
    },
    () => missing(p),
  );
}

/** Whether the bracket that was just closed has a comma before its end: `(x,)`. */
function endsWithComma(p: Parser): boolean {
  return isSign(p.tokens[p.index - 2], ',') || isSign(p.tokens[p.index - 1], ',');
}

function parseList(p: Parser): Expr {
  const open = p.index;
  const { start } = raw(p);
  return nested<Expr>(
    p,
    () => {
      const items: Expr[] = [];
      const height = inSquares(p, open, () => {
        items.push(parseExpr(p, { variant: 'item' }));
      });
      p.height = height + 1;
      return { kind: 'list', start, end: previousEnd(p), items };
    },
    () => missing(p),
  );
}

/** The items between `[` and `]`; answers the height of the highest. */
function inSquares(p: Parser, open: number, item: () => void): number {
  const { group, noBody } = p;
  advance(p);
  p.group = open;
  p.noBody = false;
  let height = 0;
  for (;;) {
    const token = peek(p);
    if (token === undefined || isSign(token, ']') || isSign(token, '}') || isSign(token, ')')) {
      expect(p, { kind: 'value' });
      break;
    }
    item();
    height = Math.max(height, p.height);
    if (!separator(p, ']')) break;
  }
  closeBracket(p, open, ']');
  p.group = group;
  p.noBody = noBody;
  return height;
}

function parseIndex(p: Parser, object: Expr): Expr {
  const open = p.index;
  return nested(
    p,
    () => {
      const items: IndexItem[] = [];
      p.height = inSquares(p, open, () => {
        items.push(parseIndexItem(p));
      });
      if (items.length === 0) {
        report(
          p,
          'missing-value',
          { start: p.tokens[open]?.start ?? 0, end: previousEnd(p) },
          { variant: 'index', unfinished: true },
        );
      }
      return { kind: 'index', start: object.start, end: previousEnd(p), object, items };
    },
    () => object,
  );
}

/** `...`, `a..b by s` with any part left out, or a value. */
function parseIndexItem(p: Parser): IndexItem {
  const token = raw(p);
  const rest = accept(p, '...');
  if (rest !== undefined) return { kind: 'rest', start: rest.start, end: rest.end };
  const from = at(p, '..') ? undefined : parseOperators(p, 4, { variant: 'index' });
  if (!at(p, '..')) {
    const value = from === undefined ? missing(p) : parseFlow(p, climb(p, from, 1));
    return { kind: 'at', start: value.start, end: value.end, value };
  }
  const { start } = from ?? token;
  advance(p);
  let height = p.height;
  const to = startsOperand(peek(p)) && !isBy(p) ? parseOperators(p, 4) : undefined;
  height = Math.max(height, p.height);
  let by: Expr | undefined;
  if (isBy(p)) {
    advance(p);
    by = parseOperators(p, 4, { variant: 'operator', values: { operator: 'by' } });
  }
  p.height = Math.max(height, p.height);
  return { kind: 'slice', start, end: previousEnd(p), from, to, by };
}

/** `by` is a word of its own only before the step of a slice. */
function isBy(p: Parser): boolean {
  const token = peek(p);
  return token?.kind === 'name' && token.text === 'by' && !isSign(raw(p, 1), ']') && !isSign(raw(p, 1), ',');
}

/** `if a { x } else { y }`: in the condition a `{` never starts a body. */
function parseIf(p: Parser): Expr {
  const { start } = advance(p);
  return nested<Expr>(
    p,
    (): IfExpr => {
      const { noBody } = p;
      p.noBody = true;
      const condition = parseOperators(p, 1, { variant: 'condition' });
      p.noBody = noBody;
      let height = p.height;
      const then = parseBranch(p, 'if');
      height = Math.max(height, p.height);
      const otherwise = parseElse(p, start);
      p.height = Math.max(height, p.height) + 1;
      return { kind: 'if', start, end: previousEnd(p), condition, then, else: otherwise };
    },
    () => missing(p),
  );
}

function parseElse(p: Parser, start: number): Expr {
  if (!isSign(raw(p), 'else')) {
    report(
      p,
      'missing-else',
      { start, end: start + 2 },
      {
        fixes: [{ name: 'insert', edits: [{ at: gap(p), newText: ' else {  }' }] }],
        unfinished: true,
      },
    );
    return missing(p);
  }
  advance(p);
  if (at(p, '{')) return parseBranch(p, 'else');
  if (startsOperand(peek(p))) return parsePrimary(p);
  return parseBranch(p, 'else');
}

function parseBranch(p: Parser, word: string): Expr {
  const open = p.index;
  if (!at(p, '{')) {
    report(p, 'missing-branch', gap(p), { values: { word }, unfinished: true });
    return missing(p);
  }
  return inBraces(p, open, () => {
    const value = parseExpr(p, { variant: 'branch', values: { word } });
    return () => value;
  });
}
