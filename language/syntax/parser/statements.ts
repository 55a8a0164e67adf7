/** The lines of models and blocks: `input`, `output`, `layer`, `require`, bindings; and what is said of half a line. */
import type { Bind, BindPart, Expr, InputStmt, LayerStmt, Name, OutputStmt, RequireStmt, Statement } from '../tree.ts';
import { closeBracket, separator } from './brackets.ts';
import { type Lack, parseExpr, parseOperators } from './expressions.ts';
import { startsOperand } from './starts.ts';
import {
  accept,
  advance,
  allowBreak,
  at,
  expect,
  gap,
  isSign,
  lastToken,
  missing,
  missingName,
  nameOf,
  type Parser,
  peek,
  previousEnd,
  raw,
  report,
  skipLine,
  takeName,
} from './state.ts';
import { stringExpr } from './strings.ts';
import { parseType, startsType } from './types.ts';

/** One line of a model or block; undefined where nothing of it could be used (it was reported). */
export function parseStatement(p: Parser): Statement | undefined {
  const token = raw(p);
  if (token.kind === 'keyword') {
    switch (token.text) {
      case 'input':
        return parseInput(p);
      case 'output':
        return parseOutput(p);
      case 'layer':
        return parseLayer(p);
      case 'require':
        return parseRequire(p);
    }
  }
  return parseBinding(p);
}

/** `a` input's or part's type after its name, with the `:` that may be forgotten. */
function typeAfterName(p: Parser, name: Name, word: string, input: boolean) {
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

function parseInput(p: Parser): InputStmt {
  const { start } = advance(p);
  expect(p, { kind: 'new-name' });
  const name = takeName(p) ?? missingName(p);
  if (name.text === '') report(p, 'missing-name', lastToken(p), { variant: 'input', unfinished: true });
  const type = typeAfterName(p, name, 'input', true);
  if (type === undefined) {
    report(
      p,
      'missing-type',
      { start, end: previousEnd(p) },
      {
        values: { name: name.text, word: 'input' },
        unfinished: true,
      },
    );
  }
  const value = accept(p, '=') === undefined ? undefined : valueAfterEquals(p, `input ${name.text} =`);
  return { kind: 'input', start, end: previousEnd(p), name, type, default: value };
}

/** The expression after a `=`; the line may break there. */
export function valueAfterEquals(p: Parser, before: string): Expr {
  allowBreak(p);
  return parseExpr(p, { variant: 'binding', values: { before } });
}

function parseOutput(p: Parser): OutputStmt {
  const { start } = advance(p);
  const next = raw(p, 1);
  const head = peek(p);
  const named = head?.kind === 'name' && !next.first && (isSign(next, '=') || isSign(next, ':'));
  if (!named) {
    expect(p, { kind: 'new-name' });
    const value = parseExpr(p, { variant: 'output', values: { before: 'output' } });
    return {
      kind: 'output',
      start,
      name: undefined,
      type: undefined,
      value,
      whileTraining: whileTraining(p),
      end: previousEnd(p),
    };
  }
  expect(p, { kind: 'new-name' });
  const name = nameOf(advance(p));
  const type = at(p, ':') ? typeAfterName(p, name, 'output', false) : undefined;
  let value: Expr | undefined;
  if (accept(p, '=') !== undefined) value = valueAfterEquals(p, `output ${name.text} =`);
  else if (p.body !== 'extern') {
    report(
      p,
      'missing-value',
      { start, end: previousEnd(p) },
      {
        variant: 'output-type',
        values: { name: name.text },
        unfinished: true,
      },
    );
    value = missing(p);
  }
  return { kind: 'output', start, name, type, value, whileTraining: whileTraining(p), end: previousEnd(p) };
}

function whileTraining(p: Parser): boolean {
  const token = peek(p);
  if (token?.kind !== 'name' || token.text !== 'while') return false;
  advance(p);
  expect(p, { kind: 'words', words: ['training'] });
  const next = peek(p);
  if (next?.kind === 'name' && next.text === 'training') {
    advance(p);
    return true;
  }
  report(
    p,
    'while-training',
    { start: token.start, end: next?.end ?? token.end },
    {
      fixes: [
        { name: 'insert', edits: [{ at: { start: token.end, end: next?.end ?? token.end }, newText: ' training' }] },
      ],
      unfinished: true,
    },
  );
  if (next?.kind === 'name') advance(p);
  return true;
}

function parseLayer(p: Parser): LayerStmt {
  const { start } = advance(p);
  expect(p, { kind: 'new-name' });
  const name = takeName(p) ?? missingName(p);
  if (name.text === '') report(p, 'missing-name', lastToken(p), { variant: 'layer', unfinished: true });
  const value = equalsAndValue(p, name, `layer ${name.text}`);
  return { kind: 'layer', start, end: previousEnd(p), name, value };
}

/** `= value` after a name, where the `=` may have been forgotten. */
function equalsAndValue(p: Parser, name: Name, before: string): Expr {
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

function parseRequire(p: Parser): RequireStmt {
  const { start } = advance(p);
  const condition = parseOperators(p, 1, { variant: 'require' });
  let why: RequireStmt['why'];
  if (accept(p, ',') !== undefined) {
    allowBreak(p);
    const token = peek(p);
    if (token?.kind === 'string') why = stringExpr(p, advance(p));
    else report(p, 'missing-value', lastToken(p), { variant: 'reason', unfinished: true });
  }
  return { kind: 'require', start, end: previousEnd(p), condition, why };
}

// ---- bindings

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
