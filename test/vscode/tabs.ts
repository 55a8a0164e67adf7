/** The tabs of a run's panel, each with what it shows once it is ready: pictures are taken of content, not of waiting. */
import { strict as assert } from 'node:assert';
import type { FrameLocator } from 'playwright-core';
import { inkOf } from './panel.ts';
import { screenshot, until, workbench } from './window.ts';

export const TABS = ['metrics', 'layers', 'evaluate', 'try', 'graph', 'compare', 'log'] as const;
export type TabName = (typeof TABS)[number];

/** Something in the tab that is there only when it is ready; of a trained and evaluated run of the digits. */
const CONTENT: Readonly<Record<TabName, readonly string[]>> = {
  metrics: ['[data-chart="loss"] canvas', '[data-chart="accuracy"] canvas', '.epochs tbody tr'],
  layers: ['.heat canvas', '[data-card="inside"] .histogram', '[data-card="saliency"] canvas'],
  evaluate: ['.matrix [data-cell="3-3"]', '.evaluate-metrics'],
  try: ['.draw canvas', '.verdict b'],
  graph: ['[role=treeitem]'],
  compare: ['.runs tbody tr:nth-child(2)', '[data-chart] canvas'],
  log: ['.log-line'],
};

/** Chooses a tab and waits until it shows what it has to show. */
export async function showTab(panel: FrameLocator, tab: TabName): Promise<void> {
  await panel.locator(`#tab-${tab}`).click();
  await panel.locator(`#tab-${tab}[aria-selected=true]`).waitFor();
  for (const content of CONTENT[tab]) await panel.locator(content).first().waitFor({ timeout: 90_000 });
  await calm(panel);
  const canvas = panel.locator('[role=tabpanel]:visible canvas').first();
  if (tab !== 'try' && (await canvas.count()) > 0) {
    await until(`something drawn in ${tab}`, async () => (await inkOf(canvas)) > 0);
  }
}

/** Waits until nothing in the page says that it waits, and what it holds has been drawn. */
export async function calm(panel: FrameLocator): Promise<void> {
  let waiting: readonly string[] = [];
  await until('a page that waits for nothing', async () => {
    waiting = await waitingIn(panel);
    return waiting.length === 0;
  }).catch((error: Error) => assert.fail(`${error.message}: ${waiting.join(' | ')}`));
  await panel
    .locator('body')
    .evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
}

/** A picture of each tab, under `tab-NAME-of`. */
export async function pictureTabs(panel: FrameLocator, of: string): Promise<void> {
  const { mouse } = await workbench();
  for (const tab of TABS) {
    await showTab(panel, tab);
    // The pointer rests nowhere: no tooltip lies over the picture.
    await mouse.move(0, 0);
    await screenshot(`tab-${tab}-${of}`);
  }
}

/** Texts that end in dots and are no buttons, and parts that are busy. */
function waitingIn(panel: FrameLocator): Promise<readonly string[]> {
  return panel.locator('body').evaluate((body) => {
    const seen = (element: Element) => element.getClientRects().length > 0;
    const busy = [...body.querySelectorAll('[aria-busy=true]')].filter(seen).map((each) => each.className);
    const texts: string[] = [];
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent?.trim() ?? '';
      const parent = walker.currentNode.parentElement;
      if (!text.endsWith('…') || parent === null || !seen(parent)) continue;
      if (parent.closest('button, a, select, [role=log], [role=menu], .log') === null) texts.push(text);
    }
    return [...busy, ...texts];
  });
}
