/**
 * Every tab and page by keyboard alone: Tab reaches every control and leaves again, both ways; what has the focus is seen; no
 * key loses it; what a mouse does to charts and cards the keyboard does too.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { focusedStop, tabbable } from './audit.ts';
import { LOOKED, openEvery } from './every-page.ts';
import { done } from './looked-over.ts';
import { findBrowser, launch } from './page.ts';

const found = await findBrowser();

describe.skipIf('reason' in found)('every tab and page by keyboard', () => {
  let browser: Browser;
  beforeAll(async () => {
    if ('path' in found) browser = await launch(found);
  });
  afterAll(() => browser?.close());

  /** Presses until it comes to where it has been; each stop once. */
  const walk = async (page: Page, key: string, most: number) => {
    const stops: string[] = [];
    const unseen: string[] = [];
    for (let press = 0; press < most; press++) {
      await page.keyboard.press(key);
      const stop = await page.evaluate(focusedStop);
      // Past the last one the browser has the focus, and gives it back at the first.
      if (stop === undefined) continue;
      if (stops.includes(stop.what)) break;
      stops.push(stop.what);
      if (!stop.seen) unseen.push(stop.what);
    }
    return { stops: stops.map((stop) => Number.parseInt(stop, 10)), unseen };
  };

  describe.each(LOOKED)('%s', (looked) => {
    test('Tab comes to every control and out again, both ways, and it is seen where one is', async () => {
      const panel = await openEvery(browser, looked, { theme: 'dark', width: 1100 });
      const { page } = panel;
      const wanted = await page.evaluate(tabbable);
      const there = await walk(page, 'Tab', wanted.length + 60);
      expect(there.unseen).toEqual([]);
      expect(wanted.filter((each) => !there.stops.includes(Number.parseInt(each, 10)))).toEqual([]);
      const back = await walk(page, 'Shift+Tab', wanted.length + 60);
      expect([...back.stops].sort((a, b) => a - b)).toEqual([...there.stops].sort((a, b) => a - b));
      await done(panel);
    });

    test('no key loses the focus, wherever it is pressed', async () => {
      const panel = await openEvery(browser, looked, { theme: 'dark', width: 1100 });
      const { page } = panel;
      const stops = (await page.evaluate(tabbable)).length;
      const lost: string[] = [];
      for (let at = 0; at < stops; at++) {
        for (const key of ['Enter', 'Space', 'Escape', 'ArrowDown', 'ArrowRight', 'Delete', 'End', 't']) {
          const what = await page.evaluate(focusStop, at);
          if (what === undefined) continue;
          await page.keyboard.press(key);
          await page.evaluate(twoFrames);
          if ((await page.evaluate(focusedStop)) === undefined) lost.push(`${key}: ${what}`);
          if (key === 'Enter') await page.keyboard.press('Escape');
        }
      }
      expect(lost).toEqual([]);
      await done(panel);
    });
  });

  /** Opens the menu that has the focus and chooses an entry by its name. */
  const choose = async (page: Page, ...names: string[]) => {
    await page.keyboard.press('Enter');
    for (const name of names) {
      await page.locator('.menu-list').waitFor();
      for (let press = 0; press < 30; press++) {
        const text = await page.evaluate(() => document.activeElement?.querySelector('.menu-text')?.textContent);
        if (text === name) break;
        await page.keyboard.press('ArrowDown');
      }
      await page.keyboard.press('Enter');
      await page.evaluate(twoFrames);
    }
  };

  test('cards are pinned, enlarged, moved, hidden and shown again, and the keyboard goes on beside them', async () => {
    const panel = await openEvery(browser, 'metrics', { theme: 'dark', width: 1100 });
    const { page } = panel;
    const order = () =>
      page.evaluate(() => [...document.querySelectorAll('[data-slot]')].map((each) => each.getAttribute('data-slot')));
    const held = () => page.evaluate(() => document.activeElement?.closest('[data-slot]')?.getAttribute('data-slot'));
    const first = await order();
    const tools = (id: string) => page.locator(`[data-slot="${id}"] .card-tools button`);
    await tools('accuracy').focus();
    await choose(page, 'Move forward');
    expect((await order()).slice(0, 2)).toEqual([first[1], first[0]]);
    expect(await held()).toBe('accuracy');
    await choose(page, 'Enlarge');
    await page.locator('[data-slot="accuracy"].large').waitFor();
    expect(await held()).toBe('accuracy');
    await tools('layers').focus();
    await choose(page, 'Pin');
    expect((await order())[0]).toBe('layers');
    expect(await held()).toBe('layers');
    await tools('loss').focus();
    await choose(page, 'Hide');
    expect(await order()).not.toContain('loss');
    expect(await held()).toBeDefined();
    await page.locator('.head .menu > button').focus();
    await choose(page, 'Show the card Loss');
    expect(await order()).toContain('loss');
    await page.locator('.head .menu > button').focus();
    await choose(page, 'Arrange the cards as at first');
    expect(await order()).toEqual(first);
    await done(panel);
  });

  test('a chart is zoomed, moved, pinned, shown as a table and left; another run stands behind it', async () => {
    const panel = await openEvery(browser, 'metrics', { theme: 'dark', width: 1100 });
    const { page } = panel;
    const plot = page.locator('[data-chart="loss"] .plot');
    await plot.focus();
    await page.keyboard.press('End');
    await page.locator('.tooltip').waitFor();
    await page.keyboard.press('+');
    await page.locator('button.live').waitFor();
    await page.keyboard.press('PageUp');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('0');
    await page.locator('button.live').waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await page.locator('.pinned-values, [data-card="pinned"]').first().waitFor();
    await page.keyboard.press('t');
    await page.locator('#table-loss table').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.tooltip').waitFor({ state: 'detached' });
    expect(await plot.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('tab-metrics');
    await page.locator('.head .menu > button').focus();
    await choose(page, 'Baseline', 'None');
    await page.locator('.entry.ghost').first().waitFor({ state: 'detached' });
    await done(panel);
  });

  test('charts of Compare are zoomed by the same keys, and the two runs are turned about', async () => {
    const panel = await openEvery(browser, 'compare', { theme: 'dark', width: 1100 });
    const { page } = panel;
    await page.locator('[data-chart="validation.accuracy"] .plot').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('+');
    await page.locator('button.live').waitFor();
    await page.keyboard.press('0');
    await page.locator('button.live').waitFor({ state: 'detached' });
    const ends = () =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLSelectElement>('.changes select')].map(({ value }) => value),
      );
    const [from, to] = await ends();
    await page
      .locator('.changes select')
      .first()
      .selectOption(to ?? '');
    await expect.poll(ends).toEqual([to, from]);
    await done(panel);
  });
});

/** Runs in the page: the focus goes to a stop by its number, but for tabs and files; answers what it is. */
function focusStop(at: number): string | undefined {
  const stops = [...document.querySelectorAll<HTMLElement>('*')].filter(
    (each) => each.tabIndex >= 0 && !each.matches(':disabled') && each.getClientRects().length > 0,
  );
  const stop = stops[at];
  if (stop === undefined || stop.matches('[type=file], [role=tab]')) return undefined;
  stop.focus();
  return stop.outerHTML.slice(0, 140);
}

/** Runs in the page: what a key does has been drawn. */
function twoFrames(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}

if ('reason' in found) {
  test('a browser for the keyboard', (context) => context.skip(found.reason));
}
