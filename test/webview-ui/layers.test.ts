/**
 * The Layers tab: the map's numbers and colours, and the tab in a real browser, by keyboard, in each theme. Pictures are kept in
 * `test/.out/panel`.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LayersEvent, PANEL_VERSION } from '../../protocol/index.ts';
import { hasWeights, heatOf, MOST_COLUMNS, rowOf } from '../../webview-ui/layers/heat.ts';
import { colourAt, rampOf, scaleOf } from '../../webview-ui/layers/scale.ts';
import { lowContrast } from './contrast.ts';
import { noise } from './events.ts';
import { snapshotOf } from './messages.ts';
import { findBrowser, launch, openPanel, type PanelPage } from './page.ts';
import { insideOf, LIST, layersEvent, PATHS, runWithLayers } from './played-layers.ts';
import type { ThemeName } from './themes.ts';

describe('the map', () => {
  const random = noise(3);
  const events = Array.from({ length: 400 }, (_, at) => layersEvent(at * 10, at, random));

  test('groups a power of two of looks, whose full columns stay as they are', () => {
    const whole = heatOf(events, 'gradient', PATHS);
    expect(whole.columns.length).toBeLessThanOrEqual(MOST_COLUMNS);
    expect(whole.columns).toHaveLength(100);
    expect(whole.columns[1]).toEqual({ from: 40, to: 70 });
    const before = heatOf(events.slice(0, 397), 'gradient', PATHS);
    expect(whole.values.map((row) => row.slice(0, 99))).toEqual(before.values.map((row) => row.slice(0, 99)));
  });

  test('a row is a layer: the norm of all its weights, and what is not finite wins its column', () => {
    const heat = heatOf(events.slice(0, 40), 'gradient', PATHS);
    const { weights } = events[7]!;
    const kernel = Number(weights['Digits/Dense.0/kernel']!.gradient);
    const bias = Number(weights['Digits/Dense.0/bias']!.gradient);
    expect(heat.values[2]?.[7]).toBeCloseTo(Math.hypot(kernel, bias), 12);
    expect(heat.values[2]?.[30]).toBeNaN();
    const update = heatOf(events.slice(0, 40), 'update', PATHS).values[2]?.[7];
    expect(update).toBeCloseTo(Math.hypot(kernel / 90, bias / 100) / Math.hypot(4, 1), 12);
  });

  test('rows stand in the order of the program, an activation below the layer that it follows', () => {
    const results = { mean: 0, deviation: 1, zeros: 0 };
    const event = {
      ...events[0]!,
      results: { 'M/Dense.1': results, 'M/Dense.0 ~ relu': results, 'M/Dense.0': results },
    };
    expect(heatOf([event], 'mean', ['M/Dense.0', 'M/Dense.1']).paths).toEqual([
      'M/Dense.0',
      'M/Dense.0 ~ relu',
      'M/Dense.1',
    ]);
  });

  test('parts of a layer stand below it, and it is looked at by its first part', () => {
    const event: LayersEvent = {
      ...events[0]!,
      weights: Object.fromEntries(
        ['M/Dense.0/kernel', 'M/B/Attention.0/query/kernel', 'M/B/Attention.0/value/kernel', 'M/Dense.1/kernel'].map(
          (path) => [path, { weight: 1, gradient: 1 }],
        ),
      ),
    };
    const { paths } = heatOf([event], 'gradient', ['M/B/Attention.0', 'M/Dense.0', 'M/Dense.1']);
    expect(paths).toEqual(['M/B/Attention.0/query', 'M/B/Attention.0/value', 'M/Dense.0', 'M/Dense.1']);
    expect(['M/B/Attention.0', 'M/Dense.0', 'M/Dense', ''].map((path) => rowOf(paths, path))).toEqual([0, 2, -1, -1]);
    expect(hasWeights([event], 'M/B/Attention.0')).toBe(false);
    expect(hasWeights([event], 'M/B/Attention.0/value')).toBe(true);
  });

  test('sizes lie by their logarithm, means on both sides of zero, shares plainly', () => {
    const sizes = scaleOf('gradient', [[1e-4, 1e-2, Number.NaN, 1]]);
    expect([0, 1e-4, 1e-2, 1].map((value) => sizes.position(value))).toEqual([0, 0, 0.5, 1]);
    const means = scaleOf('mean', [[-2, 1]]);
    expect([-2, 0, 2].map((value) => means.position(value))).toEqual([0, 0.5, 1]);
    expect(means.position(0.1)).toBeGreaterThan(0.55);
    expect(scaleOf('zeros', [[0.2]]).position(0.2)).toBe(0.2);
  });

  test.each(['sizes', 'sides'] as const)('the ramp of %s changes in lightness all the way', (kind) => {
    for (const light of [false, true]) {
      const ramp = rampOf(kind, light);
      const grey = Array.from({ length: 21 }, (_, i) => {
        const [red, green, blue] = colourAt(ramp, i / 20);
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      });
      const parts = kind === 'sizes' ? [grey] : [grey.slice(0, 11), grey.slice(10)];
      for (const part of parts) {
        const signs = new Set(part.slice(1).map((value, i) => Math.sign(value - part[i]!)));
        expect([...signs]).toHaveLength(1);
      }
    }
  });
});

const found = await findBrowser();
const pictures = join(import.meta.dirname, '..', '.out', 'panel');

describe.skipIf('reason' in found)('the tab in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    if ('path' in found) browser = await launch(found);
  });
  afterAll(() => browser?.close());

  const asked = async (panel: PanelPage, kind: string) => {
    const find = async () =>
      (await panel.received())
        .filter((each) => each.kind === 'ask' && each.topic === 'layers' && (each.body as LayerAsk).kind === kind)
        .at(-1);
    await expect.poll(find).toBeDefined();
    return (await find())!;
  };
  const answer = (panel: PanelPage, request: unknown, body: unknown) =>
    panel.send({ version: PANEL_VERSION, kind: 'answer', request, topic: 'layers', body });

  const open = async (theme: ThemeName, width: number) => {
    const panel = await openPanel(browser, { theme, width });
    await panel.send(snapshotOf(runWithLayers(80)));
    await panel.page.getByRole('tab', { name: 'Layers' }).click();
    const { request } = await asked(panel, 'list');
    await answer(panel, request, { kind: 'list', layers: LIST, cursor: ['Digits/Dense.0'], attends: true });
    await panel.page.locator('.heat canvas').waitFor();
    await panel.page.locator('[data-card="layer"]').waitFor();
    return panel;
  };
  /** Answers all questions about the inside until the selector is there. */
  const inside = async (panel: PanelPage, selector: string) => {
    const answered = new Set<unknown>();
    await expect
      .poll(async () => {
        for (const { topic, body, request } of await panel.received()) {
          const question = body as LayerAsk | undefined;
          if (topic !== 'layers' || question?.kind !== 'inside' || answered.has(request)) continue;
          answered.add(request);
          await answer(panel, request, { kind: 'inside', answer: insideOf(question.ask), step: 1876, ms: 40 });
        }
        return panel.page.locator(selector).count();
      })
      .toBeGreaterThan(0);
  };
  const lookInside = async (panel: PanelPage) => {
    await panel.page.getByRole('button', { name: 'Look inside' }).click();
    await inside(panel, '.looks canvas');
    await inside(panel, '.explained canvas');
    await inside(panel, '.histogram');
  };
  const done = async (panel: PanelPage) => {
    expect(await panel.violations()).toEqual([]);
    expect(panel.errors).toEqual([]);
    expect((await panel.received()).filter((message) => message.kind === 'failed')).toEqual([]);
    await panel.page.context().close();
  };

  test.each([
    ['dark', 1100],
    ['light', 1100],
    ['contrast', 1100],
    ['dark', 520],
  ] as const)('%s at %i pixels: drawn, readable, within its width', async (theme, width) => {
    const panel = await open(theme, width);
    expect(await panel.page.evaluate(lowContrast)).toEqual([]);
    expect(await panel.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await panel.page.screenshot({ path: join(pictures, `layers-${theme}-${width}.png`), fullPage: true });
    await done(panel);
  });

  test.each([
    ['dark', 1100],
    ['light', 1100],
    ['contrast', 1100],
    ['dark', 520],
  ] as const)('inside of the model, %s at %i pixels: drawn, readable, within its width', async (theme, width) => {
    const panel = await open(theme, width);
    await lookInside(panel);
    expect(await panel.page.evaluate(lowContrast)).toEqual([]);
    expect(await panel.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await panel.page.screenshot({ path: join(pictures, `layers-inside-${theme}-${width}.png`), fullPage: true });
    await done(panel);
  });

  test('in Chinese, narrow: nothing is left in English', async () => {
    const panel = await open('dark', 520);
    const { page } = panel;
    const texts = JSON.parse(readFileSync('l10n/bundle.l10n.zh-cn.json', 'utf8'));
    await lookInside(panel);
    await panel.send({ version: PANEL_VERSION, kind: 'texts', locale: 'zh-cn', texts });
    await page.getByText('各层随时间的变化').waitFor();
    const words = await page.locator('.layers-head, .facts dt, .heads, .example-bar').allTextContents();
    const left = words.join(' ').match(/[A-Za-z]{4,}/g) ?? [];
    expect(new Set(left)).toEqual(new Set(['Dense', 'mnist', 'model', 'Attention']));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(520);
    await page.screenshot({ path: join(pictures, 'layers-zh-520.png'), fullPage: true });
    await done(panel);
  });

  test('inside of the model by keyboard: heads and places, another row, filters; nothing of the data is markup', async () => {
    const panel = await open('dark', 1100);
    const { page } = panel;
    await lookInside(panel);
    expect(await page.locator('img, .words b').count()).toBe(0);
    expect(await page.locator('.words').first().textContent()).toContain('<img src=x>');
    await page.locator('.looks').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.looks').getAttribute('aria-label')).toMatch(/^<b>fox<\/b> looks at The 50\.00%/);
    expect(await page.getByRole('button', { name: '1', exact: true }).getAttribute('aria-pressed')).toBe('true');
    await page.locator('[data-card="saliency"]').getByRole('button', { name: 'Next' }).click();
    const next = { kind: 'saliency', example: { part: 'validation', index: 1 } };
    await expect
      .poll(async () => (await panel.received()).map(({ body }) => body))
      .toContainEqual(expect.objectContaining({ ask: expect.objectContaining(next) }));
    await page.locator('.cells').focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await inside(panel, '.pictures canvas');
    expect(await page.locator('.pictures canvas').count()).toBe(32);
    await page.screenshot({ path: join(pictures, 'layers-filters.png'), fullPage: true });
    await done(panel);
  });

  test('by keyboard: cells, the line of the program, the table', async () => {
    const panel = await open('dark', 1100);
    const { page } = panel;
    expect(await page.locator('[data-card="layer"] h2').textContent()).toBe('Dense.0');
    await page.locator('.cells').focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Home');
    expect(await page.locator('.heat-said').textContent()).toMatch(
      /^Conv2D\.1, step 10: 0\.\d+ · A quarter of the units/,
    );
    expect(await page.locator('.finding').count()).toBe(1);
    expect(await page.locator('.cells').getAttribute('aria-label')).toMatch(/^Gradient norm\. Conv2D\.1, step 10/);
    await page.keyboard.press('Enter');
    const { request, body } = await asked(panel, 'show');
    expect(body).toEqual({ kind: 'show', path: 'Digits/Conv2D.1' });
    await answer(panel, request, { kind: 'show', opened: 'copy' });
    await page.getByText('its own copy was opened').waitFor();
    await page.keyboard.press('t');
    await page.locator('[data-card="layers"] table').waitFor();
    expect(await page.locator('[data-card="layers"] tbody tr').count()).toBe(4);
    await page.screenshot({ path: join(pictures, 'layers-table.png'), fullPage: true });
    await done(panel);
  });

  test('the cursor of the editor chooses the row; each measure has its map; markup stays text', async () => {
    const panel = await open('light', 1100);
    const { page } = panel;
    const tell = (paths: string[]) =>
      panel.send({ version: PANEL_VERSION, kind: 'tell', topic: 'layers', body: { kind: 'cursor', paths } });
    await tell(['Digits/Conv2D.1']);
    await expect.poll(() => page.locator('[data-card="layer"] h2').textContent()).toBe('Conv2D.1');
    expect(await page.locator('.facts').textContent()).toContain('16 of 64');
    for (const measure of ['update', 'mean', 'spread', 'zeros']) {
      await page.getByLabel('What is shown of the layers').selectOption(measure);
      await page.screenshot({ path: join(pictures, `layers-${measure}.png`) });
    }
    // What has no row leaves the chosen one.
    await tell(['<img src=x onerror=alert(1)>']);
    await tell(['Digits/Conv2D.0']);
    await expect.poll(() => page.locator('[data-card="layer"] h2').textContent()).toBe('Conv2D.0');
    expect(await page.locator('img').count()).toBe(0);
    await done(panel);
  });
});

interface LayerAsk {
  readonly kind: string;
  readonly ask: { readonly kind: string };
}

if ('reason' in found) {
  test('a browser for the Layers tab', (context) => context.skip(found.reason));
}
