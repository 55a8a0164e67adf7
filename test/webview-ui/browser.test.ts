/**
 * The panel in a real browser: nothing is refused by the policy for content, texts can be read in every theme, it fits a
 * narrow column, charts move and can be used by keyboard. Pictures are kept in `test/.out/panel`.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PANEL_VERSION, type RunEvent } from '../../protocol/index.ts';
import { lowContrast } from './contrast.ts';
import { goodRun, T0 } from './events.ts';
import { appendOf, snapshotOf } from './messages.ts';
import { findBrowser, launch, openPanel, type PanelPage } from './page.ts';

const found = await findBrowser();
const pictures = join(import.meta.dirname, '..', '.out', 'panel');
const events = goodRun({ steps: 4690, epochs: 5, until: 2412 });

const failed: RunEvent[] = [
  ...goodRun({ steps: 4690, epochs: 5, until: 2411 }),
  {
    ...(events.filter((event) => event.kind === 'step').at(-1) as Extract<RunEvent, { kind: 'step' }>),
    seq: 9000,
    loss: 'NaN',
  },
  {
    kind: 'problem',
    seq: 9001,
    time: T0 + 46_000,
    code: 'train/not-finite',
    severity: 'error',
    message:
      'Loss became NaN at step 2,412. The gradient norm grew from 1.9 to 4.1e6 in 37 steps; the learning rate is 0.1.',
    step: 2412,
    place: { file: 'mnist.model', line: 14, column: 3, start: 200, end: 207 },
  },
  {
    kind: 'ended',
    seq: 9002,
    time: T0 + 46_001,
    state: 'failed',
    step: 2412,
    epoch: 3,
    best: undefined,
    reason: undefined,
  },
];

describe.skipIf('reason' in found)('the panel in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    if ('path' in found) browser = await launch(found);
  });
  afterAll(() => browser?.close());

  const shown = async (panel: PanelPage) => {
    await panel.page.locator('[data-chart="loss"] canvas').waitFor();
    await expect.poll(async () => (await panel.received()).some((message) => message.kind === 'ack')).toBe(true);
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
    const panel = await openPanel(browser, { theme, width });
    await panel.send(snapshotOf(events));
    await shown(panel);
    expect(await panel.page.evaluate(lowContrast)).toEqual([]);
    expect(await panel.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await panel.page.screenshot({ path: join(pictures, `${theme}-${width}.png`), fullPage: true });
    await done(panel);
  });

  test('a run that failed is red, says why, and its NaN is marked', async () => {
    const panel = await openPanel(browser, { theme: 'dark', width: 1100 });
    await panel.send(snapshotOf(failed, { attached: false, resumable: true }));
    await shown(panel);
    expect(await panel.page.locator('.health').textContent()).toContain('Loss became NaN at step 2,412');
    expect(await panel.page.locator('[data-tile="train-loss"] .big').textContent()).toBe('NaN');
    expect(await panel.page.evaluate(lowContrast)).toEqual([]);
    await panel.page.screenshot({ path: join(pictures, 'failed.png'), fullPage: true });
    await panel.page.getByRole('button', { name: 'Show line 14 of mnist.model' }).click();
    expect((await panel.received()).at(-1)).toMatchObject({ id: 'showPlace', argument: 9001 });
    await done(panel);
  });

  test('an append is drawn and acknowledged', async () => {
    const panel = await openPanel(browser, { theme: 'dark', width: 1100 });
    await panel.send(snapshotOf(goodRun({ steps: 4690, epochs: 5, until: 1000 })));
    await shown(panel);
    const before = await panel.page.locator('[data-chart="loss"] canvas').screenshot();
    await panel.send(appendOf(events, 1000, 2));
    await expect.poll(async () => (await panel.received()).at(-1)).toMatchObject({ kind: 'ack', upTo: 2 });
    expect(await panel.page.locator('.where').first().textContent()).toContain('step 2,412 of 4,690');
    const after = await panel.page.locator('[data-chart="loss"] canvas').screenshot();
    expect(after.equals(before)).toBe(false);
    await done(panel);
  });

  test('by keyboard: cursor, tooltip on one chart, table, leaving', async () => {
    const panel = await openPanel(browser, { theme: 'dark', width: 1100 });
    const { page } = panel;
    await panel.send(snapshotOf(events));
    await shown(panel);
    const chart = page.locator('[data-chart="loss"] [role="application"]');
    await chart.focus();
    await page.keyboard.press('End');
    await page.locator('[data-chart="loss"] .tooltip').waitFor();
    expect(await page.locator('.tooltip p').textContent()).toContain('Step 2,41');
    const atEnd = await page.locator('.tooltip').textContent();
    await page.keyboard.press('Shift+ArrowLeft');
    await expect.poll(() => page.locator('.tooltip').textContent()).not.toBe(atEnd);
    await page.keyboard.press('t');
    await page.locator('#table-loss table').waitFor();
    expect(await page.locator('#table-loss tbody tr').count()).toBeGreaterThan(20);
    await page.keyboard.press('Escape');
    await page.locator('.tooltip').waitFor({ state: 'detached' });
    await done(panel);
  });

  test('by mouse: a drag zooms all charts, the chip goes back', async () => {
    const panel = await openPanel(browser, { theme: 'light', width: 1100 });
    const { page } = panel;
    await panel.send(snapshotOf(events));
    await shown(panel);
    const box = (await page.locator('[data-chart="loss"] .plot-over').boundingBox())!;
    await page.mouse.move(box.x + 60, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 160, box.y + 80, { steps: 5 });
    await page.mouse.up();
    await page.getByRole('button', { name: 'live' }).waitFor();
    await page.screenshot({ path: join(pictures, 'zoomed.png') });
    await page.getByRole('button', { name: 'live' }).click();
    await page.getByRole('button', { name: 'live' }).waitFor({ state: 'detached' });
    await done(panel);
  });

  test('the view comes back as it was left', async () => {
    const state = {
      version: 1,
      folder: '/home/ada/vision/.modelwright/runs/0014-quiet-heron',
      tab: 'metrics',
      smoothing: 0.5,
      axis: 'epoch',
      log: false,
    };
    const panel = await openPanel(browser, { theme: 'dark', width: 1100, state });
    await panel.send(snapshotOf(events));
    await shown(panel);
    expect(await panel.page.locator('output').textContent()).toBe('0.50');
    expect(await panel.page.locator('select').inputValue()).toBe('epoch');
    await done(panel);
  });

  test('a run too long to copy asks the host for its points', async () => {
    const panel = await openPanel(browser, { theme: 'dark', width: 1100 });
    await panel.send({
      ...snapshotOf(events),
      columns: { from: 0, count: 0, step: new ArrayBuffer(0), time: new ArrayBuffer(0), names: [], values: [] },
      remote: true,
    });
    await expect
      .poll(async () => (await panel.received()).filter((message) => message.kind === 'range').length)
      .toBeGreaterThan(3);
    const asked = (await panel.received()).find(
      (message) =>
        message.kind === 'range' &&
        JSON.stringify(message).includes('"smooth":["train.loss"]') &&
        JSON.stringify(message).includes('"raw":["train.loss"]'),
    );
    expect(asked).toBeDefined();
    const points = Array.from({ length: 100 }, (_, index) => index + 1);
    await panel.send({
      version: PANEL_VERSION,
      kind: 'range',
      request: asked?.request,
      view: {
        size: 1,
        step: Float64Array.from(points),
        elapsed: Float64Array.from(points),
        wall: Float64Array.from(points),
        raw: [Float32Array.from(points)],
        smooth: [Float32Array.from(points)],
      },
    });
    await panel.page.locator('[data-chart="loss"] canvas').waitFor();
    await done(panel);
  });

  test('reduced motion stands still', async () => {
    const panel = await openPanel(browser, { theme: 'dark', width: 1100 });
    await panel.send(snapshotOf(events));
    await shown(panel);
    await panel.page.evaluate(() => document.body.classList.add('vscode-reduce-motion'));
    const moving = await panel.page.evaluate(() => document.getAnimations().length);
    expect(moving).toBe(0);
    await done(panel);
  });
});

if ('reason' in found) {
  test('a browser for the panel', (context) => context.skip(found.reason));
}
