/** `x = …`, `x: type = …`, `(a, b) = …`; what is said of half of one, and of a value that nothing is done with. */
import type { Bind, BindPart, Expr, Name, OutputStmt } from '../tree.ts';
import { closeBracket, separator } from './brackets.ts';
import { type Lack, parseExpr } from './expressions.ts';
import { startsOperand } from './starts.ts';
import {
  accept,
  advance,
  allowBreak,
  at,
  gap,
  isSign,
  lastToken,
  missing,
  nameOf,
  type Parser,
  peek,
  previousEnd,
  raw,
  report,
  skipLine,
  takeName,
} from './state.ts';
import { parseType, startsType } from './types.ts';

/** Keywords of other languages that stand before a binding. */
const needless: ReadonlySet<string> = new Set(['let', 'const', 'var', 'val', 'def', 'auto']);

/** `x = …`, `x: type = …`, `(a, b) = …`, or half of one. Also used in sections. */
export function parseBinding(p: Parser): Bind | OutputStmt | undefined {
  const token = raw(p);
  if (isSign(token, '(')) {
    const close = p.partner[p.index] ?? -1;
    if (close >= 0 && isSign(p.tokens[close + 1], '=')) return parseTupleBind(p);
    return unused(p);
  }
  if (token.kind !== 'name') return startsOperand(token) ? unused(p) : misfit(p);
  const next = raw(p, 1);
  if (!next.first && next.kind === 'name' && needless.has(token.text) && isSign(raw(p, 2), '=')) {
    const span = { start: token.start, end: next.start };
    report(
      p,
      'needless-keyword',
      { start: token.start, end: token.end },
      {
        values: { word: token.text, name: next.text },
        fixes: [{ name: 'remove', edits: [{ at: span, newText: '' }] }],
      },
    );
    advance(p);
    return parseBinding(p);
  }
  if (token.text === 'return' && startsOperand(next) && !next.first) return returned(p);
  if (isSign(next, '=') || isSign(next, ':')) return parseBind(p);
  if (!next.first && (next.kind === 'name' || next.kind === 'number' || next.kind === 'string')) {
    const name = nameOf(advance(p));
    const value = equalsAndValue(p, name, name.text);
    const part: BindPart = { ...span(name), name, type: undefined };
    return { kind: 'bind', start: name.start, end: previousEnd(p), parts: [part], tuple: false, value };
  }
  return unused(p);
}

function span(node: { readonly start: number; readonly end: number }) {
  return { start: node.start, end: node.end };
}

function parseBind(p: Parser): Bind {
  const name = nameOf(advance(p));
  const type = at(p, ':') ? typeAfterName(p, name, '', false) : undefined;
  const part: BindPart = { start: name.start, end: previousEnd(p), name, type };
  const value = equalsAndValue(p, name, name.text);
  return { kind: 'bind', start: name.start, end: previousEnd(p), parts: [part], tuple: false, value };
}

function parseTupleBind(p: Parser): Bind {
  const open = p.index;
  const { start } = advance(p);
  const { group } = p;
  p.group = open;
  const parts: BindPart[] = [];
  while (peek(p) !== undefined && !at(p, ')')) {
    const token = raw(p);
    const name = takeName(p);
    if (name === undefined) {
      report(p, 'missing-name', token, { variant: 'part' });
      skipLine(p, ',', ')');
    } else {
      const type = at(p, ':') ? typeAfterName(p, name, '', false) : undefined;
      parts.push({ start: name.start, end: previousEnd(p), name, type });
    }
    if (!separator(p, ')')) break;
  }
  closeBracket(p, open, ')');
  p.group = group;
  const before = `(${parts.map((part) => part.name.text).join(', ')}) =`;
  const value = accept(p, '=') === undefined ? missing(p) : valueAfterEquals(p, before);
  return { kind: 'bind', start, end: previousEnd(p), parts, tuple: true, value };
}

/** `return x`: an output. */
function returned(p: Parser): OutputStmt {
  const token = advance(p);
  report(p, 'return', span(token), { fixes: [{ name: 'output', edits: [{ at: span(token), newText: 'output' }] }] });
  const value = parseExpr(p, { variant: 'output', values: { before: 'output' } });
  return {
    kind: 'output',
    start: token.start,
    end: previousEnd(p),
    name: undefined,
    type: undefined,
    value,
    whileTraining: false,
  };
}

/** A value that nothing is done with: kept as an output, so that it is checked while it is being typed. */
function unused(p: Parser): OutputStmt {
  const { start } = raw(p);
  const lack: Lack = { variant: 'here' };
  const index = p.index;
  const value = parseExpr(p, lack);
  const end = previousEnd(p);
  if (p.problems.at(-1)?.unfinished !== true || p.reportedAt < index) {
    p.reportedAt = -1;
    const insert = { start, end: start };
    report(
      p,
      'unused-value',
      { start, end },
      {
        variant: value.kind === 'name' ? 'word' : undefined,
        values: { text: p.text.slice(start, end) },
        fixes: [
          { name: 'output', edits: [{ at: insert, newText: 'output ' }] },
          { name: 'bind', edits: [{ at: insert, newText: 'x = ' }] },
        ],
        unfinished: true,
      },
    );
  }
  return { kind: 'output', start, end, name: undefined, type: undefined, value, whileTraining: false };
}

/** Something that no line starts with. */
export function misfit(p: Parser): undefined {
  const token = advance(p);
  p.index--;
  const closing = token.text === ')' || token.text === ']';
  report(p, closing ? 'unmatched' : 'unexpected', span(token), {
    values: { text: token.text },
    fixes: closing ? [{ name: 'remove', edits: [{ at: span(token), newText: '' }] }] : [],
  });
  advance(p);
  skipLine(p);
  return undefined;
}

/** An input's or part's type after its name, with the `:` that may be forgotten. */
export function typeAfterName(p: Parser, name: Name, word: string, input: boolean) {
  const colon = accept(p, ':');
  if (colon === undefined) {
    const next = peek(p);
    if (next !== undefined && (startsType(next) || next.kind === 'name')) {
      report(
        p,
        'missing-colon',
        { start: name.start, end: next.end },
        {
          variant: 'type',
          values: { name: name.text },
          fixes: [{ name: 'insert', edits: [{ at: gap(p), newText: ':' }] }],
        },
      );
      return parseType(p, input);
    }
    return undefined;
  }
  const type = parseType(p, input);
  if (type === undefined) {
    report(
      p,
      'missing-type',
      { start: name.start, end: colon.end },
      {
        values: { name: name.text, word },
        unfinished: true,
      },
    );
  }
  return type;
}

/** The expression after a `=`; the line may break there. */
export function valueAfterEquals(p: Parser, before: string): Expr {
  allowBreak(p);
  return parseExpr(p, { variant: 'binding', values: { before } });
}

/** `= value` after a name, where the `=` may have been forgotten. */
export function equalsAndValue(p: Parser, name: Name, before: string): Expr {
  if (accept(p, '=') !== undefined) return valueAfterEquals(p, `${before} =`);
  const next = peek(p);
  if (startsOperand(next)) {
    report(
      p,
      'missing-equals',
      { start: name.start, end: next.end },
      {
        values: { name: before },
        fixes: [{ name: 'insert', edits: [{ at: gap(p), newText: ' =' }] }],
      },
    );
    return parseExpr(p, { variant: 'here' });
  }
  report(p, 'missing-value', lastToken(p), { variant: 'binding', values: { before: `${before} =` }, unfinished: true });
  return missing(p);
}
