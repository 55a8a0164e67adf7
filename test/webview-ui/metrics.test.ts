/**
 * The Metrics tab in a real browser: the run behind, cards that are arranged, a step that is pinned, axes, a failed run and
 * what can be done about it. Pictures are kept in `test/.out/panel`.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PANEL_VERSION, PLAIN_LAYOUT, type RunEvent } from '../../protocol/index.ts';
import { lowContrast } from './contrast.ts';
import { goodRun, T0 } from './events.ts';
import { snapshotOf } from './messages.ts';
import { findBrowser, launch, openPanel, type PageOptions, type PanelPage } from './page.ts';
import { RUNS, readAnswer, wholeRun } from './played-metrics.ts';

const found = await findBrowser();
const pictures = join(import.meta.dirname, '..', '.out', 'panel');

/** Answers what the panel asks, as the host would. */
async function answer(panel: PanelPage, done: Set<number>): Promise<void> {
  for (const message of await panel.received()) {
    const request = Number(message.request);
    if (message.kind !== 'ask' || done.has(request)) continue;
    done.add(request);
    const { topic } = message;
    const ask = message.body as { kind: string; folder: string; layout: unknown };
    const body =
      topic === 'layout'
        ? { layout: ask.kind === 'write' ? ask.layout : PLAIN_LAYOUT }
        : ask.kind === 'list'
          ? { kind: 'list', runs: RUNS }
          : readAnswer(ask.folder);
    await panel.send({ version: PANEL_VERSION, kind: 'answer', request, topic, body });
  }
}

