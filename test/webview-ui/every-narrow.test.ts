/** Every tab and page in little room: what a window at 200 or 400 % shows, and names of hundreds of letters. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beyond, cutTexts, overlapping } from './audit.ts';
import { LOOKED, openEvery } from './every-page.ts';
import { done, picture, tooWide } from './looked-over.ts';
import { findBrowser, launch } from './page.ts';

const found = await findBrowser();

describe.skipIf('reason' in found)('every tab and page in little room', () => {
  let browser: Browser;
  beforeAll(async () => {
    if ('path' in found) browser = await launch(found);
  });
  afterAll(() => browser?.close());

  describe.each(LOOKED)('%s', (looked) => {
    test.each([520, 400, 320])('%i pixels wide: nothing is cut, every control can be reached', async (width) => {
      const panel = await openEvery(browser, looked, { theme: 'dark', width });
      await picture(panel, looked, width);
      expect.soft(await panel.page.evaluate(cutTexts)).toEqual([]);
      expect.soft(await panel.page.evaluate(overlapping)).toEqual([]);
      expect.soft(await panel.page.evaluate(beyond)).toEqual([]);
      expect.soft(await tooWide(panel)).toBeLessThanOrEqual(0);
      await done(panel);
    });
  });
});

if ('reason' in found) {
  test('a browser for little room', (context) => context.skip(found.reason));
}
