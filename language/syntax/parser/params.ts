/** Parameters of a unit or data section: `(filters: int, padding = same, inner: layer)`. */
import { nearest } from '../nearest.ts';
import { paramTypes } from '../tokens.ts';
import type { Name, Param, ParamType, Span } from '../tree.ts';
import { closeBracket, separator } from './brackets.ts';
import { parseExpr } from './expressions.ts';
import {
  accept,
  advance,
  allowBreak,
  at,
  expect,
  gap,
  isSign,
  nameOf,
  type Parser,
  peek,
  previousEnd,
  raw,
  report,
  skipLine,
} from './state.ts';

export function parseParams(p: Parser): readonly Param[] {
  if (!isSign(raw(p), '(') || raw(p).first) return [];
  const open = p.index;
  advance(p);
  const { group } = p;
  p.group = open;
  const params: Param[] = [];
  while (peek(p) !== undefined && !at(p, ')') && !at(p, '{') && !at(p, '}')) {
    const param = parseParam(p);
    if (param !== undefined) params.push(param);
    if (!separator(p, ')')) break;
  }
  closeBracket(p, open, ')');
  p.group = group;
  return params;
}

function parseParam(p: Parser): Param | undefined {
  expect(p, { kind: 'new-name' });
  const token = raw(p);
  if (token.kind !== 'name') {
    report(p, 'missing-name', token, { variant: 'param' });
    advance(p);
    skipLine(p, ',', ')');
    return undefined;
  }
  const name = nameOf(advance(p));
  let type: ParamType | undefined;
  if (accept(p, ':') !== undefined) type = parseParamType(p, name);
  else if (!at(p, '=') && (peek(p)?.kind === 'name' || at(p, 'layer'))) {
    report(
      p,
      'missing-colon',
      { start: name.start, end: raw(p).end },
      {
        variant: 'type',
        values: { name: name.text },
        fixes: [{ name: 'insert', edits: [{ at: gap(p), newText: ':' }] }],
      },
    );
    type = parseParamType(p, name);
  }
  let value: Param['default'];
  if (accept(p, '=') !== undefined) {
    allowBreak(p);
    value = parseExpr(p, { variant: 'binding', values: { before: `${name.text} =` } });
  }
  return { start: name.start, end: previousEnd(p), name, type, default: value };
}

function parseParamType(p: Parser, name: Name): ParamType | undefined {
  expect(p, { kind: 'param-type' });
  const token = peek(p);
  if (token === undefined) return lacking(p, name);
  if (isSign(token, '[')) {
    const open = p.index;
    advance(p);
    expect(p, { kind: 'param-type' });
    const of = isSign(peek(p), ']') ? lacking(p, name) : word(p);
    closeBracket(p, open, ']');
    return { start: token.start, end: previousEnd(p), of, list: true };
  }
  if (token.kind !== 'name' && !isSign(token, 'layer')) return lacking(p, name);
  const of = word(p);
  return { start: token.start, end: token.end, of, list: false };
}

function lacking(p: Parser, name: Name): undefined {
  report(p, 'missing-type', name, {
    variant: 'param',
    values: { name: name.text, all: paramTypes.join(', ') },
    unfinished: true,
  });
  return undefined;
}

const aliases: Readonly<Record<string, ParamType['of']>> = {
  integer: 'int',
  int32: 'int',
  number: 'float',
  float32: 'float',
  double: 'float',
  boolean: 'bool',
  str: 'string',
  text: 'string',
};

/** One of the parameter types, or the one that was meant. */
function word(p: Parser): ParamType['of'] {
  const token = peek(p);
  if (token === undefined || (token.kind !== 'name' && !isSign(token, 'layer'))) return undefined;
  advance(p);
  const known = paramTypes.find((t) => t === token.text);
  if (known !== undefined) return known;
  const span: Span = { start: token.start, end: token.end };
  const alias = Object.hasOwn(aliases, token.text) ? aliases[token.text] : undefined;
  const meant = alias ?? paramTypes.find((t) => t === nearest(token.text, paramTypes));
  p.reportedAt = -1;
  report(p, 'unknown-param-type', span, {
    variant: meant === undefined ? undefined : 'near',
    values: { name: token.text, meant: meant ?? '', all: paramTypes.join(', ') },
    fixes: meant === undefined ? [] : [{ name: 'replace', edits: [{ at: span, newText: meant }] }],
    unfinished: true,
  });
  return meant;
}
