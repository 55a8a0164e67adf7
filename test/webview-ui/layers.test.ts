/**
 * The Layers tab: the map's numbers and colours, and the tab in a real browser, by keyboard, in each theme. Pictures are kept in
 * `test/.out/panel`.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type LayerBrief,
  type LayerHistogram,
  type LayersEvent,
  PANEL_VERSION,
  type RunEvent,
  type UseLayersAnswer,
} from '../../protocol/index.ts';
import { heatOf, MOST_COLUMNS } from '../../webview-ui/layers/heat.ts';
import { colourAt, rampOf, scaleOf } from '../../webview-ui/layers/scale.ts';
import { lowContrast } from './contrast.ts';
import { goodRun, noise, T0 } from './events.ts';
import { snapshotOf } from './messages.ts';
import { findBrowser, launch, openPanel, type PanelPage } from './page.ts';
import type { ThemeName } from './themes.ts';

const PATHS = ['Digits/Conv2D.0', 'Digits/Conv2D.1', 'Digits/Dense.0', 'Digits/Dense.1'];

function layersEvent(step: number, at: number, random: () => number): LayersEvent {
  const weights: Record<string, LayersEvent['weights'][string]> = {};
  const results: Record<string, LayersEvent['results'][string]> = {};
  for (const [row, path] of PATHS.entries()) {
    const size = 0.4 * Math.exp(-at / 40) * (0.6 + random()) * (row + 1) ** -1.5 + 1e-4;
    weights[`${path}/kernel`] = { gradient: row === 2 && at === 30 ? 'NaN' : size, weight: 4, update: size / 90 };
    weights[`${path}/bias`] = { gradient: size / 3, weight: 1, update: size / 300 };
    const relu = row < 3 ? { silent: row === 1 ? 0.25 : 0 } : {};
    if (at % 4 === 0) results[path] = { mean: 0.2 - row * 0.3, deviation: 1.1 / (row + 1), zeros: row / 4, ...relu };
  }
  return { kind: 'layers', seq: 100_000 + at, time: T0 + step * 18, step, epoch: 1, weights, results };
}

function runWithLayers(count: number): RunEvent[] {
  const random = noise(3);
  const layers = Array.from({ length: count }, (_, at) => layersEvent(10 + at * 12, at, random));
  const problem: RunEvent = {
    kind: 'problem',
    seq: 200_000,
    time: T0 + 20_000,
    code: 'train/dead-units',
    severity: 'warning',
    message: 'A quarter of the units of `Conv2D.1` (line 6) are zero for every example.',
    step: 900,
    place: { file: 'mnist.model', line: 6, column: 3, start: 100, end: 110 },
  };
  return [...goodRun({ steps: 4690, epochs: 5, until: 1000 }), ...layers, problem];
}

const LIST: LayerBrief[] = PATHS.map((path, at) => ({
  path,
  name: path.slice('Digits/'.length),
  kind: path.includes('Conv') ? 'Conv2D' : 'Dense',
  shape: [[26, 26, 32], [11, 11, 64], [128], [10]][at] ?? [],
  parameters: [320, 18_496, 204_928, 1290][at] ?? 0,
  file: 'mnist.model',
  line: 5 + at,
}));

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
          await answer(panel, request, { kind: 'inside', answer: insideOf(question.ask), step: 1876 });
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
    expect(await page.locator('.looks').getAttribute('aria-label')).toMatch(/^<b>fox<\/b> looks at The 50\.00 %/);
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
    await tell(['<img src=x onerror=alert(1)>']);
    await expect.poll(() => page.locator('[data-card="layer"] h2').textContent()).toContain('<img');
    expect(await page.locator('img').count()).toBe(0);
    await done(panel);
  });
});

interface LayerAsk {
  readonly kind: string;
  readonly ask: { readonly kind: string };
}

const packed = (values: ArrayLike<number>) => Buffer.from(Float32Array.from(values).buffer).toString('base64');

function histogram(step: number, width: number, low: number, high: number): LayerHistogram {
  const at = (bin: number) => low + ((bin + 0.5) * (high - low)) / 48;
  const counts = Array.from({ length: 48 }, (_, bin) => Math.round(900 * Math.exp(-((at(bin) / width) ** 2))));
  return { step, low, high, counts, mean: 0.001, deviation: width / 1.41, zeros: 0.12, notFinite: 0 };
}

/** What the host answers to a question about the inside of the model. */
function insideOf(ask: { readonly kind: string; readonly path?: string }): UseLayersAnswer {
  const random = noise(11);
  const example = { part: 'validation', index: 0, rows: 6000 } as const;
  if (ask.kind === 'distribution') {
    const times = [0, 938, 1876].map((step, at) => histogram(step, 0.15 + at * 0.12, -1, 1));
    const series = { shape: [3, 3, 1, 32], times };
    return {
      kind: 'distribution',
      path: ask.path ?? '',
      examples: 256,
      part: 'validation',
      series: [
        { of: 'weights', name: 'kernel', ...series },
        { of: 'weights', name: 'bias', ...series, shape: [32] },
        { of: 'gradients', name: 'kernel', ...series, times: times.slice(1) },
        { of: 'results', name: '', shape: [26, 26, 32], times: times.slice(2) },
      ],
      units: { count: 32, dead: [3, 17], deadCount: 2, saturated: [], saturatedCount: 0 },
      trouble: undefined,
    };
  }
  if (ask.kind === 'filters') {
    const isPicture = ask.path?.includes('Conv2D.0');
    const values = packed(Array.from({ length: 3 * 3 * 32 }, () => random() - 0.5));
    const norms = Array.from({ length: 32 }, () => 0.4 + random());
    return {
      kind: 'filters',
      path: ask.path ?? '',
      shape: isPicture ? [3, 3, 1, 32] : [128, 32],
      values: isPicture ? values : undefined,
      norms,
    };
  }
  if (ask.kind === 'attention') {
    const words = ['The', '<b>fox</b>', 'saw', 'the', 'moon', 'and', 'sang', '.'];
    const values = Array.from({ length: 2 * 8 * 8 }, (_, i) => {
      const [query, key] = [Math.floor(i / 8) % 8, i % 8];
      return key > query ? 0 : 1 / (query + 1);
    });
    return {
      kind: 'attention',
      example,
      looks: [
        { path: 'Digits/Attention.0', title: 'Attention.0' },
        { path: 'Digits/Attention.1', title: 'Attention.1' },
      ],
      look: 0,
      heads: 2,
      queries: 8,
      keys: 8,
      values: packed(values),
      queryLabels: words,
      keyLabels: words,
    };
  }
  const ring = (i: number) => Math.exp(-(((Math.hypot((i % 28) - 14, Math.floor(i / 28) - 14) - 8) / 2) ** 2));
  const pixels = Array.from({ length: 784 }, (_, i) => ring(i));
  return {
    kind: 'saliency',
    example,
    method: 'integrated',
    output: 'digit',
    scores: [0.9, 0.01, 0.01, 0.02, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01],
    names: undefined,
    target: 0,
    truth: '0',
    score: 7.21,
    nothing: -0.4,
    sum: 7.6,
    inputs: [
      {
        field: 'image',
        form: 'picture',
        shape: [28, 28, 1],
        values: packed(pixels),
        parts: packed(pixels.map((value, i) => value * Math.sin(i / 60))),
        labels: undefined,
      },
      {
        field: 'words',
        form: 'places',
        shape: [4],
        values: undefined,
        parts: packed([0.4, -0.2, 1.3, 0.01]),
        labels: ['The', '<img src=x>', 'sang', '.'],
      },
      {
        field: 'features',
        form: 'numbers',
        shape: [3],
        values: packed([0.2, -1.4, 3]),
        parts: packed([0.4, -0.2, 1.3]),
        labels: ['size', 'age', 'north = <yes>'],
      },
    ],
  };
}

if ('reason' in found) {
  test('a browser for the Layers tab', (context) => context.skip(found.reason));
}
