/** Nothing in the project points outside it; `.ci/run` alone may look beside it for data. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** A folder that stood beside the project where it was made. Written so that this file does not find itself. */
const beside = new RegExp(['shared', '(data|design)'].join('/'));

test('no tracked file names a folder beside the project', (context) => {
  if (!existsSync(join(root, '.git'))) context.skip('this is no git checkout: the list of files is not known');
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0');
  const texts = files.filter(
    (file) => /\.(ts|tsx|mjs|json|md|model|css|txt)$/.test(file) && existsSync(join(root, file)),
  );
  expect(texts.filter((file) => beside.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
});

test('links of the documentation lead somewhere', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/contracts.md', 'docs/dependencies.md'];
  const broken = pages.flatMap((page) => {
    const text = readFileSync(join(root, page), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map((match) => match[1] ?? '');
    return links.filter((link) => !existsSync(join(root, page, '..', link))).map((link) => `${page}: ${link}`);
  });
  expect(broken).toEqual([]);
});
