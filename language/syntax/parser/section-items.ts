/** The lines of sections: `key: value`, fields of data, bindings. */
import { isSectionKey, type SectionName } from '../sections.ts';
import type { Bind, DataItem, Entry, Expr, Field, Name, OutputStmt } from '../tree.ts';
import { misfit, parseBinding, valueAfterEquals } from './bindings.ts';
import { type Lack, parseExpr } from './expressions.ts';
import { startsOperand } from './starts.ts';
import {
  accept,
  advance,
  allowBreak,
  bindsWithType,
  expect,
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
} from './state.ts';
import { parseType, startsType } from './types.ts';

/** A line of `data`: a key of the section, else a field (its `:` is followed by a type), else a binding. */
export function parseDataItem(p: Parser): DataItem | undefined {
  const token = raw(p);
  const colon = raw(p, 1);
  const typed =
    token.kind === 'name' && isSign(colon, ':') && !colon.first && (startsType(raw(p, 2)) || misspeltType(p));
  if (typed && !isSectionKey('data', token.text)) return parseField(p);
  return parseRunItem(p, 'data');
}

/** `label: int23 = …`, `image: flaot32[28] = …`: only a field has a `=` behind its type. */
function misspeltType(p: Parser): boolean {
  const dtype = raw(p, 2);
  if (dtype.kind !== 'name' || dtype.first) return false;
  const open = raw(p, 3);
  if (isSign(open, '=')) return !open.first;
  const close = isSign(open, '[') && !open.first ? (p.partner[p.index + 3] ?? -1) : -1;
  return close > 0 && isSign(raw(p, close + 1 - p.index), '=');
}

function parseField(p: Parser): Field | undefined {
  const name = nameOf(advance(p));
  advance(p);
  const type = parseType(p, false);
  if (type === undefined) return undefined;
  const value = accept(p, '=') === undefined ? undefined : valueAfterEquals(p, `${name.text} =`);
  return { kind: 'field', start: name.start, end: previousEnd(p), name, type, value };
}

/** A line of `train`, `tune`, `evaluate` (or of `data`, fields aside): `key: value` or a binding. */
export function parseRunItem(p: Parser, section: SectionName): Entry | Bind | undefined {
  const token = raw(p);
  const next = raw(p, 1);
  if (token.kind !== 'name')
    return token.kind === 'symbol' && token.text === '(' ? bindOnly(parseBinding(p)) : misfit(p);
  if (isSign(next, ':') && !next.first) return bindsWithType(p) ? bindOnly(parseBinding(p)) : parseEntry(p, section);
  const key = isSectionKey(section, token.text);
  if (isSign(next, '=') && !next.first) return key ? parseEntry(p, section) : bindOnly(parseBinding(p));
  if (key || next.first || isSign(next, '}') || next.kind === 'end') return halfEntry(p, section);
  return bindOnly(parseBinding(p));
}

/** A line of `export`: entries only. */
export function parseExportItem(p: Parser): Entry | undefined {
  const item = parseRunItem(p, 'export');
  if (item?.kind !== 'bind') return item;
  report(p, 'unexpected', { start: item.start, end: item.end }, { variant: 'bind', values: { text: '=' } });
  return undefined;
}

/** A value without a name is no line of a section: it was reported, and nothing is kept of it. */
function bindOnly(item: Bind | OutputStmt | undefined): Bind | undefined {
  return item?.kind === 'bind' ? item : undefined;
}

function parseEntry(p: Parser, section: SectionName): Entry {
  const key = nameOf(advance(p));
  const sign = advance(p);
  if (sign.text === '=') {
    const newText = p.text[sign.end] === ' ' ? ':' : ': ';
    p.reportedAt = -1;
    report(
      p,
      'setting-equals',
      { start: sign.start, end: sign.end },
      {
        values: { name: key.text },
        fixes: [{ name: 'colon', edits: [{ at: { start: key.end, end: sign.end }, newText }] }],
      },
    );
  }
  return entry(p, section, key);
}

function entry(p: Parser, section: SectionName, key: Name): Entry {
  allowBreak(p);
  expect(p, { kind: 'entry', section, key });
  const lack: Lack = { variant: 'entry', values: { name: key.text } };
  const value = unbracketed(p, parseExpr(p, lack));
  return { kind: 'entry', start: key.start, end: Math.max(previousEnd(p), value.end), key, value };
}

/** `metrics: mae(a, b), r2(a, b)`: values in a row, where a comma would begin the next entry. */
function unbracketed(p: Parser, first: Expr): Expr {
  const items = [first];
  while (isSign(raw(p), ',') && startsValue(p)) {
    advance(p);
    items.push(parseExpr(p, { variant: 'here' }));
  }
  if (items.length === 1) return first;
  const { start } = first;
  const end = previousEnd(p);
  const edits = [
    { at: { start, end: start }, newText: '[' },
    { at: { start: end, end }, newText: ']' },
  ];
  report(p, 'unexpected', { start, end }, { variant: 'list', fixes: [{ name: 'list', edits }] });
  return { kind: 'list', start, end, items };
}

/** Whether a value and no entry stands behind the comma, in its line. */
function startsValue(p: Parser): boolean {
  const next = raw(p, 1);
  const sign = raw(p, 2);
  return startsOperand(next) && !next.first && !isSign(sign, ':') && !isSign(sign, '=');
}

/** `epochs 5` or `epochs` alone. */
function halfEntry(p: Parser, section: SectionName): Entry | undefined {
  const key = nameOf(advance(p));
  const next = peek(p);
  if (startsOperand(next)) {
    report(
      p,
      'missing-colon',
      { start: key.start, end: next.end },
      {
        variant: 'entry',
        values: { name: key.text },
        fixes: [{ name: 'insert', edits: [{ at: gap(p), newText: ':' }] }],
      },
    );
    return entry(p, section, key);
  }
  report(p, 'missing-value', lastToken(p), { variant: 'key', values: { name: key.text, section }, unfinished: true });
  return { kind: 'entry', start: key.start, end: key.end, key, value: missing(p) };
}
