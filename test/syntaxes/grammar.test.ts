/** The grammar in `syntaxes/` is what the token table gives, and its expressions are sound. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { snippetFile } from '../../language/ide/snippets.ts';
import { textMateGrammar } from '../../language/syntax/grammar.ts';
import { keywords } from '../../language/syntax/tokens.ts';

const folder = join(import.meta.dirname, '../../syntaxes');
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));

test('the grammar and the snippets are fresh (npm run grammar)', () => {
  expect(read('model.tmLanguage.json')).toEqual(textMateGrammar());
  expect(read('snippets.json')).toEqual(snippetFile());
});

/** Every expression of the grammar by its scope, as far as it has one. */
function patterns(node: unknown): { scope: string; match: string }[] {
  if (typeof node !== 'object' || node === null) return [];
  const own =
    'match' in node && typeof node.match === 'string'
      ? [{ scope: 'name' in node ? String(node.name) : '', match: node.match }]
      : [];
  return [...own, ...Object.values(node).flatMap(patterns)];
}

test('every expression compiles, and the words of the table are coloured', () => {
  const all = patterns(textMateGrammar());
  for (const { match } of all) expect(() => new RegExp(match, 'u')).not.toThrow();
  const declaration = all.find(({ match }) => match.includes('model|block'))!;
  for (const word of keywords.declaration.filter((w) => w !== 'import' && w !== 'export')) {
    expect(new RegExp(declaration.match, 'u').exec(`${word} Name {`)?.[1]).toBe(word);
    expect(new RegExp(declaration.match, 'u').test(`${word}: 3`)).toBe(false);
  }
});

test('the language configuration is JSON with sound expressions', () => {
  const { wordPattern, indentationRules } = read('language-configuration.json');
  expect(new RegExp(wordPattern.pattern, 'u').exec('MaxPool2D(2)')?.[0]).toBe('MaxPool2D');
  expect(new RegExp(indentationRules.increaseIndentPattern).test('model Digits(n: int) {')).toBe(true);
  expect(new RegExp(indentationRules.increaseIndentPattern).test('  x = "{"')).toBe(false);
});

test('a fence of a program in Markdown is coloured as one', () => {
  const { repository, injectionSelector } = read('markdown-fence.tmLanguage.json');
  const begin = new RegExp(repository.fence.begin.replaceAll('(^|\\G)', '(^)').replace('(?i:', '(?:'), 'u');
  for (const line of ['```model', '~~~ model', '```model bad', '  ```model {1}']) expect(begin.test(line)).toBe(true);
  for (const line of ['```python', '```models', 'model', '``model']) expect(begin.test(line)).toBe(false);
  expect(injectionSelector).toBe('L:text.html.markdown');
  const { grammars } = JSON.parse(readFileSync(join(folder, '../package.json'), 'utf8')).contributes;
  for (const { path, scopeName } of grammars) expect(read(path.split('/').at(-1)).scopeName).toBe(scopeName);
});

test('on enter: comments of documentation go on', () => {
  const { onEnterRules } = read('language-configuration.json');
  const goesOn = (line: string) =>
    onEnterRules.some(
      (rule: { beforeText: string; action: { appendText?: string } }) =>
        rule.action.appendText === '## ' && new RegExp(rule.beforeText, 'u').test(line),
    );
  expect([goesOn('## A network.'), goesOn('  ## A layer.'), goesOn('# a note'), goesOn('x = y')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
