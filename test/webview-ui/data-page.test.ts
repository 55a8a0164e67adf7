/** The page of a data declaration in a real browser: pictures, sounds, texts, steps; keyboard and contrast; what it asks for. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DATA_PANEL_VERSION } from '../../protocol/index.ts';
import { lowContrast } from './contrast.ts';
import { findBrowser, launch, openPanel, type PanelPage } from './page.ts';
import { report } from './played-data.ts';

const found = await findBrowser();
const pictures = join(import.meta.dirname, '..', '.out', 'panel');

describe.skipIf('reason' in found)('the page of data in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    if ('path' in found) browser = await launch(found);
  });
  afterAll(() => browser?.close());

  const open = async (theme: 'dark' | 'light' | 'contrast', width: number): Promise<PanelPage> => {
    const page = await openPanel(browser, { name: 'data', theme, width });
    await page.send({ version: DATA_PANEL_VERSION, kind: 'view', view: report });
    await page.page.locator('table caption').first().waitFor({ state: 'attached' });
    return page;
  };
  const done = async (page: PanelPage) => {
    expect(await page.violations()).toEqual([]);
    expect(page.errors).toEqual([]);
    await page.page.context().close();
  };

  test.each([
    ['dark', 1100],
    ['light', 1100],
    ['contrast', 1100],
    ['dark', 520],
  ] as const)('%s at %i pixels: drawn, readable, within its width', async (theme, width) => {
    const page = await open(theme, width);
    expect(await page.page.evaluate(lowContrast)).toEqual([]);
    expect(await page.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.page.screenshot({ path: join(pictures, `data-${theme}-${width}.png`), fullPage: true });
    await done(page);
  });

  test('first raw, finished and augmented; every step where one asks for it; markup in data stays text', async () => {
    const page = await open('dark', 1100);
    const steps = page.page.locator('th.stage');
    expect(await steps.allTextContents()).toEqual([
      'column images',
      'Normalize',
      'augmented',
      'column text',
      'Words(20_000, length: 200)',
      'decodeAudio(rate: 8000)',
    ]);
    await page.page.getByRole('button', { name: 'Every step' }).click();
    expect((await steps.allTextContents()).slice(0, 4)).toEqual([
      'column images',
      'scale(0..255, 0..1)',
      'Normalize',
      'augmented',
    ]);
    expect(await page.page.locator('img').count()).toBe(0);
    expect(await page.page.getByRole('img', { name: 'Picture [28, 28, 1]' }).count()).toBe(8);
    const middle = await page.page.evaluate(() => {
      const canvas = document.querySelector('canvas');
      return [...(canvas?.getContext('2d')?.getImageData(5, 0, 1, 1).data ?? [])];
    });
    expect(middle).toEqual([5, 5, 5, 255]);
    await done(page);
  });

  test('it asks for other rows, other parts, the next epoch, and for the line behind a step', async () => {
    const page = await open('dark', 1100);
    const asked = async () => (await page.received()).filter(({ kind }) => kind !== 'ready').at(-1);
    await page.page.getByRole('button', { name: 'Next rows' }).click();
    expect(await asked()).toMatchObject({ kind: 'show', window: { part: 'train', from: 2, count: 2, epoch: 1 } });
    await page.page.getByRole('button', { name: 'Validation' }).click();
    expect(await asked()).toMatchObject({ kind: 'show', window: { part: 'validation', from: 0 } });
    await page.page.getByRole('button', { name: /augment again/ }).click();
    expect(await asked()).toMatchObject({ kind: 'show', window: { part: 'train', epoch: 2 } });
    await page.page.getByLabel('from row').fill('53990');
    await page.page.getByLabel('from row').press('Enter');
    expect(await asked()).toMatchObject({ kind: 'show', window: { from: 53_989 } });
    await page.page.getByRole('button', { name: 'Normalize' }).click();
    expect(await asked()).toMatchObject({ kind: 'reveal', field: 0, stage: 2 });
    expect(await page.page.getByRole('button', { name: 'Test' }).isDisabled()).toBe(true);
    await page.send({ version: DATA_PANEL_VERSION, kind: 'failed', message: 'There is no file `x.csv`.' });
    await expect.poll(() => page.page.getByRole('alert').textContent()).toBe('There is no file `x.csv`.');
    await page.send({ version: 99, kind: 'view', view: report });
    await done(page);
  });
});
