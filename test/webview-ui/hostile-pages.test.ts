/**
 * Every tab and page as it is once all of it is drawn, Compare and its page, the page of the graph, the answers of Layers among
 * them, with hostile texts and hostile names of values wherever the host can send some: nothing becomes markup, nothing throws,
 * no link leads anywhere.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readToDataPanel, readToPanel } from '../../protocol/index.ts';
import { LOOKED, openEvery } from './every-page.ts';
import { findBrowser, launch, type PanelPage } from './page.ts';
import { POISONS, type Poison, poisoned, poisonedNames, withoutPoison } from './poison.ts';

const found = await findBrowser();
const isMessage = (value: unknown) => readToPanel(value) !== undefined || readToDataPanel(value) !== undefined;

/** The texts that the page finds others by are called by the test as they are; an evaluation is named by its folder. */
const between = (poison: Poison) => ({
  said: (message: unknown) =>
    poisonedNames(poisoned(message, poison, isMessage, ['name', 'column']), poison, isMessage),
  heard: (body: unknown) => withoutPoison(body, poison),
});

/** Keys that open, tick, sort, show tables: what is only drawn then. */
async function walk({ page }: PanelPage): Promise<void> {
  for (let at = 0; at < 60; at++) {
    await page.keyboard.press('Tab');
    await page.keyboard.press(at % 3 === 0 ? 't' : 'ArrowDown');
  }
}

async function harmless(panel: PanelPage): Promise<void> {
  const { page } = panel;
  expect(panel.errors).toEqual([]);
  expect(await panel.violations()).toEqual([]);
  expect((await panel.received()).filter((message) => message.kind === 'failed')).toEqual([]);
  expect(await page.title()).not.toContain('owned');
  const markup =
    'a[href], area, form[action], iframe, object, embed, base, meta[http-equiv="refresh"], [onerror], [onload], svg[onload], img[src="x"], main script';
  expect(await page.locator(markup).count()).toBe(0);
}

/** Runs in the page: what makes it wider than it is. */
function tooWide(): string[] {
  const { clientWidth, scrollWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const all = [...document.querySelectorAll('body *')].filter(
    (each) => each.getBoundingClientRect().right > clientWidth + 1,
  );
  const inner = all.filter((each) => !all.some((other) => other !== each && each.contains(other)));
  return inner.map(
    (each) =>
      `${each.tagName}.${each.getAttribute('class')} in ${each.parentElement?.getAttribute('class')}: ${each.textContent?.slice(0, 40)}`,
  );
}

describe.skipIf('reason' in found)('hostile texts in whole pages', () => {
  let browser: Browser;
  beforeAll(async () => {
    if ('path' in found) browser = await launch(found);
  });
  afterAll(() => browser?.close());

  const cases = LOOKED.flatMap((looked) =>
    (Object.keys(POISONS) as Poison[]).map((poison) => [looked, poison] as const),
  );

  test.each(cases)('%s: %s', async (looked, poison) => {
    const panel = await openEvery(browser, looked, { theme: 'dark', width: 720 }, undefined, between(poison));
    await harmless(panel);
    await walk(panel);
    await harmless(panel);
    // A word of ten thousand letters is scrolled to.
    if (poison !== 'long') expect(await panel.page.evaluate(tooWide)).toEqual([]);
    await panel.page.context().close();
  });
});

if ('reason' in found) {
  test('a browser for hostile texts', (context) => context.skip(found.reason));
}
