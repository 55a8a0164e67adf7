/** Declarations: what a chunk holds at most one of. */

import type { Token } from '../lexer.ts';
import { nearest } from '../nearest.ts';
import { type DeclarationKeyword, isDeclarationKeyword, keywords } from '../tokens.ts';
import type {
  DataDecl,
  Declaration,
  ExternDecl,
  ImportDecl,
  Name,
  StringExpr,
  UnitDecl,
  VariantDecl,
} from '../tree.ts';
import { parseBody } from './body.ts';
import { callArgs, declaredName, type Head, ownerOf } from './head.ts';
import { parseParams } from './params.ts';
import { parseExport, parseRun } from './runs.ts';
import { parseDataItem } from './section-items.ts';
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
