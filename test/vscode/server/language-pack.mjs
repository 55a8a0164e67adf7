/**
 * A language pack without a word in it: VS Code's own texts stay English, but VS Code speaks the language to its extensions, as
 * it does with the pack of its gallery (which the npm registry does not have).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes the pack into the user's data, where the server looks for packs. */
export function writeLanguagePack(userData, locale) {
  const folder = join(userData, 'language-pack');
  mkdirSync(folder, { recursive: true });
  const texts = join(folder, 'main.i18n.json');
  writeFileSync(texts, JSON.stringify({ version: '1.0.0', contents: {} }));
  const from = { extensionIdentifier: { id: `modelwright.no-words-${locale}` }, version: '1.0.0' };
  const pack = { hash: `empty-${locale}`, label: locale, extensions: [from], translations: { vscode: texts } };
  writeFileSync(join(userData, 'languagepacks.json'), JSON.stringify({ [locale]: pack }));
}
