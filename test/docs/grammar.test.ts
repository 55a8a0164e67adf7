/** The grammar of `docs/language/grammar.md`, held against the parser: what the one takes, the other takes, and nothing else. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseFile } from '../../language/index.ts';
import { lex, type Token } from '../../language/syntax/lexer.ts';
import { allSymbols, dtypes, keywords, paramTypes, symbols } from '../../language/syntax/tokens.ts';
import { accepts, looseEnds, readGrammar, type Terminal } from './ebnf.ts';
import { pages } from './problem-pages.ts';

const root = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(root, 'docs', 'language', 'grammar.md'), 'utf8');
const ebnf = /```ebnf\n([\s\S]*?)```/u.exec(page)?.[1] ?? '';
const rules = readGrammar(ebnf);

const infix = new Set<string>([
  ...symbols.arrow,
  ...symbols.comparison,
  ...symbols.range,
  ...symbols.arithmetic,
  'and',
  'or',
]);
const goesOn = new Set([...infix, '=', '{', '=>', ',', '(', '[', 'not', ':']);

/** The tokens of a declaration as the grammar sees them: ends of statements in place of line breaks. */
function terminals(text: string): readonly Terminal[] | undefined {
  const { tokens, skipped, problems } = lex(text);
  if (problems.length > 0 || skipped.length > 0) return undefined;
  const out: Terminal[] = [];
  let depth = 0;
  const end = () => out.length > 0 && out.at(-1)?.kind !== 'end' && out.push({ kind: 'end', text: '' });
  for (const [i, token] of tokens.entries()) {
    if (token.kind === 'end') break;
    const before = out.at(-1)?.text ?? '';
    if (token.first && depth === 0 && !goesOn.has(before) && !infix.has(token.text) && token.text !== '}') end();
    if (token.text === ';' && token.kind === 'symbol') {
      end();
      continue;
    }
    if (token.kind === 'symbol' && (token.text === '(' || token.text === '[')) depth++;
    if (token.kind === 'symbol' && (token.text === ')' || token.text === ']')) depth--;
    if (token.text === '}' && out.at(-1)?.kind === 'end') out.pop();
    out.push(terminal(token, tokens[i - 1], tokens[i + 1]));
  }
  return out;
}

function terminal(token: Token, before: Token | undefined, after: Token | undefined): Terminal {
  const { text } = token;
  if (token.kind === 'keyword') return { kind: before?.text === '.' || after?.text === ':' ? 'name' : 'sign', text };
  return { kind: token.kind === 'symbol' || token.kind === 'end' ? 'sign' : token.kind, text };
}

const programs = ['examples', 'bench', 'docs']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.model'))
      .map((name) => readFileSync(join(root, folder, name), 'utf8')),
  )
  .concat(pages.flatMap((one) => (one.good === undefined ? [] : [one.good])));

const declarations = programs.flatMap((text) => parseFile('test.model', text).chunks.map(({ chunk }) => chunk));

const taken = (text: string): boolean => {
  const row = terminals(text);
  return row !== undefined && accepts(rules, 'file', row);
};

test('each rule is defined and used', () => {
  expect(looseEnds(rules, 'file')).toEqual([]);
});

test('words and signs are those of the parser', () => {
  const written = new Set([...ebnf.matchAll(/"([^"]+)"/gu)].map((match) => match[1] ?? ''));
  const known = new Set<string>([
    ...Object.values(keywords).flat(),
    ...allSymbols,
    ...dtypes,
    ...paramTypes,
    'while',
    'training',
    'by',
  ]);
  expect([...written].filter((word) => !known.has(word))).toEqual([]);
  expect([...known].filter((word) => !written.has(word) && word !== ';')).toEqual([]);
});

test('it takes every program', () => {
  expect(declarations.length).toBeGreaterThan(400);
  expect(
    declarations.filter((chunk) => chunk.problems.length === 0 && !taken(chunk.text)).map(({ text }) => text),
  ).toEqual([]);
});

test('what it takes, the parser takes: programs with a token too few', () => {
  const unlike: string[] = [];
  let tried = 0;
  for (const [n, { text }] of declarations.entries()) {
    if (text.length > 500) continue;
    const { tokens } = lex(text);
    for (let i = n % 11; i < tokens.length - 1; i += 11) {
      const token = tokens[i];
      if (token === undefined) continue;
      const spoiled = text.slice(0, token.start) + text.slice(token.end);
      const { chunks } = parseFile('test.model', spoiled);
      const refused = chunks.some(({ chunk }) => chunk.problems.some((problem) => problem.severity === 'error'));
      tried++;
      if (taken(spoiled) === refused)
        unlike.push(`${refused ? 'refused by the parser' : 'not in the grammar'}:\n${spoiled}`);
    }
  }
  expect(tried).toBeGreaterThan(500);
  expect(unlike.slice(0, 6).join('\n----\n')).toBe('');
});
