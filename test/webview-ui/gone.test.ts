/**
 * The folder of a run is deleted under its open panel: from then on the host refuses everything. Each tab says so once where
 * something is asked, what was read stays, nothing throws, and the same after another tab was looked at.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PANEL_VERSION } from '../../protocol/index.ts';
import { type Looked, openEvery } from './every-page.ts';
import { findBrowser, launch, type PanelPage } from './page.ts';

const found = await findBrowser();
const GONE = 'The folder of this run is not there any more.';

describe.skipIf('reason' in found)('a run that is deleted while it is looked at', () => {
  let browser: Browser;
  beforeAll(async () => {
    if ('path' in found) browser = await launch(found);
  });
  afterAll(() => browser?.close());

  const openAndDelete = async (looked: Looked): Promise<PanelPage> => {
    const panel = await openEvery(browser, looked, { theme: 'dark', width: 1100 });
    await panel.page.evaluate(
      ({ version, message }) => {
        const played = window as unknown as { hostHears: (ask: { kind: string; request: number }) => void };
        played.hostHears = ({ kind, request }) => {
          if (kind === 'ask') window.postMessage({ version, kind: 'refused', request, message }, '*');
        };
      },
      { version: PANEL_VERSION, message: GONE },
    );
    return panel;
  };
  const said = (page: Page) => page.getByText(GONE).count();
  const awayAndBack = async ({ page, send }: PanelPage, looked: Looked): Promise<void> => {
    await send({ version: PANEL_VERSION, kind: 'tab', tab: 'log' });
    await page.locator('.log-line').first().waitFor();
    await send({ version: PANEL_VERSION, kind: 'tab', tab: looked });
  };
  const end = async (panel: PanelPage): Promise<void> => {
    expect(panel.errors).toEqual([]);
    expect((await panel.received()).filter(({ kind }) => kind === 'failed')).toEqual([]);
    await panel.page.context().close();
  };

  test('Evaluate: the figures stay, the rows of another cell are refused', async () => {
    const panel = await openAndDelete('evaluate');
    const { page } = panel;
    await page.locator('[data-cell="4-9"]').click();
    await expect.poll(() => said(page)).toBe(1);
    expect(await page.locator('[data-cell="0-0"]').count()).toBe(1);
    await awayAndBack(panel, 'evaluate');
    await page.locator('[data-cell="0-0"]').waitFor();
    await expect.poll(() => page.locator('.evaluate > .trouble').textContent()).toBe(GONE);
    await end(panel);
  });

  test('Try it: the drawing stays, the next one is refused', async () => {
    const panel = await openAndDelete('try');
    const { page } = panel;
    await page.getByRole('button', { name: 'Next example' }).click();
    await expect.poll(() => said(page)).toBe(1);
    expect(await page.locator('.draw canvas').count()).toBeGreaterThan(0);
    expect(await page.locator('.verdict').count()).toBe(1);
    await awayAndBack(panel, 'try');
    await page.locator('.draw canvas').first().waitFor();
    await end(panel);
  });

  test('Layers: the map and what was looked at stay', async () => {
    const panel = await openAndDelete('layers');
    const { page } = panel;
    const histograms = await page.locator('.histogram').count();
    await page.locator('[data-card="saliency"]').getByRole('button', { name: 'Next' }).click();
    await expect.poll(() => page.locator('[data-card="saliency"]').getByText(GONE).count()).toBe(1);
    expect(await page.locator('.histogram').count()).toBe(histograms);
    await awayAndBack(panel, 'layers');
    await page.locator('.heat canvas').first().waitFor();
    expect(await page.locator('.histogram').count()).toBe(histograms);
    await end(panel);
  });

  test('Graph: the picture stays', async () => {
    const panel = await openAndDelete('graph');
    const { page } = panel;
    const items = await page.getByRole('treeitem').count();
    await awayAndBack(panel, 'graph');
    await expect.poll(() => said(page)).toBe(1);
    expect(await page.getByRole('treeitem').count()).toBe(items);
    await end(panel);
  });

  test.each(['compare', 'compare page'] as const)('%s: the table and the curves stay', async (looked) => {
    const panel = await openAndDelete(looked);
    const { page } = panel;
    const rows = await page.locator('.compare-runs tbody tr').count();
    await panel.send({ version: PANEL_VERSION, kind: 'tell', topic: 'compare', body: { kind: 'changed' } });
    await expect.poll(() => page.locator('.compare-runs').getByText(GONE).count()).toBe(1);
    expect(await page.locator('.compare-runs tbody tr').count()).toBe(rows);
    expect(await page.locator('[data-chart="validation.accuracy"] canvas').count()).toBe(1);
    await end(panel);
  });
});
