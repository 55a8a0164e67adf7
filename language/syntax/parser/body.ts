/** A body in braces: its lines, their separators, and its closing. The same for every kind of declaration. */
import type { BodyKind } from '../expected.ts';
import type { Span } from '../tree.ts';
import { operatorOf, parseFlow, tellEquals } from './expressions.ts';
import { startsOperand } from './starts.ts';
import {
  advance,
  expectLine,
  gap,
  isSign,
  lastToken,
  missing,
  type Parser,
  peek,
  raw,
  report,
  skipLine,
} from './state.ts';

export interface BodyOf<T> {
  readonly items: readonly T[];
  readonly close: Span | undefined;
}

/** What a body belongs to, for the message that it is never closed. */
export interface Owner extends Span {
  readonly title: string;
}

/** Parses `{ … }`. Where the `{` is missing it is reported, and lines that follow are still read. */
export function parseBody<T>(p: Parser, kind: BodyKind, owner: Owner, item: (p: Parser) => T | undefined): BodyOf<T> {
  p.body = kind;
  if (!isSign(raw(p), '{')) {
    if (raw(p).kind !== 'end' && !raw(p).first) {
      report(p, 'unexpected', raw(p), { values: { text: raw(p).text }, unfinished: true });
      skipLine(p, '{');
    }
    if (!isSign(raw(p), '{')) {
      report(p, 'missing-body', owner, {
        values: { title: owner.title },
        fixes: [{ name: 'insert', edits: [{ at: gap(p), newText: ' {\n}' }] }],
        unfinished: true,
      });
      return { items: [], close: undefined };
    }
  }
  advance(p);
  p.separatedAt = p.index;
  const items: T[] = [];
  for (;;) {
    expectLine(p, { kind: 'statement', body: kind });
    const token = raw(p);
    if (token.kind === 'end') return { items, close: unclosed(p, owner) };
    if (isSign(token, '}')) {
      advance(p);
      return { items, close: { start: token.start, end: token.end } };
    }
    if (isSign(token, ';') || (kind !== 'unit' && isSign(token, ','))) {
      advance(p);
      p.separatedAt = p.index;
      continue;
    }
    const before = p.index;
    p.group = -1;
    p.noBody = false;
    p.depth = 0;
    p.brokenAt = p.index;
    const problems = p.problems.length;
    const parsed = item(p);
    if (parsed !== undefined) items.push(parsed);
    if (p.index === before) advance(p);
    else endLine(p, kind);
    if (p.problems.length > problems) passContinuation(p, kind);
  }
}

/** Lines that go on with a broken statement (`-> …`, `+ …`) belong to it: they are read, but are no mistake of their own. */
function passContinuation(p: Parser, kind: BodyKind): void {
  for (;;) {
    const token = raw(p);
    const before = p.index;
    if (!token.first || token.kind === 'end') return;
    if (isSign(token, '->')) parseFlow(p, missing(p));
    else if (token.kind === 'symbol' && operatorOf(token) !== undefined && token.text !== '-') skipLine(p);
    else return;
    if (p.index === before) return;
    endLine(p, kind);
  }
}

function unclosed(p: Parser, owner: Owner): undefined {
  const last = lastToken(p);
  p.reportedAt = -1;
  report(p, 'unclosed-declaration', owner, {
    values: { title: owner.title },
    related: [{ at: last, text: 'here' }],
    fixes: [{ name: 'close', edits: [{ at: gap(p), newText: '\n}' }] }],
    unfinished: true,
  });
  return undefined;
}

/** After a statement the line must end; what does not belong to it is reported once and passed over. */
export function endLine(p: Parser, kind: BodyKind | 'top'): void {
  const token = raw(p);
  if (token.kind === 'end' || isSign(token, '}') || isSign(token, ';')) return;
  if (kind !== 'unit' && kind !== 'top' && isSign(token, ',')) return;
  if (token.first && p.index !== p.brokenAt && peek(p) === undefined) return;
  if (token.text === ')' || token.text === ']') {
    report(p, 'unmatched', token, {
      values: { text: token.text },
      fixes: [{ name: 'remove', edits: [{ at: { start: token.start, end: token.end }, newText: '' }] }],
    });
  } else if (isSign(token, '=') && lastToken(p).end <= token.start) {
    // `a = b = c` may bind twice, as in Python.
    if (kind === 'unit') report(p, 'unexpected', token, { variant: 'equals', values: { text: token.text } });
    else tellEquals(p, token);
  } else {
    const variant = startsOperand(token) ? 'operand' : undefined;
    report(p, 'unexpected', token, { variant, values: { text: token.text } });
  }
  skipLine(p);
}
