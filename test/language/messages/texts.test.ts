/**
 * Every text in both languages. The golden files show all of them, as real programs raise them or with the names of their
 * values; read them in review like a picture. `UPDATE_TEXTS=1 npx vitest run test/language/messages` writes them anew.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { entries } from '../../../language/catalog/index.ts';
import { expected } from '../../../language/check/expected.ts';
import { inChinese, spaced } from '../../../language/messages/chinese.ts';
import { messageKeys, messages, render } from '../../../language/messages/render.ts';
import { localeOf, type MessageTexts } from '../../../language/messages/table.ts';
import { probe, toldMessages } from './told.ts';

const told = toldMessages();
const keys = [...new Set(messageKeys())];

/** Values that only choose English words: a plural, an English explanation. */
const english = new Set(['plural', 'doc', 'trouble', 'better', 'text']);

function textsOf(key: string): MessageTexts {
  const texts = messages[key];
  if (texts === undefined) throw new Error(`no text for ${key}`);
  return texts;
}

test('both languages name the same values', () => {
  const unlike = keys.flatMap((key) => {
    const { en, zh } = textsOf(key);
    const named = (text: string) => [...new Set([...text.matchAll(/«(\w+)»/gu)].map((match) => match[1] ?? ''))].sort();
    const [inEnglish, chinese] = [named(en(probe())), named(zh(probe()))];
    const missing = inEnglish.filter((name) => !chinese.includes(name) && !english.has(name));
    const strange = chinese.filter((name) => !inEnglish.includes(name) && !english.has(name));
    return missing.length + strange.length === 0 ? [] : [`${key}: missing ${missing}, strange ${strange}`];
  });
  expect(unlike).toEqual([]);
});

/** The text around code, quoted texts, shapes and sums. */
const prose = (text: string) =>
  text
    .replace(/`[^`]*`|"[^"]*"|\[[^\]]*\]|«\w+»/gu, ' ')
    .replace(/\b(?:height|width|channels|features|time|NaN|Python|JavaScript|Fortran|Hz|MB)\b/gu, ' ');

test('no English is left in the Chinese texts', () => {
  const left = keys.flatMap((key) => {
    // The reason that a program gives is in the words of its author.
    const message = key === 'shape/require.why' ? undefined : told.get(key);
    const text = render(message ?? { key, values: probe() }, 'zh');
    return /(?:\b[a-z]+ ){1,}[a-z]+\b/u.test(prose(text)) ? [`${key}: ${text}`] : [];
  });
  expect(left).toEqual([]);
});

test('Chinese texts have the signs of Chinese', () => {
  const wrong = keys.flatMap((key) => {
    const text = render(told.get(key) ?? { key, values: probe() }, 'zh');
    const bad =
      /\p{Script=Han}[,;:!?(]|[,;!?]\s*\p{Script=Han}|\p{Script=Han}`|`\p{Script=Han}| [，。：；！？）]|[，。：；！？（] /u.exec(
        text.replace(/`[^`]*`/gu, '`x`'),
      );
    return bad ? [`${key}: ${text} (${bad[0]})`] : [];
  });
  expect(wrong).toEqual([]);
});

test('every text is a whole sentence in both languages, except titles and places', () => {
  const open = keys.flatMap((key) => {
    const area = key.split('/')[0] ?? '';
    if (['why', 'fix', 'editor', 'key'].includes(area) || key.split('/').length > 2) return [];
    if (['name/twice.first', 'shape/missing-flatten.stated'].includes(key)) return [];
    const message = told.get(key) ?? { key, values: probe() };
    const [en, zh] = [render(message), render(message, 'zh')];
    return [/[.?…»]$/u.test(en) ? [] : [`${key}: ${en}`], /[。？…»]$/u.test(zh) ? [] : [`${key}: ${zh}`]].flat();
  });
  expect(open).toEqual([]);
});

test('what settings take is said in Chinese', () => {
  const phrases = entries.flatMap(({ settings }) => Object.values(settings).map(({ type }) => expected(type)));
  const left = [...new Set(phrases)].filter((phrase) => /[a-z]{2,}/u.test(prose(inChinese(phrase))));
  expect(left).toEqual([]);
});

const areas = [...new Set(keys.map((key) => key.split('/')[0] ?? ''))];

test.each(areas)('all texts: %s', (area) => {
  const lines = keys
    .filter((key) => key.startsWith(`${area}/`))
    .sort()
    .flatMap((key) => {
      const message = told.get(key) ?? { key, values: probe() };
      return [key, `  ${render(message)}`, `  ${render(message, 'zh')}`, ''].map((line) => line.replaceAll('\n', '⏎'));
    });
  const path = join(import.meta.dirname, `golden-${area}.txt`);
  const text = lines.join('\n');
  if (process.env.UPDATE_TEXTS === '1') writeFileSync(path, text);
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('the language for what an editor or a shell says', () => {
  for (const tag of ['zh-cn', 'zh-CN', 'zh_CN.UTF-8', 'zh', 'zh-Hans', 'zh-Hans-SG', 'zh-sg']) {
    expect(localeOf(tag), tag).toBe('zh');
  }
  for (const tag of ['en', 'de-AT', '', undefined, 'C', 'zh-tw', 'zh-Hant', 'zh_HK.UTF-8']) {
    expect(localeOf(tag), tag).toBe('en');
  }
});

test('words of the checker in Chinese, with spaces between Chinese and Latin letters', () => {
  expect(inChinese('a whole number or 2 of them, like `(3, 3)`')).toBe('整数，或 2 个整数，例如 `(3, 3)`');
  expect(inChinese('at least 0 and below 1')).toBe('不小于 0且小于 1');
  expect(spaced('不小于 0且小于 1')).toBe('不小于 0 且小于 1');
  expect(inChinese('the layer `relu`')).toBe('层 `relu`');
  expect(inChinese('`valid`, `same` or `causal`')).toBe('`valid`、`same` 或 `causal`');
  expect(inChinese('window 3, stride 2, padding: valid')).toBe('窗口 3，步幅 2，padding: valid');
  expect(inChinese('float32[28]')).toBe('float32[28]');
  expect(spaced('应为`relu`。第2轴是[3]的一部分')).toBe('应为 `relu`。第 2 轴是 [3] 的一部分');
  expect(spaced('`层1`和2')).toBe('`层1` 和 2');
});
