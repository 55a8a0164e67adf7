/** Arguments in parentheses: `(32, 3, padding: same)`. Also the items of a tuple, where `callee` is left out. */

import { foreignSetting } from '../foreign.ts';
import { nameEnd, type Token } from '../lexer.ts';
import { syntaxProblem } from '../problems.ts';
import { isKeyword, startsUpper } from '../tokens.ts';
import type { Arg, ArgList, Expr, Name } from '../tree.ts';
import { closeBracket, separator } from './brackets.ts';
import { type Lack, parseExpr } from './expressions.ts';
import { startsOperand } from './starts.ts';
import {
  advance,
  expect,
  gap,
  isSign,
  lastToken,
  missing,
  nameOf,
  nested,
  type Parser,
  peek,
  previousEnd,
  raw,
  report,
} from './state.ts';

/** Opens at the `(` that is the next token. */
export function parseArgs(p: Parser, callee: Expr | undefined): ArgList {
  const open = p.index;
  const { start } = raw(p);
  return nested(
    p,
    () => {
      const { group, noBody } = p;
      const items: Arg[] = [];
      let height = 0;
      advance(p);
      p.group = open;
      p.noBody = false;
      while (more(p, callee, items)) {
        items.push(parseArg(p, callee, items));
        height = Math.max(height, p.height);
        if (!separator(p, ')')) break;
      }
      closeBracket(p, open, ')');
      p.group = group;
      p.noBody = noBody;
      p.height = height;
      return { start, end: previousEnd(p), items };
    },
    () => ({ start, end: previousEnd(p), items: [] }),
  );
}

/** Whether another item stands here; says what could. */
function more(p: Parser, callee: Expr | undefined, given: readonly Arg[]): boolean {
  if (callee !== undefined) expect(p, { kind: 'argument', callee, given: [...given] });
  const token = peek(p);
  if (token !== undefined && !isSign(token, ')') && !isSign(token, ']') && !isSign(token, '}')) return true;
  expect(p, { kind: 'value' });
  return false;
}

/** `activation='relu'`, as Python writes it: in a layer's settings that is the name. Reported in place of the quotes alone. */
function unquoted(p: Parser, callee: Expr | undefined, value: Expr): Expr {
  if (value.kind !== 'string' || p.text[value.start] !== "'" || callee?.kind !== 'name' || !startsUpper(callee.text)) {
    return value;
  }
  const text = value.value;
  if (text === '' || isKeyword(text) || nameEnd(text, 0) !== text.length || /^[0-9]/.test(text)) return value;
  const quotes = p.problems.findIndex(
    (problem) => problem.code === 'syntax/single-quotes' && problem.at.start === value.start,
  );
  if (quotes >= 0) p.problems.splice(quotes, 1);
  const span = { start: value.start, end: value.end };
  p.problems.push(
    syntaxProblem('quoted-name', span, {
      values: { name: text },
      fixes: [{ name: 'unquote', edits: [{ at: span, newText: text }] }],
    }),
  );
  return { kind: 'name', ...span, text };
}

function parseArg(p: Parser, callee: Expr | undefined, given: readonly Arg[]): Arg {
  const token = raw(p);
  const next = raw(p, 1);
  if (token.kind === 'name' && isSign(next, ':') && !next.first) return named(p, callee, given);
  if (token.kind === 'name' && isSign(next, '=') && !next.first) return named(p, callee, given);
  const value = unquoted(p, callee, parseExpr(p, { variant: 'argument' }));
  const following = peek(p);
  if (value.kind === 'name' && following !== undefined && !following.first && forgotColon(callee, following)) {
    const name: Name = { text: value.text, start: value.start, end: value.end };
    report(p, 'missing-colon', following, {
      variant: 'setting',
      values: { name: name.text },
      fixes: [{ name: 'insert', edits: [{ at: gap(p), newText: ':' }] }],
    });
    const given = parseExpr(p, { variant: 'setting', values: { name: name.text } });
    return { start: name.start, end: given.end, name, value: given };
  }
  return { start: value.start, end: Math.max(value.end, value.start), name: undefined, value };
}

