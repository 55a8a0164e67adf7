/**
 * Texts that can be translated: `l10n/bundle.l10n.json` holds each text of the client and the panel, and nothing else; every
 * `%key%` of package.json has its text. `UPDATE_TEXTS=1 npx vitest run test/client/l10n.test.ts` writes the bundle anew.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LOG_TEXTS, TOLD_TEXTS } from '../../protocol/index.ts';

const root = join(import.meta.dirname, '..', '..');
const bundle = join(root, 'l10n', 'bundle.l10n.json');

/** Texts in `t('…')` and `vscode.l10n.t('…')`. */
function textsOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .flatMap((name) => {
      const source = readFileSync(join(root, folder, name), 'utf8');
      const calls = source.matchAll(/\bt\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g);
      return [...calls].map((call) => (call[1] ?? call[2] ?? '').replace(/\\(.)/g, '$1'));
    });
}

/** Titles of charts and names of lines: they are translated where they are shown. */
const SHOWN_BY_NAME = [
  'Learning rate',
  'Throughput',
  'Gradient norm',
  'Loss',
  'Accuracy',
  'raw',
  'train',
  'validation',
  'value',
  'earlier run',
  'load',
  'memory',
  'GPU',
  'CPU',
  'test',
];

test('the bundle holds every text of client and panel', () => {
  const texts = [
    ...new Set([
      ...textsOf('client'),
      ...textsOf('webview-ui'),
      ...SHOWN_BY_NAME,
      ...Object.values(LOG_TEXTS),
      ...TOLD_TEXTS,
    ]),
  ].sort();
  if (process.env.UPDATE_TEXTS === '1') {
    writeFileSync(bundle, `${JSON.stringify(Object.fromEntries(texts.map((text) => [text, text])), null, 2)}\n`);
  }
  expect(texts.length).toBeGreaterThan(100);
  expect(Object.keys(JSON.parse(readFileSync(bundle, 'utf8')))).toEqual(texts);
});

test('package.json names texts that are there, and every text is used', () => {
  const manifest = readFileSync(join(root, 'package.json'), 'utf8');
  const used = new Set([...manifest.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]));
  const texts = Object.keys(JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')));
  expect([...used].sort()).toEqual(texts.sort());
});

test('every command of package.json is registered, and every registered one stands there', () => {
  const manifest: { contributes: { commands: { command: string; category: string }[] } } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const source = readFileSync(join(root, 'client', 'main.ts'), 'utf8');
  const table = source.slice(source.indexOf('const commands'), source.indexOf('return Object.entries'));
  const registered = [...table.matchAll(/^ {4}(\w+): \(/gm)].map((match) => `modelwright.${match[1]}`);
  expect(manifest.contributes.commands.map((each) => each.command).sort()).toEqual(registered.sort());
  expect(manifest.contributes.commands.every((each) => each.category === 'Model')).toBe(true);
});

const read = (path: string): Record<string, string> => JSON.parse(readFileSync(join(root, path), 'utf8'));
const placeholders = (text: string) =>
  [...text.matchAll(/\{\d\}|`[^`]+`|\(command:[^)]+\)|\.model\b|\bNaN\b/gu)].map(String).sort();

test.each([
  ['l10n/bundle.l10n.json', 'l10n/bundle.l10n.zh-cn.json'],
  ['package.nls.json', 'package.nls.zh-cn.json'],
])('every text of %s has its Chinese one, with the same values', (english, chinese) => {
  const [en, zh] = [read(english), read(chinese)];
  expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  for (const [key, text] of Object.entries(zh)) {
    expect(text, key).toMatch(/\p{Script=Han}/u);
    expect(placeholders(text), key).toEqual(placeholders(en[key]!));
    expect(text, key).not.toMatch(/[\p{Script=Han}][,.:;!?](?:\s|$)/u);
    expect(text.replace(/`[^`]*`|\([^)]*\)/gu, ''), key).not.toMatch(/(?:\b[a-z]+ ){2}[a-z]+\b/u);
  }
});
