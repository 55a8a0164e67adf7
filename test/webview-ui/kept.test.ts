/**
 * What the tabs remember: each is looked at in a way of its own in a real browser, the page is made anew with nothing but what VS
 * Code keeps of it, as when a panel was hidden or the window was loaded again, and it is looked at as before.
 */
import { signal } from '@preact/signals';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PANEL_VERSION } from '../../protocol/index.ts';
import { asCount, asOneOf, asShape, asText, asTexts, createKept } from '../../webview-ui/kept.ts';
import { bytesOf } from '../../webview-ui/try/bytes.ts';
import { emptyRaster, shrunk } from '../../webview-ui/try/raster.ts';
import { answerAll, type Looked, loggedRun, openEvery } from './every-page.ts';
import { snapshotOf } from './messages.ts';
import { findBrowser, launch, openPanel, type PanelPage } from './page.ts';

describe('values by name', () => {
  test('begin with what was kept, else with what they are at first; what they become is kept', () => {
    const kept = createKept({ measure: 'mean', look: { x: 3, name: 'a' }, broken: { x: 'y' } });
    const measure = kept.signal('measure', 'gradient', asOneOf(['gradient', 'mean']));
    expect(measure.value).toBe('mean');
    expect(kept.signal('measure', 'gradient', asOneOf(['gradient', 'mean']))).toBe(measure);
    const shape = asShape<{ x: number; name: string }>({ x: asCount, name: asText });
    expect(kept.signal('look', undefined, shape).value).toEqual({ x: 3, name: 'a' });
    expect(kept.signal('broken', { x: 1, name: '' }, shape).value).toEqual({ x: 1, name: '' });
    measure.value = 'gradient';
    expect(kept.all.value).not.toHaveProperty('measure');
    const boxes = signal<readonly string[]>([]);
    kept.bind('boxes', boxes, asTexts);
    boxes.value = ['a', 'b'];
    expect(kept.all.value).toMatchObject({ boxes: ['a', 'b'] });
  });

  test('a set is kept as a list; nothing large is kept; what begins so is forgotten', () => {
    const kept = createKept(undefined);
    const set = kept.signal<ReadonlySet<string>>(
      'of.set',
      new Set(),
      (value) => new Set(asTexts(value)),
      (all) => [...all],
    );
    const text = kept.signal('text', '', asText);
    set.value = new Set(['x']);
    text.value = 'a'.repeat(400_000);
    expect(kept.all.value).toEqual({ 'of.set': ['x'] });
    text.value = 'short';
    kept.forget('of.');
    expect(set.value.size).toBe(0);
    expect(kept.all.value).toEqual({ text: 'short' });
  });

  test.each([undefined, null, 7, 'x', [1]])('%s is nothing that was kept', (before) => {
    expect(createKept(before).all.value).toEqual({});
  });
});

const found = await findBrowser();

