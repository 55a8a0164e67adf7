/** `docs/llms.txt`: as it would be written now, short enough, and with every name of the catalogue. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalog } from '../../language/index.ts';
import { ASSISTANT_PAGE_LIMIT, assistantPage } from '../../language/reference/assistant-page.ts';

const root = join(import.meta.dirname, '..', '..');
const page = join(root, 'docs', 'llms.txt');

test('the page is what `npm run docs` writes', () => {
  const folder = join(root, 'examples', 'language');
  const names = readdirSync(folder).filter((name) => name.endsWith('.model') && !name.startsWith('10-'));
  const programs = names
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
  const grammar = readFileSync(join(root, 'docs', 'language', 'grammar.md'), 'utf8');
  const made = assistantPage({ grammar, programs: Object.fromEntries(programs) });
  if (process.env.UPDATE_TEXTS === '1') writeFileSync(page, made);
  expect(readFileSync(page, 'utf8')).toBe(made);
  expect(programs).toHaveLength(10);
  expect(made.length).toBeLessThan(ASSISTANT_PAGE_LIMIT);
});

test('every name that may be written stands on it', () => {
  const text = readFileSync(page, 'utf8');
  const places = [
    'model',
    'loss',
    'metric',
    'optimizer',
    'schedule',
    'initialiser',
    'source',
    'data',
    'augment',
  ] as const;
  for (const place of places) {
    for (const name of catalog.names(place)) expect(text).toMatch(new RegExp(`^${name}\\b`, 'mu'));
  }
});
