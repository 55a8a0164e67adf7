/**
 * One mistake, one message: small mistakes in the programs of the language reference, each made by itself. How many of them
 * give exactly one error is held; the rest are mistakes that truly make several places wrong.
 */
import { expect, test } from 'vitest';
import { createAnalyser } from '../../../language/index.ts';
import { lex, type Token } from '../../../language/syntax/lexer.ts';
import { examplePrograms } from '../syntax/examples.ts';
import { filesOf } from './files.ts';

type Mutation = (text: string, token: Token) => string | undefined;

const swapped: Readonly<Record<string, string>> = {
  '->': '|>',
  ':': '=',
  '=': ':',
  ',': ';',
  '(': '[',
  '[': '(',
  '{': '(',
};

const mutations: Readonly<Record<string, Mutation>> = {
  'a name misspelt': (text, { kind, text: name, start, end }) =>
    kind === 'name' && name.length > 2 ? text.slice(0, start) + name + name.at(-1) + text.slice(end) : undefined,
  'another number': (text, { kind, text: number, start, end }) =>
    kind === 'number'
      ? `${text.slice(0, start)}${Number(number.replaceAll('_', '')) + 1}${text.slice(end)}`
      : undefined,
  'a token left out': (text, { start, end }) => text.slice(0, start) + text.slice(end),
  'another sign': (text, { kind, text: sign, start, end }) =>
    kind === 'symbol' && swapped[sign] ? text.slice(0, start) + swapped[sign] + text.slice(end) : undefined,
};

/** The share of mistakes with errors that give exactly one, made at every `step`-th token. */
function singles(mutate: Mutation, step: number): number {
  const sources = Object.fromEntries(examplePrograms());
  let [one, more] = [0, 0];
  for (const [, text] of examplePrograms()) {
    const analyser = createAnalyser(filesOf({ sources }));
    for (const [index, token] of lex(text).tokens.entries()) {
      const changed = index % step === 0 ? mutate(text, token) : undefined;
      if (changed === undefined) continue;
      const { problems } = analyser.analyse('t.model', changed);
      const errors = problems.filter(({ severity, code }) => severity === 'error' && code !== 'name/later');
      if (errors.length === 1) one++;
      else if (errors.length > 1) more++;
    }
  }
  return one / (one + more);
}

test.each([
  ['a name misspelt', 6, 0.92],
  ['another number', 3, 0.88],
  ['a token left out', 17, 0.78],
  ['another sign', 7, 0.76],
] as const)('%s', (name, step, wanted) => {
  expect(singles(mutations[name]!, step)).toBeGreaterThan(wanted);
});
