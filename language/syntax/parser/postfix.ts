/** Primaries and what may follow them: calls, bodies in braces, members, indices. */
import type { Token } from '../lexer.ts';
import type { Body, Expr, Name } from '../tree.ts';
import { parseArgs } from './arguments.ts';
import { inBraces } from './brackets.ts';
import { parseExpr } from './expressions.ts';
import { parseIndex } from './indices.ts';
import { parsePrimary } from './primaries.ts';
import {
  advance,
  allowBreak,
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
