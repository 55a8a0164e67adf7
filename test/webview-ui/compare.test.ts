/** The Compare tab in a real browser: the table and its marks, charts, what changed, groups, keyboard; nothing of a run's names as markup. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CompareAsk, PANEL_VERSION } from '../../protocol/index.ts';
import { lowContrast } from './contrast.ts';
import { snapshotOf } from './messages.ts';
import { findBrowser, launch, openPanel, type PanelPage } from './page.ts';
import { answerOf, events, nasty, own, runs } from './played-compare.ts';

const found = await findBrowser();
const pictures = join(import.meta.dirname, '..', '.out', 'panel');

describe.skipIf('reason' in found)('the Compare tab in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    if ('path' in found) browser = await launch(found);
  });
  afterAll(() => browser?.close());

  /** Opens the tab and answers what it asks, as long as the test lasts. */
  const opened = async (options: {
    theme: 'dark' | 'light' | 'contrast';
    width: number;
    shows?: 'compare';
    texts?: Record<string, string>;
  }) => {
    const state = { version: 1, folder: own, tab: 'compare', smoothing: 0.8, axis: 'step', log: true };
    const panel = await openPanel(browser, { ...options, ...(options.shows === undefined ? { state } : {}) });
    if (options.texts !== undefined) {
      await panel.send({ version: PANEL_VERSION, kind: 'texts', locale: 'zh-cn', texts: options.texts });
    }
    if (options.shows === undefined) await panel.send(snapshotOf(events, { file: 'mnist.model' }));
    const answered = new Set<unknown>();
    const answer = async () => {
      for (const message of await panel.received()) {
        if (message.kind !== 'ask' || answered.has(message.request)) continue;
        answered.add(message.request);
        const body = answerOf(String(message.topic), message.body as CompareAsk);
        const { request, topic } = message;
        await panel.send({ version: PANEL_VERSION, kind: 'answer', request, topic, body });
      }
    };
    const until = (locator: string) =>
      expect
        .poll(
          async () => {
            await answer();
            return panel.page.locator(locator).count();
          },
          { timeout: 20_000 },
        )
        .toBeGreaterThan(0);
    await until('[data-chart="validation.accuracy"] canvas');
    await until('.diff');
    return { panel, answer, until };
  };
  const done = async (panel: PanelPage) => {
    expect(await panel.violations()).toEqual([]);
    expect(panel.errors).toEqual([]);
    expect((await panel.received()).filter((message) => message.kind === 'failed')).toEqual([]);
    expect(await panel.page.title()).not.toBe('1');
    await panel.page.context().close();
  };
  const asks = async (panel: PanelPage) =>
    (await panel.received()).flatMap((message) => (message.kind === 'ask' ? [message.body as CompareAsk] : []));

  test.each([
    ['dark', 1100],
    ['light', 1100],
    ['contrast', 1100],
    ['dark', 520],
  ] as const)('%s at %i pixels: drawn, readable, within its width', async (theme, width) => {
    const { panel } = await opened({ theme, width });
    expect(await panel.page.evaluate(lowContrast)).toEqual([]);
    expect(await panel.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await panel.page.screenshot({ path: join(pictures, `compare-${theme}-${width}.png`), fullPage: true });
    await done(panel);
  });

  test('this run, the one before and the starred one are ticked; what differs is marked; a heading sorts', async () => {
    const { panel } = await opened({ theme: 'dark', width: 1100 });
    const { page } = panel;
    const ticked = await page.locator('.runs tbody input:checked').evaluateAll((all) => all.length);
    expect(ticked).toBe(3);
    expect(await page.locator('.runs td.differs').allTextContents()).toEqual([
      '1e-1 (differs)',
      '1e-4 (differs)',
      '32 (differs)',
      '347,146 (differs)',
      'SGD (differs)',
    ]);
    expect(await page.locator('.runs .chip').allTextContents()).toEqual([
      'Training 51%',
      'NaN at step 412',
      'Stopped',
      'Finished',
      'Finished',
    ]);
    await page.getByRole('button', { name: 'val loss' }).click();
    const numbers = () => page.locator('.runs tbody tr th b').allTextContents();
    expect(await numbers()).toEqual(['#11', '#14', '#9', '#12', '#13']);
    await page.getByRole('button', { name: 'val loss' }).click();
    expect(await numbers()).toEqual(['#12', '#9', '#14', '#11', '#13']);
    expect(await page.locator('.runs th[aria-sort="descending"]').count()).toBe(1);
    await done(panel);
  });

  test('the page of the ticked runs, in Chinese; seeds as one line with an area', async () => {
    const texts = JSON.parse(
      readFileSync(join(import.meta.dirname, '..', '..', 'l10n', 'bundle.l10n.zh-cn.json'), 'utf8'),
    );
    const { panel, until } = await opened({ theme: 'dark', width: 1100, shows: 'compare', texts });
    const { page } = panel;
    expect(await page.locator('h1').textContent()).toBe('比较运行');
    expect(await page.locator('.runs tbody input:checked').count()).toBe(3);
    expect(await page.locator('.answers-changed').textContent()).toContain(nasty);
    expect(await page.evaluate(lowContrast)).toEqual([]);
    await page.getByLabel('分组').selectOption('optimizer');
    await until('[data-chart="validation.loss"] .entry:nth-of-type(2)');
    expect(await page.locator('[data-chart="validation.loss"] .entry').count()).toBe(2);
    expect(await page.locator('[data-chart="validation.loss"] .entry').first().textContent()).toContain(
      'optimizer: Adam',
    );
    await page.screenshot({ path: join(pictures, 'compare-page-zh.png'), fullPage: true });
    await done(panel);
  });

  test('ticking draws, the diff editor opens, the table is copied, a run opens', async () => {
    const { panel, until, answer } = await opened({ theme: 'dark', width: 1100 });
    const { page } = panel;
    await page.getByLabel('Show #9 first-light').check();
    await until('[data-chart="validation.accuracy"] .entry:nth-of-type(4)');
    await page.getByRole('button', { name: 'Open the diff editor' }).click();
    await page.getByRole('button', { name: 'Copy as Markdown' }).click();
    await page.getByRole('button', { name: '#9 first-light' }).click();
    await answer();
    const asked = await asks(panel);
    expect(asked).toContainEqual({ kind: 'openDiff', from: runs[2]!.folder, to: own });
    expect(asked).toContainEqual({ kind: 'openRun', folder: runs[4]!.folder });
    const copied = asked.find((ask) => ask.kind === 'copy');
    expect(copied).toMatchObject({ text: expect.stringContaining('| **SGD** |') });
    await until('.parallel path.run');
    await page.locator('.parallel [role="application"]').focus();
    await page.keyboard.press('ArrowDown');
    const said = page.locator('.parallel [role="status"]');
    await expect.poll(() => said.textContent()).toContain('#14 quiet-heron: ');
    await page.locator('[data-chart="validation.accuracy"] .plot').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('t');
    await expect.poll(() => page.locator('[data-chart="validation.accuracy"] tbody tr').count()).toBeGreaterThan(2);
    await page.screenshot({ path: join(pictures, 'compare-four.png'), fullPage: true });
    await done(panel);
  });
});