describe.skipIf('reason' in found)('the Metrics tab in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    if ('path' in found) browser = await launch(found);
  });
  afterAll(() => browser?.close());

  const open = async (events: readonly RunEvent[], options: PageOptions, head = {}) => {
    const panel = await openPanel(browser, options);
    await panel.send(snapshotOf(events, head));
    await panel.page.locator('[data-chart="loss"] canvas').waitFor();
    const done = new Set<number>();
    await expect
      .poll(async () => {
        await answer(panel, done);
        return done.size;
      })
      .toBeGreaterThanOrEqual(3);
    await panel.page.locator('.entry.ghost').first().waitFor();
    return { panel, page: panel.page, answer: () => answer(panel, done) };
  };
  const close = async (panel: PanelPage) => {
    expect(await panel.violations()).toEqual([]);
    expect(panel.errors).toEqual([]);
    expect((await panel.received()).filter((message) => message.kind === 'failed')).toEqual([]);
    await panel.page.context().close();
  };
  const order = (page: Page) =>
    page.locator('[data-slot]').evaluateAll((slots) => slots.map((slot) => slot.getAttribute('data-slot')));

  test.each([
    ['dark', 1180],
    ['light', 1180],
    ['contrast', 1180],
    ['dark', 520],
  ] as const)('%s at %i pixels: as a whole', async (theme, width) => {
    const { panel, page } = await open(wholeRun(2412), { theme, width });
    expect(await page.locator('.health').textContent()).toContain(
      'Validation accuracy is 0.52 points above your best run (#11) at the same step.',
    );
    expect(await page.locator('[data-tile="metric-accuracy"] .foot').textContent()).toBe('▲ 0.52 vs #11');
    expect(await page.locator('[data-chart="loss"] .entry.ghost').textContent()).toMatch(/^#11 best 0\.\d+$/);
    expect(await page.locator('[data-chart="machine"] .legend').textContent()).toMatch(/GPU.*\d\d%.*3\.1 GiB/);
    expect(await page.locator('[data-card="layers"] tr').count()).toBe(3);
    expect(await page.locator('.epochs tr.running').textContent()).toMatch(/^32,4120\.0\d+9\d\.\d\d%running 57%$/);
    expect(await page.evaluate(lowContrast)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const box = await page.locator('[data-chart="loss"] .plot-over').boundingBox();
    await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) * 0.36, (box?.y ?? 0) + 100);
    await page.locator('[data-chart="loss"] .tooltip').waitFor();
    await page.screenshot({ path: join(pictures, `metrics-${theme}-${width}.png`), fullPage: true });
    await close(panel);
  });

  test('cards: pinned first, enlarged, moved, hidden and shown again, by keyboard; the host keeps it', async () => {
    const { panel, page, answer } = await open(wholeRun(2412), { theme: 'dark', width: 1180 });
    const menu = async (card: string, entry: string) => {
      await page.getByRole('button', { name: `Card ${card}` }).focus();
      await page.keyboard.press('Enter');
      await page
        .getByRole('menuitemcheckbox', { name: entry })
        .or(page.getByRole('menuitem', { name: entry }))
        .focus();
      await page.keyboard.press('Enter');
    };
    expect(await order(page)).toEqual([
      'loss',
      'accuracy',
      'rate',
      'throughput',
      'machine',
      'time',
      'layers',
      'epochs',
    ]);
    await menu('Throughput', 'Pin');
    await expect.poll(async () => (await order(page))[0]).toBe('throughput');
    await menu('Accuracy', 'Move forward');
    await expect.poll(async () => (await order(page)).slice(0, 3)).toEqual(['throughput', 'accuracy', 'loss']);
    await menu('Loss', 'Enlarge');
    await expect
      .poll(async () => (await page.locator('[data-chart="loss"] .plot-over').boundingBox())?.width ?? 0)
      .toBeGreaterThan(900);
    await menu('Where the time goes', 'Hide');
    await expect.poll(() => order(page)).not.toContain('time');
    await answer();
    const written = (await panel.received()).filter(
      ({ topic, body }) => topic === 'layout' && (body as { kind: string }).kind === 'write',
    );
    expect(written.at(-1)?.body).toMatchObject({
      layout: { pinned: ['throughput'], hidden: ['time'], large: ['loss'] },
    });
    await page.screenshot({ path: join(pictures, 'metrics-arranged.png'), fullPage: true });
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Show the card Where the time goes' }).click();
    await expect.poll(() => order(page)).toContain('time');
    await close(panel);
  });

  test('a card is dragged to the place of another one', async () => {
    const { panel, page } = await open(wholeRun(2412), { theme: 'dark', width: 1180 });
    await page.locator('[data-slot="machine"] h2').dragTo(page.locator('[data-slot="rate"] h2'));
    await expect.poll(async () => (await order(page)).slice(2, 5)).toEqual(['machine', 'rate', 'throughput']);
    await close(panel);
  });

  test('a step is pinned by a click and by Enter: all its values, copied with all digits', async () => {
    const { panel, page } = await open(wholeRun(2412), { theme: 'dark', width: 1180 });
    const chart = page.locator('[data-chart="loss"] .plot-over');
    const box = await chart.boundingBox();
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) * 0.5, (box?.y ?? 0) + 60);
    await page.locator('[data-card="pinned"]').waitFor();
    const names = await page.locator('[data-card="pinned"] tbody th').allTextContents();
    expect(names).toEqual(
      expect.arrayContaining(['validation loss', '#11 best loss', 'training loss', 'learning rate']),
    );
    await page.screenshot({ path: join(pictures, 'metrics-pinned.png'), fullPage: true });
    await page.getByRole('button', { name: 'Copy' }).click();
    const copied = (await panel.received()).find(({ topic }) => topic === 'compare');
    expect(String((copied?.body as { text: string } | undefined)?.text)).toMatch(/training loss\t0\.\d{9,}/);
    await page.getByRole('button', { name: 'Close' }).click();
    await page.locator('[data-chart="loss"] [role="application"]').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    expect(await page.locator('[data-card="pinned"] h2').textContent()).toMatch(/^Step 2,41\d$/);
    await close(panel);
  });

  test.each(['epoch', 'time', 'wall'])('the x axis by %s, and logarithmic', async (axis) => {
    const { panel, page } = await open(wholeRun(2412), { theme: 'dark', width: 1180 });
    await page.locator('select').selectOption(axis);
    const drawn = () =>
      page.evaluate(() => document.querySelector<HTMLCanvasElement>('[data-chart="loss"] canvas')?.toDataURL());
    const before = await drawn();
    await page.getByRole('button', { name: 'log x' }).click();
    await expect.poll(drawn).not.toBe(before);
    await page.screenshot({ path: join(pictures, `metrics-log-${axis}.png`) });
    await close(panel);
  });

  test('the baseline is chosen in the menu, and none of them', async () => {
    const { panel, page, answer } = await open(wholeRun(2412), { theme: 'dark', width: 1180 });
    const baseline = async (entry: RegExp) => {
      await page.getByRole('button', { name: 'More actions' }).focus();
      await page.keyboard.press('Enter');
      await page.locator('.menu-list button:focus').waitFor();
      await page.getByRole('menuitem', { name: 'Baseline' }).focus();
      await page.keyboard.press('ArrowRight');
      await expect
        .poll(async () => {
          await answer();
          return page.getByRole('menuitemcheckbox', { name: entry }).count();
        })
        .toBe(1);
      await page.getByRole('menuitemcheckbox', { name: entry }).focus();
      await page.keyboard.press('Enter');
    };
    await baseline(/^#12/);
    await expect
      .poll(async () => {
        await answer();
        return page.locator('[data-chart="loss"] .entry.ghost').textContent();
      })
      .toMatch(/^#12 0/);
    await baseline(/^None/);
    await page.locator('.entry.ghost').first().waitFor({ state: 'detached' });
    await close(panel);
  });

  test('a run whose loss broke: why, what to do, and its last steps', async () => {
    const events: RunEvent[] = [
      ...wholeRun(2411),
      ...goodRun({ steps: 4690, epochs: 5, until: 2412 })
        .slice(-1)
        .map((event): RunEvent => ({ ...event, seq: 200_000, loss: 'NaN' }) as RunEvent),
      {
        kind: 'problem',
        seq: 200_001,
        time: T0 + 46_000,
        code: 'train/not-finite',
        severity: 'error',
        message:
          'The loss became not-a-number (NaN) at step 2412 (epoch 3) with the learning rate 0.1. The gradient of Dense.1 grew from 1.9 to 4.1e6 in 37 steps. Training has stopped, since nothing good can come after it. The last good checkpoint is of step 1876. Try the learning rate 3e-4, or limit the gradients (`clip: 1.0`).',
        step: 2412,
        place: { file: 'mnist.model', line: 14, column: 3, start: 200, end: 207 },
      },
      {
        kind: 'ended',
        seq: 200_002,
        time: T0 + 46_001,
        state: 'failed',
        step: 2412,
        epoch: 3,
        best: undefined,
        reason: undefined,
      },
    ];
    const { panel, page } = await open(events, { theme: 'dark', width: 1180 }, { attached: false, resumable: true });
    expect(await page.locator('.badge').textContent()).toBe('Failed · NaN');
    expect(await page.locator('.health b').textContent()).toBe(
      'The loss became not-a-number (NaN) at step 2412 (epoch 3) with the learning rate 0.1.',
    );
    expect(await page.locator('.health code').textContent()).toBe('clip: 1.0');
    expect(await page.locator('.tile .label').allTextContents()).toEqual([
      'validation accuracy',
      'training loss',
      'learning rate',
    ]);
    expect(await page.locator('[data-tile="metric-accuracy"] .foot').textContent()).toBe('checkpoint of step 1,876');
    expect(await page.locator('[data-tile="train-loss"] .foot').textContent()).toMatch(/^0\.0\d+ at step 2,\d{3}$/);
    expect(await page.evaluate(lowContrast)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'metrics-nan.png'), fullPage: true });
    const said = async () => (await panel.received()).filter(({ kind }) => kind === 'command').at(-1);
    await page.getByRole('button', { name: 'Continue from step 1,876 with rate 3e-4' }).click();
    expect(await said()).toMatchObject({ id: 'fixAndResume', argument: 200_001 });
    await page.getByRole('button', { name: 'Change it in the program' }).click();
    expect(await said()).toMatchObject({ id: 'fix', argument: 200_001 });
    await page.getByRole('button', { name: 'Show the last 100 steps' }).click();
    await page.getByRole('button', { name: 'Show all' }).waitFor();
    await close(panel);
  });

  test('all charts as tables by one button, and one of them by its own key', async () => {
    const { panel, page } = await open(wholeRun(2412), { theme: 'dark', width: 1180 });
    const shown = () => page.locator('.table-of-chart:not([hidden])').count();
    const all = page.getByRole('button', { name: 'All charts as tables' });
    await all.click();
    await expect.poll(shown).toBe(5);
    await page.locator('[data-chart="loss"] [role="application"]').focus();
    await page.keyboard.press('t');
    await expect.poll(shown).toBe(4);
    await all.click();
    await expect.poll(shown).toBe(0);
    await page.keyboard.press('Escape');
    await close(panel);
  });

  test('in Chinese', async () => {
    const texts: Record<string, string> = JSON.parse(
      readFileSync(join(import.meta.dirname, '..', '..', 'l10n', 'bundle.l10n.zh-cn.json'), 'utf8'),
    );
    const { panel, page } = await open(wholeRun(2412), { theme: 'dark', width: 1180 });
    await panel.send({ version: PANEL_VERSION, kind: 'texts', locale: 'zh-cn', texts });
    await expect.poll(() => page.locator('.badge').textContent()).toBe(texts.Training);
    await page.screenshot({ path: join(pictures, 'metrics-zh.png'), fullPage: true });
    await close(panel);
  });
});

if ('reason' in found) {
  test('a browser for the Metrics tab', (context) => context.skip(found.reason));
}
