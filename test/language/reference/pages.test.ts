/** The reference pages on disk are those that the catalogue gives. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { referencePages } from '../../../language/reference/pages.ts';

const folder = fileURLToPath(new URL('../../../docs/reference/', import.meta.url));

test('docs/reference is up to date; if not, run `npm run docs`', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => file.split(sep).join('/'));
  const pages = referencePages();
  expect(files.sort()).toEqual(Object.keys(pages).sort());
  for (const [path, text] of Object.entries(pages)) {
    expect(readFileSync(join(folder, path), 'utf8').replace(/\r\n/gu, '\n'), path).toBe(text);
  }
});

test('an example of a layer says its type and its weights', () => {
  expect(referencePages()['model/Conv2D.md']).toContain(
    'image -> Conv2D(32, 3, relu)  # float32[26, 26, 32], 320 weights',
  );
  expect(referencePages()['model/LSTM.md']).toContain('1,600 weights');
});
