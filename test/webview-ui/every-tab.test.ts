/**
 * Every tab and page alike, in a real browser: readable in four themes, nothing refused by the policy, everything by keyboard and
 * with a name, narrow and enlarged, in Chinese. Pictures are kept in `test/.out/every`.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cutTexts, focusedStop, nameless, tabbable, wordsOf } from './audit.ts';
import { lowContrast } from './contrast.ts';
import { goodRun } from './events.ts';
import { LOOKED, openEvery } from './every-page.ts';
import { appendOf, snapshotOf } from './messages.ts';
import { findBrowser, launch, openPanel, type PanelPage } from './page.ts';
import { THEMES, type ThemeName } from './themes.ts';

const found = await findBrowser();
const root = join(import.meta.dirname, '..', '..');
const pictures = join(root, 'test', '.out', 'every');
const bundle = (name: string): Record<string, string> => JSON.parse(readFileSync(join(root, 'l10n', name), 'utf8'));

/** Words of the made runs, of programs and of units, which stay as they are in every language. */
const DATA =
  /the default; GPU not used: no adapter found|^validation\.accuracy$|^(?:started|epoch|checkpoint|stopped)\b.*|<[^>]*>|[\w./]+\.(?:model|idx|csv|parquet)\b|\b(?:mnist|Mnist|Digits|MnistCnn|ONNX|Runtime|CPU|GPU|GiB|MiB|KiB|PNG|SVG|CSV|Markdown|Adam|SGD|Conv2D|Dense|MaxPool2D|Flatten|Attention|Features|Classifier|relu|softmax|float32|int32|onerror|document|title|src|img|train|batch|optimizer|loss|accuracy|digit|label|image|images|labels|writer|charles|quiet|heron|bright|first|light|slow|river|amber|fox|elm|base|kernel|bias|column|scale|Normalize|augmented|text|sound|review|Words|length|decodeAudio|rate|positive|negative|fine|film|yes|words|features|north|size|MNIST|ROC|NaN|saw|moon|sang|The|the|and|age|crossEntropy|epochs|lr|test|row|example|line|rows|without|were|left|out|macs|Alt|Enter|Esc|dtype|threads|Wilson|DeLong|AUC|checkpoints|Delete|ada)\b/g;

describe.skipIf('reason' in found)('every tab and page', () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    if ('path' in found) browser = await launch(found);
  });
  afterAll(() => browser?.close());

  const done = async (panel: PanelPage) => {
    expect(await panel.violations()).toEqual([]);
    expect(panel.errors).toEqual([]);
    expect((await panel.received()).filter((message) => message.kind === 'failed')).toEqual([]);
    await panel.page.context().close();
  };
  const wide = (panel: PanelPage) =>
    panel.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  const picture = (panel: PanelPage, ...names: (string | number)[]) =>
    panel.page.screenshot({ path: join(pictures, `${names.join('-').replaceAll(' ', '-')}.png`), fullPage: true });

  describe.each(LOOKED)('%s', (looked) => {
    test.each(Object.keys(THEMES) as ThemeName[])('%s: can be read, has its names', async (theme) => {
      const panel = await openEvery(browser, looked, { theme, width: 1100 });
      await picture(panel, looked, theme);
      expect(await panel.page.evaluate(lowContrast)).toEqual([]);
      expect(await panel.page.evaluate(nameless)).toEqual([]);
      expect(await panel.page.evaluate(cutTexts)).toEqual([]);
      expect(await wide(panel)).toBeLessThanOrEqual(0);
      await done(panel);
    });

    test('by Tab to every control and out again, and it is seen where one is', async () => {
      const panel = await openEvery(browser, looked, { theme: 'dark', width: 1100 });
      const { page } = panel;
      const wanted = await page.evaluate(tabbable);
      const stops: string[] = [];
      const unseen: string[] = [];
      for (let press = 0; press < wanted.length + 60; press++) {
        await page.keyboard.press('Tab');
        const stop = await page.evaluate(focusedStop);
        // Past the last one the browser has the focus, and gives it back at the first.
        if (stop === undefined) continue;
        if (stops.includes(stop.what)) break;
        stops.push(stop.what);
        if (!stop.seen) unseen.push(stop.what);
      }
      const numbers = new Set(stops.map((stop) => stop.split(' ')[0]));
      expect(unseen).toEqual([]);
      expect(wanted.filter((each) => !numbers.has(each.split(' ')[0]))).toEqual([]);
      await done(panel);
    });

    test.each([520])('%i pixels wide, as a window at 200 % is: nothing is cut', async (width) => {
      const panel = await openEvery(browser, looked, { theme: 'dark', width });
      await picture(panel, looked, width);
      expect(await panel.page.evaluate(cutTexts)).toEqual([]);
      expect(await wide(panel)).toBeLessThanOrEqual(0);
      await done(panel);
    });

    test('in Chinese nothing is left in English', async () => {
      const texts = { locale: 'zh-cn', texts: bundle('bundle.l10n.zh-cn.json') };
      const panel = await openEvery(browser, looked, { theme: 'dark', width: 1100 }, texts);
      await picture(panel, looked, 'zh');
      const left = (await panel.page.evaluate(wordsOf)).filter((text) => /[A-Za-z]{3,}/.test(text.replace(DATA, '')));
      expect(left).toEqual([]);
      expect(await panel.page.evaluate(() => document.documentElement.lang)).toBe('zh-cn');
      await done(panel);
    });

    test('nothing moves where less motion is asked for', async () => {
      const panel = await openEvery(browser, looked, { theme: 'dark', width: 1100 });
      await panel.page.emulateMedia({ reducedMotion: 'reduce' });
      expect(await panel.page.evaluate(() => document.getAnimations().map(({ id }) => id))).toEqual([]);
      await done(panel);
    });
  });

  test('a screen reader hears of an epoch once, and of steps nothing', async () => {
    const panel = await openPanel(browser, { theme: 'dark', width: 1100 });
    const { page } = panel;
    const run = (until: number) => goodRun({ steps: 4690, epochs: 5, until });
    await panel.send(snapshotOf(run(1000)));
    await page.locator('[data-chart="loss"] canvas').waitFor();
    await page.evaluate(() => {
      const said: string[] = [];
      Object.assign(window, { said });
      const live = '[aria-live=polite], [aria-live=assertive], [role=status], [role=alert], output';
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          const region = (target instanceof Element ? target : target.parentElement)?.closest(live);
          if (region) said.push(region.textContent ?? '');
        }
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said);
    for (const [at, until] of [1200, 1500, 1800].entries()) {
      await panel.send(appendOf(run(until), [1000, 1200, 1500][at] ?? 0, at + 2));
      await expect.poll(async () => (await panel.received()).at(-1)?.upTo).toBe(at + 2);
    }
    expect((await said()).filter((text) => text !== '')).toEqual([]);
    await panel.send(appendOf(run(1900), 1800, 5));
    await expect.poll(async () => (await panel.received()).at(-1)?.upTo).toBe(5);
    expect(new Set((await said()).filter((text) => text.startsWith('Epoch'))).size).toBe(1);
    await done(panel);
  });
});

if ('reason' in found) {
  test('a browser for every tab', (context) => context.skip(found.reason));
}
