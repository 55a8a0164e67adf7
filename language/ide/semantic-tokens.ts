/**
 * What names mean, for colours: laid over those of the grammar, which are right by themselves. Parameters, sizes, inputs,
 * outputs, layers, settings and words are told apart only here.
 */

import type { CheckedDeclaration, CheckedFile, LocalKind, Target } from '../check/checked.ts';
import { lex, type Token } from '../syntax/lexer.ts';
import { startsUpper } from '../syntax/tokens.ts';
import type { Span } from '../syntax/tree.ts';

export const tokenTypes = [
  'class',
  'function',
  'variable',
  'parameter',
  'property',
  'enumMember',
  'type',
  'namespace',
] as const;
export const tokenModifiers = ['declaration', 'readonly', 'defaultLibrary'] as const;

export type TokenType = (typeof tokenTypes)[number];
export type TokenModifier = (typeof tokenModifiers)[number];

export interface SemanticToken {
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

export function semanticTokens(file: CheckedFile, start = 0, end = Number.POSITIVE_INFINITY): readonly SemanticToken[] {
  return file.syntax.chunks.flatMap(({ chunk, offset }, index) => {
    const checked = file.declarations[index];
    if (checked === undefined || offset > end || offset + chunk.text.length < start) return [];
    return ofChunk(checked).map((token) => ({ ...token, start: token.start + offset, end: token.end + offset }));
  });
}

const cache = new WeakMap<CheckedDeclaration, readonly SemanticToken[]>();

function ofChunk(checked: CheckedDeclaration): readonly SemanticToken[] {
  const kept = cache.get(checked);
  if (kept !== undefined) return kept;
  const starts = new Map<number, SemanticToken>();
  const names = nameSpans(checked.chunk.text);
  for (const [node, target] of checked.facts.targets) {
    const made = tokenOf(node, target, checked);
    // Facts may name what is not written as a name of its own (a path, a missing name).
    if (made !== undefined && names.get(node.start) === node.end) starts.set(node.start, made);
  }
  const tokens = [...starts.values()].sort((a, b) => a.start - b.start);
  cache.set(checked, tokens);
  return tokens;
}

function nameSpans(text: string): ReadonlyMap<number, number> {
  const names = lex(text).tokens.filter((token: Token) => token.kind === 'name');
  return new Map(names.map((token) => [token.start, token.end]));
}

function tokenOf(node: Span, target: Target, checked: CheckedDeclaration): SemanticToken | undefined {
  const make = (type: TokenType, ...modifiers: readonly TokenModifier[]): SemanticToken => ({
    start: node.start,
    end: node.end,
    type,
    modifiers,
  });
  switch (target.kind) {
    case 'local': {
      const here = target.at.chunk === checked.chunk && target.at.start === node.start;
      return make(localType(target.what), ...(here ? (['declaration'] as const) : []), ...readonlyOf(target.what));
    }
    case 'part':
      return make(localType(target.what), ...readonlyOf(target.what));
    case 'declaration':
      return make('class');
    case 'entry':
      return make(startsUpper(target.entry.name) ? 'class' : 'function', 'defaultLibrary');
    case 'setting':
      return make('property');
    case 'key':
      return make('property');
    case 'word':
      return make('enumMember');
    case 'column':
      return make('property', 'readonly');
  }
}

function localType(what: LocalKind): TokenType {
  switch (what) {
    case 'parameter':
    case 'round':
    case 'size':
      return 'parameter';
    case 'layer':
      return 'function';
    case 'input':
    case 'output':
    case 'binding':
    case 'field':
      return 'variable';
  }
}

function readonlyOf(what: LocalKind): readonly TokenModifier[] {
  return what === 'size' || what === 'round' ? ['readonly'] : [];
}
