/** The bundled panel in a real browser, with the bench as its host: its files, the browser, and an open page. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { panelPage } from '../../client/panel/page.ts';

export type FoundBrowser =
  | { readonly path: string; readonly env: Record<string, string> }
  | { readonly reason: string };

export const WIDTH = 1200;
export const HEIGHT = 900;

export interface Bundle {
  readonly script: string;
  readonly style: string;
  /** What the script is made of and what it loads later, by the path below `dist`. */
  readonly parts: ReadonlyMap<string, string>;
}

export function readBundle(root: string): Bundle {
  const dist = join(root, 'dist');
  const parts = readdirSync(join(dist, 'panel')).map((name): [string, string] => [
    `panel/${name}`,
    readFileSync(join(dist, 'panel', name), 'utf8'),
  ]);
  return {
    script: readFileSync(join(dist, 'panel.js'), 'utf8'),
    style: readFileSync(join(dist, 'panel.css'), 'utf8'),
    parts: new Map(parts),
  };
}

/** The finder of the window tests: an installed browser, else the one from the package. */
export async function findBrowser(root: string): Promise<FoundBrowser> {
  const path = pathToFileURL(join(root, 'test', 'vscode', 'server', 'browser.mjs')).href;
  const module: { findBrowser(): Promise<FoundBrowser> } = await import(path);
  return module.findBrowser();
}

/** A browser that draws by software. */
export function launch(found: Exclude<FoundBrowser, { readonly reason: string }>): Promise<Browser> {
  return chromium.launch({
    executablePath: found.path,
    env: { ...process.env, ...found.env },
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}

/** Opens the page of a run; it is empty until it is sent a snapshot. */
export async function open(browser: Browser, bundle: Bundle): Promise<{ page: Page; session: CDPSession }> {
  const context = await browser.newContext({ viewport: { width: WIDTH, height: HEIGHT } });
  const page = await context.newPage();
  const origin = 'http://panel.test';
  const html = panelPage({
    script: `${origin}/panel.js`,
    style: `${origin}/panel.css`,
    source: origin,
    nonce: 'bench',
    title: 'bench',
  });
  await page.route(`${origin}/**`, (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path === '/panel.js') return route.fulfill({ contentType: 'text/javascript', body: bundle.script });
    const part = bundle.parts.get(path.slice(1));
    if (part !== undefined) return route.fulfill({ contentType: 'text/javascript', body: part });
    if (path === '/panel.css') return route.fulfill({ contentType: 'text/css', body: bundle.style });
    return route.fulfill({ contentType: 'text/html', body: html });
  });
  await page.addInitScript(() => {
    const received: unknown[] = [];
    Object.assign(window, {
      received,
      acquireVsCodeApi: () => ({
        postMessage: (message: unknown) => {
          received.push(message);
          window.dispatchEvent(new CustomEvent('from-panel', { detail: message }));
        },
        getState: () => undefined,
        setState: () => undefined,
      }),
    });
  });
  await page.goto(`${origin}/`);
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return { page, session };
}

/** Milliseconds that the tasks of the page's main thread took so far. */
export async function taskTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? 0);
}
