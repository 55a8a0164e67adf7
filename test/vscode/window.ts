/**
 * The window under test, seen as a user sees it: Playwright over the debugging port, the same in desktop and server.
 * Set up by the API, check with the eyes; never wait for a fixed time.
 */
import { type Browser, chromium, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { outFile } from './report.ts';

let browser: Browser | undefined;
let page: Page | undefined;

/** The page that holds the workbench. */
export async function workbench(): Promise<Page> {
  if (page !== undefined && !page.isClosed()) return page;
  browser ??= await chromium.connectOverCDP(`http://127.0.0.1:${process.env.MODELWRIGHT_TEST_PORT}`, {
    noDefaults: true,
  });
  page = await until('a page with the workbench', async () => {
    for (const candidate of browser?.contexts().flatMap((context) => context.pages()) ?? []) {
      if (
        (await candidate
          .locator('.monaco-workbench')
          .count()
          .catch(() => 0)) > 0
      )
        return candidate;
    }
    return undefined;
  });
  page.setDefaultTimeout(45_000);
  return page;
}

/** Ends the connection (not the window). */
export async function disconnect(): Promise<void> {
  await browser?.close();
  browser = undefined;
  page = undefined;
}

/** Asks again and again, until there is an answer other than undefined and false. */
export async function until<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  limit = 60_000,
): Promise<T> {
  const end = Date.now() + limit;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`waited ${limit / 1000} s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Whether something comes within three seconds, for what has to be asked for again. */
export function appears(locator: Locator): Promise<boolean> {
  return locator.waitFor({ timeout: 3000 }).then(
    () => true,
    () => false,
  );
}

/** Keeps a picture in the report's folder. */
export async function screenshot(name: string, what?: Locator): Promise<void> {
  const path = outFile(`${name}.png`);
  await (what ?? (await workbench())).screenshot({ path });
}

/** Runs a command as a user does: by the palette. */
export async function command(title: string): Promise<void> {
  const window = await workbench();
  await window.keyboard.press('F1');
  const box = window.locator('.quick-input-widget:visible input').first();
  await box.waitFor();
  await box.fill(`>${title}`);
  // Not the first row: a command with more words may stand before it.
  const label = window.getByText(title, { exact: true });
  await window.locator('.quick-input-list .monaco-list-row').filter({ has: label }).first().click();
}

/** The inside of the webview that was opened last: VS Code nests it two frames deep. */
export async function webview(): Promise<FrameLocator> {
  const window = await workbench();
  return window.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame');
}

/** Text of a place in the editor; spaces there are no-break spaces. */
export async function textOf(locator: Locator): Promise<string> {
  return ((await locator.textContent()) ?? '').replace(/[\u00a0\u200b\u200c\u2060]/g, ' ').trim();
}

/** Opens a file of the workspace as a user does: by its name. */
export async function openFile(name: string): Promise<void> {
  const window = await workbench();
  await window.keyboard.press('ControlOrMeta+P');
  const box = window.locator('.quick-input-widget:visible input').first();
  await box.fill(name);
  // Clicked: which row Enter takes depends on how far the search is.
  await window.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().click();
  await window.locator('.tab', { hasText: name }).first().waitFor();
}
