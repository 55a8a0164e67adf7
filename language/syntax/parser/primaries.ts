/** What an expression is made of: names, numbers, texts, `( )`, `[ ]`, `if`. */
import type { Token } from '../lexer.ts';
import type { Expr, IfExpr } from '../tree.ts';
import { parseArgs } from './arguments.ts';
import { inBraces, inSquares } from './brackets.ts';
import { parseExpr, parseOperators } from './expressions.ts';
import { startsOperand } from './starts.ts';
import { advance, at, gap, isSign, missing, nested, type Parser, peek, previousEnd, raw, report } from './state.ts';
import { stringExpr } from './strings.ts';

export function parsePrimary(p: Parser): Expr {
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
      if (token.text === 'not') report(p, 'unexpected', token, { values: { text: 'not' } });
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