describe.skipIf('reason' in found)('a page that was hidden', () => {
  let browser: Browser;
  beforeAll(async () => {
    if ('path' in found) browser = await launch(found);
  });
  afterAll(() => browser?.close());

  /** The same page made anew from what VS Code kept of it. */
  const again = async (panel: PanelPage, looked: Looked): Promise<PanelPage> => {
    // A drawing rests a moment before it is kept.
    await panel.page.waitForFunction(() => Object.keys(stateOf()).length > 0);
    const state = await panel.page.evaluate(() => stateOf());
    // VS Code keeps JSON.
    const next = await openPanel(browser, {
      theme: 'dark',
      width: 1100,
      height: 1400,
      state: JSON.parse(JSON.stringify(state)),
      ...(looked === 'compare page' ? { shows: 'compare' as const } : {}),
      name: looked === 'graph page' ? 'graph' : 'panel',
    });
    await answerAll(next, looked);
    if (!looked.endsWith('page')) await next.send(snapshotOf(loggedRun(), { file: 'mnist.model' }));
    return next;
  };
  const open = async (looked: Looked): Promise<PanelPage> => {
    const panel = await openEvery(browser, looked, { theme: 'dark', width: 1100 });
    await panel.page.evaluate(() => {
      const api = (
        window as unknown as { acquireVsCodeApi: () => { getState: () => Record<string, unknown> } }
      ).acquireVsCodeApi();
      Object.assign(window, {
        stateOf: () => ((api.getState() as { kept?: unknown }).kept === undefined ? {} : api.getState()),
      });
    });
    return panel;
  };
  const keptOf = (page: Page) => page.evaluate(() => (stateOf() as { kept: Record<string, unknown> }).kept);
  const end = async (...panels: PanelPage[]): Promise<void> => {
    for (const panel of panels) {
      expect(panel.errors).toEqual([]);
      expect((await panel.received()).filter(({ kind }) => kind === 'failed')).toEqual([]);
      await panel.page.context().close();
    }
  };

  test('the graph: opened boxes, the chosen node, where one looks, the colours', async () => {
    const panel = await open('graph');
    const { page } = panel;
    const items = page.getByRole('treeitem');
    const closed = page.locator('[role=treeitem][aria-expanded=false]').first();
    if ((await closed.count()) > 0) await closed.dblclick();
    await items.last().click();
    await page.getByLabel('Colour').first().selectOption('parameters');
    await page.locator('.graph-canvas').focus();
    await page.keyboard.press('+');
    await expect.poll(() => keptOf(page)).toHaveProperty(['graph.look']);
    const before = { kept: await keptOf(page), items: await items.count(), chosen: await chosenOf(page) };
    const next = await again(panel, 'graph');
    await next.page.getByRole('treeitem').first().waitFor();
    expect(await next.page.getByRole('treeitem').count()).toBe(before.items);
    expect(await chosenOf(next.page)).toBe(before.chosen);
    expect(before.chosen).not.toBe('');
    expect(await next.page.getByLabel('Colour').first().inputValue()).toBe('parameters');
    await end(panel, next);
  });

  test('runs side by side: ticks, a colour, the order', async () => {
    const panel = await open('compare');
    const { page } = panel;
    const ticks = page.locator('.compare-runs input[type=checkbox]');
    await ticks.nth(3).click();
    await ticks.nth(0).click();
    await page.locator('.swatch select').nth(1).selectOption('orange');
    await page.locator('button.sort').first().click();
    const stateOfTable = (of: Page) =>
      of.evaluate(() => ({
        ticked: [...document.querySelectorAll<HTMLInputElement>('.compare-runs input')].map((each) => each.checked),
        colours: [...document.querySelectorAll<HTMLSelectElement>('.swatch select')].map((each) => each.value),
        names: [...document.querySelectorAll('.compare-runs .name')].map((each) => each.textContent),
      }));
    const before = await stateOfTable(page);
    expect(before.colours).toContain('orange');
    const next = await again(panel, 'compare');
    await next.page.locator('.compare-runs input').first().waitFor();
    await expect.poll(() => stateOfTable(next.page)).toEqual(before);
    await end(panel, next);
  });

  test('the page of several runs: what was unticked stays so', async () => {
    const panel = await open('compare page');
    await panel.page.locator('.compare-runs input').nth(1).click();
    const next = await again(panel, 'compare page');
    await next.page.locator('.compare-runs input').nth(1).waitFor();
    await expect.poll(() => next.page.locator('.compare-runs input').nth(1).isChecked()).toBe(false);
    expect(await next.page.locator('.compare-runs input').nth(0).isChecked()).toBe(true);
    await end(panel, next);
  });

  test('layers: the measure, the layer, the row, how a score is explained; the cursor of the editor does not take it back', async () => {
    const panel = await open('layers');
    const { page } = panel;
    await page.getByLabel('What is shown of the layers').selectOption('update');
    await page.locator('.cells').focus();
    await page.keyboard.press('ArrowUp');
    const title = await page.locator('[data-card="layer"] h2').textContent();
    await page.locator('[data-card="saliency"]').getByLabel('How it is found').selectOption('gradient');
    await page.locator('[data-card="saliency"] input[type=number]').fill('42');
    await page.keyboard.press('Tab');
    const next = await again(panel, 'layers');
    await next.page.locator('[data-card="saliency"]').waitFor();
    expect(await next.page.getByLabel('What is shown of the layers').inputValue()).toBe('update');
    expect(await next.page.locator('[data-card="layer"] h2').textContent()).toBe(title);
    expect(title).not.toBe('Dense.0');
    expect(await next.page.locator('[data-card="saliency"] input[type=number]').inputValue()).toBe('42');
    expect(await next.page.getByLabel('How it is found').inputValue()).toBe('gradient');
    await end(panel, next);
  });

  test('an evaluation: the chosen cell and its rows', async () => {
    const panel = await open('evaluate');
    await panel.page.locator('[data-cell="4-9"]').click();
    const title = panel.page.getByRole('heading', { name: '4 predicted as 9' });
    await title.waitFor();
    const next = await again(panel, 'evaluate');
    await next.page.getByRole('heading', { name: '4 predicted as 9' }).waitFor();
    await end(panel, next);
  });

  test('what is tried: the drawing, asked again; a row of the data with its truth', async () => {
    const panel = await open('try');
    const { page } = panel;
    await page.locator('.truth').waitFor();
    const row = await again(panel, 'try');
    await row.page.locator('.truth').waitFor();
    /** The pixels of the model that are kept of the drawing. */
    const drawn = async (): Promise<number[]> => {
      const { pixels } = (await keptOf(page))['try.drawing.image'] as { readonly pixels: string };
      const raster = emptyRaster(28, 28, 1);
      raster.data.set(Float32Array.from(bytesOf(pixels), (value) => value / 255));
      return [...shrunk(raster)];
    };
    await page.getByRole('button', { name: 'Clear' }).click();
    const canvas = page.locator('.draw canvas').first();
    const box = await canvas.boundingBox();
    if (box === null) throw new Error('no canvas');
    await page.mouse.move(box.x + 60, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 200, box.y + 200, { steps: 6 });
    await page.mouse.up();
    await page.locator('.verdict').waitFor();
    const pixels = (of: Page) =>
      of
        .locator('.draw canvas')
        .first()
        .evaluate((element: HTMLCanvasElement) => {
          const { data } = element.getContext('2d')?.getImageData(0, 0, 28, 28) ?? { data: [] };
          return Array.from({ length: 784 }, (_, at) => data[4 * at] ?? 0);
        });
    const before = await pixels(page);
    // It is kept once it rests.
    await expect.poll(drawn).toEqual(before);
    const next = await again(panel, 'try');
    await next.page.locator('.verdict').waitFor();
    expect(await next.page.locator('.truth').count()).toBe(0);
    await expect.poll(() => pixels(next.page)).toEqual(before);
    const asked = (await next.received()).filter(({ kind, topic }) => kind === 'ask' && topic === 'try');
    expect(asked.map(({ body }) => (body as { kind: string }).kind)).toEqual(['form', 'predict']);
    await end(panel, row, next);
  });

  test('another run knows nothing of it', async () => {
    const panel = await open('layers');
    await panel.page.getByLabel('What is shown of the layers').selectOption('update');
    await panel.send(snapshotOf(loggedRun(), { file: 'mnist.model', folder: '/elsewhere/runs/0002-b' }));
    await expect.poll(() => panel.page.getByLabel('What is shown of the layers').inputValue()).toBe('gradient');
    await panel.send({ version: PANEL_VERSION, kind: 'tab', tab: 'metrics' });
    await end(panel);
  });
});

declare function stateOf(): Record<string, unknown>;

/** What the line under the graph says of the chosen item. */
async function chosenOf(page: Page): Promise<string> {
  return (await page.locator('.graph-foot b').textContent()) ?? '';
}
