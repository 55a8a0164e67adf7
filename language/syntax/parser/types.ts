/** Types: `float32[28, 28, 1]`, `[H, W, C]`, `int32`. */

import type { Token } from '../lexer.ts';
import { nearest } from '../nearest.ts';
import { dtypes, isDType } from '../tokens.ts';
import type { DTypeName, Expr, ShapeExpr, Span, TypeExpr } from '../tree.ts';
import { closeBracket, separator } from './brackets.ts';
import { parseOperators } from './expressions.ts';
import { accept, advance, at, expect, isSign, type Parser, peek, previousEnd, raw, report } from './state.ts';

/** Names of element types elsewhere, and what they are called here. */
const aliases: Readonly<Record<string, DTypeName>> = {
  float: 'float32',
  f32: 'float32',
  double: 'float32',
  float16: 'float32',
  float64: 'float32',
  int: 'int32',
  int64: 'int32',
  int8: 'uint8',
  long: 'int32',
  i32: 'int32',
  u8: 'uint8',
  byte: 'uint8',
  boolean: 'bool',
  str: 'string',
  text: 'string',
};

/** Whether a type can start with this token. */
export function startsType(token: Token | undefined): boolean {
  return token !== undefined && (isSign(token, '[') || (token.kind === 'name' && isDType(token.text)));
}

/** A type, or undefined where none is written (the caller reports it). `input`: new names introduce dimensions. */
export function parseType(p: Parser, input: boolean): TypeExpr | undefined {
  expect(p, { kind: 'type' });
  const token = peek(p);
  if (token === undefined) return undefined;
  const start = token.start;
  let dtype: TypeExpr['dtype'];
  if (token.kind === 'name') {
    dtype = parseDType(p, advance(p));
    if (!at(p, '[') || raw(p).first) {
      if (at(p, '(')) return { start, dtype, shape: roundShape(p, input), end: previousEnd(p) };
      return { start, end: previousEnd(p), dtype, shape: undefined };
    }
  } else if (isSign(token, '(')) {
    const shape = roundShape(p, input);
    return shape === undefined ? undefined : { start, end: previousEnd(p), dtype, shape };
  } else if (!isSign(token, '[')) return undefined;
  const shape = parseShape(p, input);
  return { start, end: previousEnd(p), dtype, shape };
}

function parseDType(p: Parser, token: Token): TypeExpr['dtype'] {
  const span: Span = { start: token.start, end: token.end };
  if (isDType(token.text)) return { name: token.text, ...span };
  const meant = (Object.hasOwn(aliases, token.text) ? aliases[token.text] : undefined) ?? nearest(token.text, dtypes);
  p.reportedAt = -1;
  report(p, 'unknown-dtype', span, {
    values: { name: token.text, meant: meant ?? '', all: dtypes.join(', ') },
    variant: meant === undefined ? undefined : 'near',
    fixes: meant === undefined ? [] : [{ name: 'replace', edits: [{ at: span, newText: meant }] }],
    unfinished: true,
  });
  return meant !== undefined && isDType(meant) ? { name: meant, ...span } : undefined;
}

/** `(28, 28)` in place of `[28, 28]`: understood and mended. */
function roundShape(p: Parser, input: boolean): ShapeExpr | undefined {
  const open = raw(p);
  const close = p.tokens[p.partner[p.index] ?? -1];
  if (close === undefined) return undefined;
  report(
    p,
    'round-shape',
    { start: open.start, end: close.end },
    {
      fixes: [
        {
          name: 'square',
          edits: [
            { at: { start: open.start, end: open.end }, newText: '[' },
            { at: { start: close.start, end: close.end }, newText: ']' },
          ],
        },
      ],
    },
  );
  return parseShape(p, input);
}

function parseShape(p: Parser, input: boolean): ShapeExpr {
  const open = p.index;
  const start = advance(p).start;
  const group = p.group;
  p.group = open;
  const dims: ShapeExpr['dims'][number][] = [];
  const close = raw(p, -1).text === '(' ? ')' : ']';
  for (;;) {
    expect(p, { kind: 'dimension', input });
    const token = peek(p);
    if (token === undefined || isSign(token, close)) break;
    dims.push(parseDim(p));
    if (!separator(p, close)) break;
  }
  closeBracket(p, open, close);
  p.group = group;
  return { start, end: previousEnd(p), dims };
}

function parseDim(p: Parser): Expr | ({ readonly kind: 'rest' } & Span) {
  const rest = accept(p, '...');
  if (rest !== undefined) return { kind: 'rest', start: rest.start, end: rest.end };
  return parseOperators(p, 4);
}
