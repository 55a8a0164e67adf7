/**
 * The Evaluate tab in a real browser: matrix, rows, curves, threshold, residuals, texts and sounds; by keyboard, readable in every
 * theme, markup of the data as text. Pictures are kept in `test/.out/evaluate`.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EvaluationAsk, isEvaluation, PANEL_VERSION } from '../../protocol/index.ts';
import { lowContrast } from './contrast.ts';
import {
  answerOf,
  digitsPlayed,
  filmsPlayed,
  numbersPlayed,
  type Played,
  placesPlayed,
  soundsPlayed,
  spokenPlayed,
  yesNoPlayed,
} from './evaluations.ts';
import { goodRun } from './events.ts';
import { snapshotOf } from './messages.ts';
import { findBrowser, launch, openPanel, type PanelPage } from './page.ts';
import type { ThemeName } from './themes.ts';

const found = await findBrowser();
const pictures = join(import.meta.dirname, '..', '.out', 'evaluate');
const events = goodRun({ steps: 4690, epochs: 5, until: 2412 });

test('what the tests play is an evaluation by its guard', () => {
  for (const make of [digitsPlayed, yesNoPlayed, numbersPlayed, placesPlayed, spokenPlayed, filmsPlayed])
    expect(isEvaluation(JSON.parse(JSON.stringify(make().evaluation)))).toBe(true);
});

describe.skipIf('reason' in found)('the tab Evaluate in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    if ('path' in found) browser = await launch(found);
  });
  afterAll(() => browser?.close());

  const open = async (
    played: Played,
    look: { readonly theme?: ThemeName; readonly width?: number; readonly texts?: Record<string, string> } = {},
  ) => {
    const { theme = 'dark', width = 1100 } = look;
    const panel = await openPanel(browser, { theme, width, height: 1400 });
    if (look.texts) await panel.send({ version: PANEL_VERSION, kind: 'texts', locale: 'zh-cn', texts: look.texts });
    await panel.send(snapshotOf(events));
    await panel.send({ version: PANEL_VERSION, kind: 'tab', tab: 'evaluate' });
    const asked = await serve(panel, played);
    return { panel, asked };
  };

  /** Answers what the page asks until nothing more comes. */
  const serve = async (panel: PanelPage, played: Played) => {
    const answered = new Set<number>();
    const asked: EvaluationAsk[] = [];
    const once = async (): Promise<boolean> => {
      const open = (await panel.received()).filter(
        (message) => message.kind === 'ask' && message.topic === 'evaluation' && !answered.has(Number(message.request)),
      );
      for (const { request, body } of open) {
        answered.add(Number(request));
        asked.push(body as EvaluationAsk);
        const answer = answerOf(body as EvaluationAsk, played);
        await panel.send({ version: PANEL_VERSION, kind: 'answer', request, topic: 'evaluation', body: answer });
      }
      return open.length > 0;
    };
    const settle = async (): Promise<void> => {
      await expect.poll(once).toBe(true);
      // An answer may lead to the next question: until a turn of the page brings none.
      for (;;) {
        await panel.page.evaluate(
          () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
        );
        if (!(await once())) return;
      }
    };
    await settle();
    return { asked, settle };
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
  ] as const)('classes in %s at %i pixels: drawn, readable, within its width', async (theme, width) => {
    const { panel } = await open(digitsPlayed(), { theme, width });
    await panel.page.locator('.rows-shown figure').first().waitFor();
    expect(await panel.page.evaluate(lowContrast)).toEqual([]);
    expect(await panel.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await panel.page.screenshot({ path: join(pictures, `classes-${theme}-${width}.png`), fullPage: true });
    await done(panel);
  });

  test('in Chinese', async () => {
    const file = join(import.meta.dirname, '..', '..', 'l10n', 'bundle.l10n.zh-cn.json');
    const texts: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'));
    const { panel } = await open(yesNoPlayed(), { texts });
    await panel.page.locator('.slider').waitFor();
    expect(await panel.page.locator('.evaluate h2').first().textContent()).toBe('阈值');
    await panel.page.screenshot({ path: join(pictures, 'yes-no-zh.png'), fullPage: true });
    await done(panel);
  });

  test('a cell is reached by arrow keys and opens its rows; markup in names stays text', async () => {
    const { panel, asked } = await open(digitsPlayed());
    const { page } = panel;
    await page.locator('[data-cell="0-0"]').focus();
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(
      /^4 predicted as 9: /,
    );
    await page.keyboard.press('Enter');
    await asked.settle();
    expect(asked.asked.filter(({ kind }) => kind === 'find').at(-1)).toMatchObject({
      filter: { kind: 'cell', is: 4, said: 9 },
      from: 0,
      count: 12,
    });
    expect(await page.getByRole('heading', { name: '4 predicted as 9' }).count()).toBe(1);
    expect(await page.locator('.slices th[scope="row"]').first().textContent()).toBe('<b>ada</b>');
    expect(await page.locator('.slices .differs').count()).toBe(2);
    await page.getByRole('button', { name: 'accuracy(digit, label) > 98.5%' }).click();
    await asked.settle();
    expect(asked.asked.at(-1)).toEqual({ kind: 'line', name: 'Digits', expectation: 0 });
    await done(panel);
  });

  test('yes or no: the threshold moves the counts, and what is suggested is the best', async () => {
    const played = yesNoPlayed();
    const { panel, asked } = await open(played);
    const { page } = panel;
    const words = () => page.locator('[data-cell="1-1"]').getAttribute('aria-label');
    const before = await words();
    await page.locator('.slider input').focus();
    await page.keyboard.press('Home');
    expect(await words()).not.toBe(before);
    const answer = played.evaluation.answers[0];
    expect(await words()).toBe(`yes predicted as yes: ${answer?.kind === 'yes-no' ? answer.positives : ''}`);
    await asked.settle();
    await page.getByRole('button', { name: /^best F1/ }).click();
    await asked.settle();
    expect(await page.evaluate(lowContrast)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'yes-no.png'), fullPage: true });
    await done(panel);
  });

  test.each([
    ['numbers', numbersPlayed, 'Rows by error'],
    ['places', placesPlayed, 'Rows by surprise'],
    ['spoken', spokenPlayed, 'Rows by mistakes'],
    ['films', filmsPlayed, 'Rows by rank'],
    ['sounds', soundsPlayed, 'Most confident mistakes'],
  ] as const)('%s', async (name, make, heading) => {
    const { panel } = await open(make());
    await panel.page.getByRole('heading', { name: heading }).waitFor();
    expect(await panel.page.evaluate(lowContrast)).toEqual([]);
    await panel.page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
    if (name === 'sounds') {
      await panel.page.getByRole('button', { name: 'Listen' }).first().click();
      await panel.page.getByRole('button', { name: 'Stop' }).first().waitFor();
    }
    await done(panel);
  });

  test('an evaluation is made: progress, and the new one is read', async () => {
    const { panel, asked } = await open(digitsPlayed());
    const { page } = panel;
    await page.getByRole('button', { name: 'Evaluate again' }).click();
    await asked.settle();
    expect(asked.asked.at(-1)).toEqual({ kind: 'start', declaration: 'Digits' });
    const tell = (body: unknown) => panel.send({ version: PANEL_VERSION, kind: 'tell', topic: 'evaluation', body });
    await tell({ kind: 'progress', declaration: 'Digits', done: 512, all: 1000 });
    await page.getByText('512 of 1,000 rows').waitFor();
    await tell({ kind: 'ended', name: '', message: 'The disk is <b>full</b>.' });
    expect(await page.locator('.trouble').textContent()).toBe('The disk is <b>full</b>.');
    await tell({ kind: 'ended', name: 'Digits', message: '' });
    await asked.settle();
    expect(asked.asked.filter(({ kind }) => kind === 'read').at(-1)).toEqual({ kind: 'read', name: 'Digits' });
    await done(panel);
  });
});
