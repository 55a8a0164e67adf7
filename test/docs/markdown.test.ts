/**
 * Programs in the documentation: each fence `model` is a whole program that checks with no error and no warning;
 * `model error CODE` has exactly that error. Generated parts of the language's pages are as the tables say.
 * Pages of problems and of the reference have tests of their own.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAnalyser } from '../../language/check/index.ts';
import { render } from '../../language/messages/render.ts';
import { filledPage, generatedParts } from '../../language/reference/manual.ts';
import { filesOf } from '../language/check/check.ts';

const root = join(import.meta.dirname, '..', '..');
const manual = join(root, 'docs', 'language');
const manualPages = readdirSync(manual).map((name) => join(manual, name));
const pages = [
  ...manualPages,
  ...['README.md', 'CONTRIBUTING.md'].map((name) => join(root, name)),
  ...['docs', 'docs/panel'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(root, folder, name)),
  ),
];

const fences = pages.flatMap((path) => {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/^```model([^\n]*)\n([\s\S]*?)^```$/gmu)].map((match) => ({
    name: `${path.slice(root.length + 1)}:${text.slice(0, match.index).split('\n').length}`,
    info: (match[1] ?? '').trim(),
    program: match[2] ?? '',
  }));
});

test('there are programs', () => expect(fences.length).toBeGreaterThan(20));

test.each(fences)('$name', ({ info, program }) => {
  const analyser = createAnalyser(filesOf({}));
  const { problems } = analyser.analyse('test.model', program);
  const told = problems
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map((problem) => (info === '' ? `${problem.code}: ${render(problem.message)}` : `error ${problem.code}`));
  expect(told).toEqual(info === '' ? [] : [info]);
});

test('the generated parts are as the tables say', () => {
  const used = new Set<string>();
  for (const path of manualPages) {
    const text = readFileSync(path, 'utf8');
    for (const [, name = ''] of text.matchAll(/<!-- generated: (\w+) -->/gu)) used.add(name);
    if (process.env.UPDATE_TEXTS === '1') writeFileSync(path, filledPage(text));
    else expect(text, path).toBe(filledPage(text));
  }
  expect([...used].sort()).toEqual([...generatedParts].sort());
});

test('links lead to pages', () => {
  for (const path of [
    ...pages,
    join(root, 'docs', 'problems', 'README.md'),
    join(root, 'docs', 'reference', 'README.md'),
  ]) {
    const text = readFileSync(path, 'utf8')
      .replace(/^```[\s\S]*?^```$/gmu, '')
      .replace(/`[^`]*`/gu, '');
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/gu)) {
      if (/^(?:https?:|#)/u.test(target)) continue;
      const file = join(path, '..', decodeURIComponent(target.replace(/#.*$/u, '')));
      expect(existsSync(file), `${path}: ${target}`).toBe(true);
    }
  }
});
