/** `docs/failures.md` quotes what the product says, and names tests that are there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(root, 'docs', 'failures.md'), 'utf8');

/** Everything that speaks to people; line ends and the joints of long texts are of no matter. */
const product = ['trainer', 'client', 'protocol', 'webview-ui', 'language/messages']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(join(root, name), 'utf8'))
  .join('\n')
  .replace(/' \+\s*['`]|` \+\s*['`]/g, '');

const quotes = [...page.matchAll(/“([^”]+)”/g)].map(([, text = '']) => text);

test.each(quotes)('%s', (quote) => {
  const parts = quote.split('…').map((part) => part.trim().replace(/^[.,;%]+\s*|\s*[.,;]+$/g, ''));
  for (const part of parts.filter((each) => each.length > 3)) {
    // Several sentences of one quote may stand apart.
    for (const sentence of part.split(/(?<=[.:]) /)) expect(product, sentence).toContain(sentence.replace(/[.]$/, ''));
  }
});

test('the tests that provoke them are there', () => {
  const named = [...page.matchAll(/`(test\/[^`]+)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
