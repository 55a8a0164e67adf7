/** Declarations: what a chunk holds at most one of. */

import type { Token } from '../lexer.ts';
import { nearest } from '../nearest.ts';
import type { SectionName } from '../sections.ts';
import { type DeclarationKeyword, isDeclarationKeyword, keywords } from '../tokens.ts';
import type {
  Arg,
  DataDecl,
  Declaration,
  ExportDecl,
  ExternDecl,
  ImportDecl,
  Name,
  RunDecl,
  Span,
  StringExpr,
  UnitDecl,
  VariantDecl,
} from '../tree.ts';
import { parseArgs } from './arguments.ts';
import { type Owner, parseBody } from './body.ts';
import { parseParams } from './params.ts';
import { parseDataItem, parseExportItem, parseRunItem } from './section-items.ts';
import { startsOperand } from './starts.ts';
import {
  accept,
  advance,
  at,
  expect,
  expectLine,
  gap,
  isSign,
  lastToken,
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
import { parseStatement } from './statements.ts';
import { stringExpr } from './strings.ts';

/** What every declaration begins with. */
interface Head {
  readonly doc: string | undefined;
  readonly keyword: Span;
  readonly start: number;
}

/** The chunk's declaration, if it has one. What stands before or after it is reported once. */
export function parseDeclaration(p: Parser, doc: string | undefined): Declaration | undefined {
  expectLine(p, { kind: 'declaration' });
  const token = raw(p);
  if (token.kind === 'end') return undefined;
  const keyword = declarationKeyword(p, token);
  if (keyword === undefined) {
    outside(p);
    return undefined;
  }
  advance(p);
  const head: Head = { doc, keyword: { start: token.start, end: token.end }, start: token.start };
  const declaration = declarationOf(p, keyword, head);
  expectLine(p, { kind: 'declaration' });
  if (raw(p).kind !== 'end') outside(p);
  return declaration;
}

/** The keyword here, or the one that was meant: `modle Digits {`. */
function declarationKeyword(p: Parser, token: Token): DeclarationKeyword | undefined {
  if (token.kind === 'keyword' && isDeclarationKeyword(token.text)) return token.text;
  if (token.kind !== 'name' || raw(p, 1).kind !== 'name') return undefined;
  const meant = nearest(token.text, keywords.declaration);
  if (meant === undefined || !isDeclarationKeyword(meant)) return undefined;
  report(
    p,
    'unknown-declaration',
    { start: token.start, end: token.end },
    {
      variant: 'near',
      values: { text: token.text, meant },
      fixes: [{ name: 'replace', edits: [{ at: { start: token.start, end: token.end }, newText: meant }] }],
    },
  );
  return meant;
}

function declarationOf(p: Parser, keyword: DeclarationKeyword, head: Head): Declaration {
  switch (keyword) {
    case 'import':
      return parseImport(p, head);
    case 'model':
    case 'block':
      return parseUnit(p, keyword, head);
    case 'extern':
      return parseExtern(p, head);
    case 'data':
      return parseData(p, head);
    case 'train':
    case 'tune':
    case 'evaluate':
      return parseRun(p, keyword, head);
    case 'export':
      return parseExport(p, head);
  }
}

/** Text that belongs to no declaration. */
function outside(p: Parser): void {
  const token = raw(p);
  if (token.text === '}' || token.text === ')' || token.text === ']') {
    report(p, 'unmatched', token, {
      values: { text: token.text },
      fixes: [{ name: 'remove', edits: [{ at: { start: token.start, end: token.end }, newText: '' }] }],
    });
  } else {
    const comment = token.text === '//' && token.first;
    const meant = token.kind === 'name' ? nearest(token.text, keywords.declaration) : undefined;
    const fixes = comment
      ? [{ name: 'comment', edits: [{ at: { start: token.start, end: token.end }, newText: '#' }] }]
      : meant === undefined
        ? []
        : [{ name: 'replace', edits: [{ at: { start: token.start, end: token.end }, newText: meant }] }];
    report(
      p,
      'unknown-declaration',
      { start: token.start, end: token.end },
      {
        variant: comment ? 'comment' : meant === undefined ? undefined : 'near',
        values: { text: token.text, meant: meant ?? '' },
        fixes,
        unfinished: true,
      },
    );
  }
  p.index = p.tokens.length - 1;
}

/** The name of a declaration; a missing one is reported. */
function declaredName(p: Parser, what: string): Name {
  expect(p, { kind: 'new-name' });
  const name = takeName(p);
  if (name !== undefined) return name;
  report(p, 'missing-name', lastToken(p), { variant: 'declaration', values: { what }, unfinished: true });
  return missingName(p);
}

function ownerOf(p: Parser, head: Head, title: string): Owner {
  return { start: head.start, end: Math.max(head.keyword.end, previousEnd(p)), title: title.trim() };
}

function parseImport(p: Parser, head: Head): ImportDecl {
  const names: Name[] = [];
  do {
    expect(p, { kind: 'imported' });
    const name = takeName(p);
    if (name === undefined) break;
    names.push(name);
  } while (accept(p, ',') !== undefined);
  if (names.length === 0) report(p, 'missing-name', lastToken(p), { variant: 'import', unfinished: true });
  else if (!at(p, 'from')) expect(p, { kind: 'words', words: ['from'] });
  let from: StringExpr | undefined;
  const word = accept(p, 'from');
  const token = peek(p);
  if (token?.kind === 'string') from = stringExpr(p, advance(p));
  else {
    report(p, 'missing-from', lastToken(p), {
      values: { names: names.map((n) => n.text).join(', ') },
      unfinished: true,
    });
  }
  if (word === undefined && from !== undefined) {
    p.reportedAt = -1;
    report(p, 'missing-from', from, {
      variant: 'word',
      fixes: [{ name: 'insert', edits: [{ at: { start: from.start, end: from.start }, newText: 'from ' }] }],
    });
  }
  if (peek(p) !== undefined) {
    report(p, 'unexpected', raw(p), { values: { text: raw(p).text } });
    skipLine(p);
  }
  return { kind: 'import', ...head, end: previousEnd(p), names, from };
}

function parseUnit(p: Parser, unit: 'model' | 'block', head: Head): UnitDecl | VariantDecl {
  const name = declaredName(p, unit);
  const owner = ownerOf(p, head, `${unit} ${name.text}`);
  if (accept(p, '=') !== undefined) return parseVariant(p, unit, head, name);
  const params = parseParams(p);
  const body = parseBody(p, 'unit', owner, parseStatement);
  return { kind: 'unit', ...head, end: previousEnd(p), unit, name, params, body: body.items, close: body.close };
}

/** `model MixerS16 = Mixer(width: 512)`. */
function parseVariant(p: Parser, unit: 'model' | 'block', head: Head, name: Name): VariantDecl {
  expect(p, { kind: 'unit' });
  const of = takeName(p) ?? missingName(p);
  if (of.text === '')
    report(p, 'missing-name', lastToken(p), { variant: 'of', values: { name: name.text }, unfinished: true });
  const args = callArgs(p, of);
  if (peek(p) !== undefined) {
    report(p, 'unexpected', raw(p), { values: { text: raw(p).text } });
    skipLine(p);
  }
  return { kind: 'variant', ...head, end: previousEnd(p), unit, name, of, args };
}

function callArgs(p: Parser, name: Name): readonly Arg[] {
  if (!isSign(peek(p), '(') || raw(p).first) return [];
  return parseArgs(p, { kind: 'name', text: name.text, start: name.start, end: name.end }).items;
}

function parseExtern(p: Parser, head: Head): ExternDecl {
  if (!isSign(raw(p), 'block')) {
    report(
      p,
      'extern-block',
      { start: head.start, end: head.keyword.end },
      {
        fixes: [{ name: 'insert', edits: [{ at: gap(p), newText: ' block' }] }],
        unfinished: true,
      },
    );
  } else advance(p);
  const name = declaredName(p, 'extern block');
  const owner = ownerOf(p, head, `extern block ${name.text}`);
  const params = parseParams(p);
  let from: StringExpr | undefined;
  if (accept(p, 'from') !== undefined && peek(p)?.kind === 'string') from = stringExpr(p, advance(p));
  if (from === undefined)
    report(p, 'missing-from', lastToken(p), { variant: 'extern', values: { name: name.text }, unfinished: true });
  const body = parseBody(p, 'extern', owner, parseStatement);
  return { kind: 'extern', ...head, end: previousEnd(p), name, params, from, body: body.items, close: body.close };
}

function parseData(p: Parser, head: Head): DataDecl {
  const name = declaredName(p, 'data');
  const owner = ownerOf(p, head, `data ${name.text}`);
  const params = parseParams(p);
  const body = parseBody(p, 'data', owner, parseDataItem);
  return { kind: 'data', ...head, end: previousEnd(p), name, params, body: body.items, close: body.close };
}

/** `Model` or `Model.part`. */
function parsePath(p: Parser, what: string): readonly Name[] {
  expect(p, { kind: 'unit' });
  const first = takeName(p);
  if (first === undefined) {
    report(p, 'missing-name', lastToken(p), { variant: 'what', values: { what }, unfinished: true });
    return [missingName(p)];
  }
  const path = [first];
  while (accept(p, '.') !== undefined) {
    expect(p, { kind: 'member-of-name', path: [...path] });
    const name = takeName(p);
    if (name === undefined) {
      report(p, 'missing-name', gap(p), { variant: 'member', unfinished: true });
      break;
    }
    path.push(name);
  }
  return path;
}

function parseRun(p: Parser, run: RunDecl['run'], head: Head): RunDecl {
  const model = parsePath(p, run);
  const last = model.at(-1) ?? missingName(p);
  const args = callArgs(p, last);
  const on = parseOn(p, run, model, head);
  const as = parseAs(p, last.text !== '' && on?.name.text !== '');
  const title = `${run} ${model.map((n) => n.text).join('.')}`;
  const owner = ownerOf(p, head, title);
  const section: SectionName = run;
  const body = parseBody(p, section, owner, (q) => parseRunItem(q, section));
  return { kind: 'run', ...head, end: previousEnd(p), run, model, args, on, as, body: body.items, close: body.close };
}

function parseOn(p: Parser, run: string, model: readonly Name[], head: Head): RunDecl['on'] {
  const word = accept(p, 'on');
  const next = peek(p);
  if (word === undefined && next?.kind !== 'name') {
    if (!at(p, 'as') && model[0]?.text !== '') expect(p, { kind: 'words', words: ['on', 'as'] });
    return undefined;
  }
  if (word === undefined && next !== undefined) {
    const title = `${run} ${model.map((n) => n.text).join('.')}`;
    report(
      p,
      'missing-on',
      { start: head.start, end: next.end },
      {
        values: { title, data: next.text },
        fixes: [{ name: 'insert', edits: [{ at: { start: next.start, end: next.start }, newText: 'on ' }] }],
      },
    );
  }
  expect(p, { kind: 'data' });
  const name = takeName(p);
  if (name === undefined) {
    report(p, 'missing-name', lastToken(p), { variant: 'on', unfinished: true });
    return { name: missingName(p), args: [] };
  }
  return { name, args: callArgs(p, name) };
}

function parseAs(p: Parser, named: boolean): Name | undefined {
  if (accept(p, 'as') === undefined) {
    if (!at(p, '{') && named) expect(p, { kind: 'words', words: ['as'] });
    return undefined;
  }
  expect(p, { kind: 'new-name' });
  const token = peek(p);
  if (token?.kind === 'name') return nameOf(advance(p));
  report(p, 'missing-name', lastToken(p), { variant: 'as', unfinished: true });
  if (startsOperand(token)) advance(p);
  return undefined;
}

function parseExport(p: Parser, head: Head): ExportDecl {
  const model = parsePath(p, 'export');
  const args = callArgs(p, model.at(-1) ?? missingName(p));
  const owner = ownerOf(p, head, `export ${model.map((n) => n.text).join('.')}`);
  const body = parseBody(p, 'export', owner, parseExportItem);
  return { kind: 'export', ...head, end: previousEnd(p), model, args, body: body.items, close: body.close };
}
