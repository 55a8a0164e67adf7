/**
 * Every tab and page alike, in a real browser: readable in four themes and where the system forces its colours, nothing
 * refused by the policy, everything with a name, nothing that moves where less motion is asked for. Pictures are kept in
 * `test/.out/every`.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cutTexts, nameless } from './audit.ts';
import { lowContrast, rememberDrawing } from './contrast.ts';
import { goodRun } from './events.ts';
import { LOOKED, openEvery } from './every-page.ts';
import { done, picture, tooWide } from './looked-over.ts';
import { appendOf, snapshotOf } from './messages.ts';
import { findBrowser, launch, openPanel, type PanelPage } from './page.ts';
import { THEMES, type ThemeName } from './themes.ts';

const found = await findBrowser();

describe.skipIf('reason' in found)('every tab and page', () => {
  let browser: Browser;
  beforeAll(async () => {
    if ('path' in found) browser = await launch(found);
  });
  afterAll(() => browser?.close());

  const readable = async ({ page }: PanelPage) => {
    expect.soft(await page.evaluate(lowContrast, 'texts' as const)).toEqual([]);
    expect.soft(await page.evaluate(lowContrast, 'lines' as const)).toEqual([]);
  };

  describe.each(LOOKED)('%s', (looked) => {
    test.each(Object.keys(THEMES) as ThemeName[])('%s: can be read, has its names', async (theme) => {
      const panel = await openEvery(browser, looked, { theme, width: 1100, before: rememberDrawing });
      await picture(panel, looked, theme);
      await readable(panel);
      expect(await panel.page.evaluate(nameless)).toEqual([]);
      expect(await panel.page.evaluate(cutTexts)).toEqual([]);
      expect(await tooWide(panel)).toBeLessThanOrEqual(0);
      await done(panel);
    });

    test.each([
      ['contrast', 'dark'],
      ['contrastLight', 'light'],
    ] as const)('%s, with the few colours of the system', async (theme, colorScheme) => {
      const panel = await openEvery(browser, looked, { theme, width: 1100, before: rememberDrawing });
      await panel.page.emulateMedia({ forcedColors: 'active', colorScheme });
      await picture(panel, looked, 'forced', colorScheme);
      await readable(panel);
      await done(panel);
    });

    test('nothing moves where less motion is asked for', async () => {
      const panel = await openEvery(browser, looked, { theme: 'dark', width: 1100 });
      const moving = () => panel.page.evaluate(() => document.getAnimations().map((each) => each.constructor.name));
      await panel.page.emulateMedia({ reducedMotion: 'reduce' });
      expect(await moving()).toEqual([]);
      // VS Code has a setting of its own.
      await panel.page.emulateMedia({ reducedMotion: 'no-preference' });
      await panel.page.evaluate(() => document.body.classList.add('vscode-reduce-motion'));
      expect(await moving()).toEqual([]);
      await done(panel);
    });
  });

  test('what is behind numbers and letters leaves them readable, however much it is', async () => {
    for (const theme of Object.keys(THEMES) as ThemeName[]) {
      const panel = await openEvery(browser, 'evaluate', { theme, width: 1100 });
      for (const share of ['0', '0.25', '0.5', '0.75', '1']) {
        await panel.page.evaluate((value) => {
          for (const cell of document.querySelectorAll<HTMLElement>('[style*="--share"]')) {
            cell.style.setProperty('--share', value);
          }
        }, share);
        expect(await panel.page.evaluate(lowContrast, 'texts' as const)).toEqual([]);
      }
      await done(panel);
    }
  });

  test('the menu of a run, the tools of a card and what a chart says at the cursor can be read in every theme', async () => {
    for (const theme of Object.keys(THEMES) as ThemeName[]) {
      const panel = await openEvery(browser, 'metrics', { theme, width: 1100, before: rememberDrawing });
      const { page } = panel;
      await page.locator('[data-chart="loss"] .plot').focus();
      await page.keyboard.press('ArrowLeft');
      await page.locator('.tooltip').first().waitFor();
      await readable(panel);
      await page.locator('.head .menu > button').click();
      await page.locator('.menu-list').waitFor();
      await readable(panel);
      await picture(panel, 'opened', theme);
      await done(panel);
    }
  });

  test('a screen reader hears of an epoch once, and of steps nothing', async () => {
    const panel = await openPanel(browser, { theme: 'dark', width: 1100 });
    const { page } = panel;
    const run = (until: number) => goodRun({ steps: 4690, epochs: 5, until });
    await panel.send(snapshotOf(run(1000)));
    await page.locator('[data-chart="loss"] canvas').waitFor();
    await page.evaluate(() => {
      const said: string[] = [];
      Object.assign(window, { said });
      const live = '[aria-live=polite], [aria-live=assertive], [role=status], [role=alert], output';
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          const region = (target instanceof Element ? target : target.parentElement)?.closest(live);
          if (region) said.push(region.textContent ?? '');
        }
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said);
    for (const [at, until] of [1200, 1500, 1800].entries()) {
      await panel.send(appendOf(run(until), [1000, 1200, 1500][at] ?? 0, at + 2));
      await expect.poll(async () => (await panel.received()).at(-1)?.upTo).toBe(at + 2);
    }
    expect((await said()).filter((text) => text !== '')).toEqual([]);
    await panel.send(appendOf(run(1900), 1800, 5));
    await expect.poll(async () => (await panel.received()).at(-1)?.upTo).toBe(5);
    expect(new Set((await said()).filter((text) => text.startsWith('Epoch'))).size).toBe(1);
    await done(panel);
  });
});

if ('reason' in found) {
  test('a browser for every tab', (context) => context.skip(found.reason));
}
