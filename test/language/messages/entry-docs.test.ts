/** The catalogue in Chinese: every entry says what it is, and nothing is said of what is no entry. */
import { expect, test } from 'vitest';
import { entries } from '../../../language/catalog/index.ts';
import { entryDoc, entryDocsZh, settingDoc, settingDocsZh } from '../../../language/messages/entries/index.ts';

const named = entries.map((entry) => `${entry.place}/${entry.name}`);
const told = Object.entries(entryDocsZh).flatMap(([place, tables]) =>
  tables.flatMap((table) => Object.keys(table).map((name) => `${place}/${name}`)),
);

test('every entry has one Chinese text, and no text is of another', () => {
  expect([...told].sort()).toEqual([...new Set(named)].sort());
});

test('texts are Chinese sentences that speak of the same code as the English ones', () => {
  for (const entry of entries) {
    const text = entryDoc(entry, 'zh');
    expect(text, entry.name).toMatch(/[\u4e00-\u9fff].*。$/su);
    const codes = (one: string) => new Set(one.match(/`[^`]+`/gu) ?? []);
    const strange = [...codes(text)].filter((code) => !codes(entry.doc).has(code));
    expect(strange, `${entry.place}/${entry.name}`).toEqual([]);
    expect(entryDoc(entry, 'en')).toBe(entry.doc);
  }
});

test('every setting has one Chinese text, and no text is of another', () => {
  const docs = new Set(entries.flatMap((entry) => Object.values(entry.settings).map(({ doc }) => doc)));
  expect(settingDocsZh.flatMap((table) => Object.keys(table)).sort()).toEqual([...docs].sort());
  for (const doc of docs) {
    const text = settingDoc(doc, 'zh');
    expect(text).toMatch(/[\u4e00-\u9fff].*。$/su);
    const codes = (one: string) => [...new Set(one.match(/`[^`]+`/gu) ?? [])].sort();
    expect(codes(text), doc).toEqual(codes(doc));
  }
});

test('between Chinese and Latin letters stands a space', () => {
  const han = '[\\u4e00-\\u9fff]';
  const glued = new RegExp(`${han}[A-Za-z0-9\`]|[A-Za-z0-9\`]${han}`, 'u');
  const settings = settingDocsZh.flatMap((table) => Object.values(table));
  const texts = [...entries.map((entry) => entryDoc(entry, 'zh')), ...settings];
  expect(texts.filter((text) => glued.test(text.replace(/`[^`]*`/gu, '``')))).toEqual([]);
});
