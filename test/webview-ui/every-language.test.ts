/** Every tab and page in other languages: nothing is left in English but names, and texts that are two fifths longer fit. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cutTexts, overlapping, wordsOf } from './audit.ts';
import { LOOKED, openEvery } from './every-page.ts';
import { chinese, done, picture, tooWide } from './looked-over.ts';
import { strangeWords } from './names.ts';
import { findBrowser, launch } from './page.ts';
import { pseudoTexts } from './pseudo.ts';

const found = await findBrowser();

describe.skipIf('reason' in found)('every tab and page in other languages', () => {
  let browser: Browser;
  beforeAll(async () => {
    if ('path' in found) browser = await launch(found);
  });
  afterAll(() => browser?.close());

  const strange = (texts: readonly string[]) =>
    texts.flatMap((text) => {
      const words = strangeWords(text);
      return words.length === 0 ? [] : [`${words.join(' ')} in: ${text.slice(0, 120)}`];
    });

  describe.each(LOOKED)('%s', (looked) => {
    test('in Chinese nothing is left in English', async () => {
      const panel = await openEvery(browser, looked, { theme: 'dark', width: 1100 }, chinese());
      await picture(panel, looked, 'zh');
      expect.soft(strange(await panel.page.evaluate(wordsOf))).toEqual([]);
      expect(await panel.page.evaluate(() => document.documentElement.lang)).toBe('zh-cn');
      await done(panel);
    });

    test.each([1100, 520])('longer texts fit %i pixels, and all of them can be translated', async (width) => {
      const texts = { locale: 'en', texts: pseudoTexts() };
      const panel = await openEvery(browser, looked, { theme: 'dark', width }, texts);
      await picture(panel, looked, 'longer', width);
      expect.soft(strange(await panel.page.evaluate(wordsOf))).toEqual([]);
      expect.soft(await panel.page.evaluate(cutTexts)).toEqual([]);
      expect.soft(await panel.page.evaluate(overlapping)).toEqual([]);
      expect(await tooWide(panel)).toBeLessThanOrEqual(0);
      await done(panel);
    });
  });
});

if ('reason' in found) {
  test('a browser for other languages', (context) => context.skip(found.reason));
}