/** `kernel 3`: a setting and its value. Before another name only for a layer: a function takes values, and lacks a comma. */
function forgotColon(callee: Expr | undefined, following: Token): boolean {
  if (callee === undefined || !startsOperand(following)) return false;
  if (following.kind !== 'name') return true;
  return callee.kind === 'name' && startsUpper(callee.text);
}

function named(p: Parser, callee: Expr | undefined, given: readonly Arg[]): Arg {
  const name = nameOf(advance(p));
  const sign = raw(p);
  if (sign.text === '=') {
    const tight = sign.start === name.end ? name.end : sign.start;
    const spaced = p.text[sign.end] === ' ' ? ':' : ': ';
    report(
      p,
      'setting-equals',
      { start: sign.start, end: sign.end },
      {
        values: { name: name.text },
        fixes: [
          { name: 'colon', edits: [{ at: { start: Math.min(tight, name.end), end: sign.end }, newText: spaced }] },
        ],
      },
    );
  }
  advance(p);
  if (callee !== undefined) expect(p, { kind: 'setting', callee, name, given: [...given] });
  const lack: Lack = { variant: 'setting', values: { name: name.text } };
  if (!startsOperand(peek(p))) {
    expect(p, { kind: 'value' });
    report(p, 'missing-value', { start: name.start, end: lastToken(p).end }, { ...lack, unfinished: true });
    const value = missing(p);
    return { start: name.start, end: value.end, name, value };
  }
  const value = unquoted(p, callee, parseExpr(p, lack));
  if (sign.text === '=') {
    joinFixes(p, sign, value);
    alsoMend(p, sign, callee, name, value);
  }
  return { start: name.start, end: Math.max(value.end, name.end), name, value };
}

/** `padding='same'` is one habit, so it is one problem: its fix mends sign and quotes together. */
function joinFixes(p: Parser, sign: Token, value: Expr): void {
  const quotes = p.problems.findIndex(({ code, at }) => code === 'syntax/quoted-name' && at.start === value.start);
  const equals = p.problems.findIndex(({ code, at }) => code === 'syntax/setting-equals' && at.start === sign.start);
  const [first, second] = [p.problems[equals], p.problems[quotes]];
  const [colon, unquote] = [first?.fixes[0], second?.fixes[0]];
  if (!first || !colon || !unquote) return;
  p.problems[equals] = { ...first, fixes: [{ ...colon, edits: [...colon.edits, ...unquote.edits] }] };
  p.problems.splice(quotes, 1);
}

/** Settings whose text in Python is a name here. */
const NAMED: ReadonlySet<string> = new Set([
  'activation',
  'recurrent_activation',
  'padding',
  'init',
  'kernel_initializer',
  'bias_initializer',
  'interpolation',
]);

/** `kernel_size=3`, `activation="relu"`: whoever writes the sign of Python writes its names, too; one fix mends them all. */
function alsoMend(p: Parser, sign: Token, callee: Expr | undefined, name: Name, value: Expr): void {
  const at = p.problems.findIndex(
    (problem) => problem.code === 'syntax/setting-equals' && problem.at.start === sign.start,
  );
  const problem = p.problems[at];
  const [fix] = problem?.fixes ?? [];
  if (!problem || !fix) return;
  const edits = [...fix.edits];
  const ours = foreignSetting(callee?.kind === 'name' ? callee.text : '', name.text);
  if (ours !== undefined) edits.push({ at: { start: name.start, end: name.end }, newText: ours });
  const quoted = value.kind === 'string' && NAMED.has(name.text) && nameEnd(value.value, 0) === value.value.length;
  if (quoted && value.value !== '') edits.push({ at: { start: value.start, end: value.end }, newText: value.value });
  if (edits.length > fix.edits.length) p.problems[at] = { ...problem, fixes: [{ ...fix, edits }] };
}
