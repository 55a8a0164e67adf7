/**
 * The panel in a real browser, in the page that the host gives it, with the host played by the test: the same policy for
 * content, messages by `postMessage`. Counts what the policy refuses.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { panelPage } from '../../client/panel/page.ts';
import { THEMES, type ThemeName } from './themes.ts';

const root = join(import.meta.dirname, '..', '..');

type FoundBrowser = { readonly path: string; readonly env: Record<string, string> } | { readonly reason: string };

/** The browser that the window tests look through, or why there is none. */
export async function findBrowser(): Promise<FoundBrowser> {
  const module: { findBrowser(): Promise<FoundBrowser> } = await import(
    pathToFileURL(join(root, 'test', 'vscode', 'server', 'browser.mjs')).href
  );
  return module.findBrowser();
}

interface Bundle {
  readonly script: string;
  readonly style: string;
}

/** Pages of ours: what each begins with. */
const PAGES = {
  panel: ['main.tsx', 'panel.css'],
  data: ['data/main.tsx', 'data/data.css'],
  graph: ['graph/main.tsx', 'graph/graph.css'],
} as const;
type PageName = keyof typeof PAGES;

const bundles = new Map<PageName, Promise<Bundle>>();

/** A page as it is bundled. */
export function bundlePanel(name: PageName = 'panel'): Promise<Bundle> {
  const known = bundles.get(name);
  if (known !== undefined) return known;
  const made = Promise.all(PAGES[name].map(bundleOne)).then(([script = '', style = '']) => ({ script, style }));
  bundles.set(name, made);
  return made;
}

async function bundleOne(entry: string): Promise<string> {
  const result = await build({
    entryPoints: [join(root, 'webview-ui', entry)],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    target: 'es2022',
  });
  return result.outputFiles[0]?.text ?? '';
}

export interface PanelPage {
  readonly page: Page;
  /** Sends a message of the host, made in the page by `source` (an expression) or as it is. */
  send(message: unknown): Promise<void>;
  /** Messages of the panel so far. */
  received(): Promise<{ kind: string; [name: string]: unknown }[]>;
  violations(): Promise<string[]>;
  /** Uncaught errors of the page so far. */
  readonly errors: readonly string[];
}

export interface PageOptions {
  /** Left out: that of a run. */
  readonly name?: PageName;
  readonly theme: ThemeName;
  readonly width: number;
  readonly height?: number;
  readonly state?: unknown;
  /** Runs in the page before everything else. */
  readonly before?: () => void;
  /** Several runs side by side instead of one. */
  readonly shows?: 'compare';
}

export function launch(found: { readonly path: string; readonly env: Record<string, string> }): Promise<Browser> {
  return chromium.launch({
    executablePath: found.path,
    env: { ...process.env, ...found.env },
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}

/** Opens the panel; it is empty until it is sent a snapshot. */
export async function openPanel(browser: Browser, options: PageOptions): Promise<PanelPage> {
  const { script, style } = await bundlePanel(options.name);
  const context = await browser.newContext({ viewport: { width: options.width, height: options.height ?? 1000 } });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  const origin = 'http://panel.test';
  const html = panelPage({
    script: `${origin}/panel.js`,
    style: `${origin}/panel.css`,
    source: origin,
    nonce: 'abc',
    title: 'test',
    ...(options.shows === undefined ? {} : { shows: options.shows }),
  });
  await page.route(`${origin}/**`, (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path === '/panel.js') return route.fulfill({ contentType: 'text/javascript', body: script });
    if (path === '/panel.css') return route.fulfill({ contentType: 'text/css', body: style });
    return route.fulfill({ contentType: 'text/html', body: html });
  });
  const { body, variables } = THEMES[options.theme];
  if (options.before !== undefined) await page.addInitScript(options.before);
  await page.addInitScript(playHost, { body, variables, state: options.state });
  await page.goto(`${origin}/`);
  return {
    page,
    errors,
    send: (message) => page.evaluate(postDecoded, encode(message)),
    received: () =>
      page.evaluate(() => {
        const { received = [] }: Window & Partial<Played> = window;
        return received;
      }),
    violations: () =>
      page.evaluate(() => {
        const { violations = [] }: Window & Partial<Played> = window;
        return violations;
      }),
  };
}

interface Played {
  received: { kind: string }[];
  violations: string[];
}

/** Playwright carries no buffers: they go as text. */
function encode(value: unknown): unknown {
  if (value instanceof ArrayBuffer) return { base64: Buffer.from(value).toString('base64') };
  if (value instanceof Float32Array) return { floats: [...value] };
  if (value instanceof Float64Array) return { doubles: [...value] };
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, encode(each)]));
}

/** Runs in the page. */
function postDecoded(message: unknown): void {
  const decode = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(decode);
    if (typeof value !== 'object' || value === null) return value;
    if ('base64' in value) return Uint8Array.from(atob(String(value.base64)), (each) => each.charCodeAt(0)).buffer;
    if ('floats' in value && Array.isArray(value.floats)) return Float32Array.from(value.floats);
    if ('doubles' in value && Array.isArray(value.doubles)) return Float64Array.from(value.doubles);
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, decode(each)]));
  };
  window.postMessage(decode(message), '*');
}

/** Runs in the page before everything else. */
function playHost({
  body,
  variables,
  state,
}: {
  body: string;
  variables: Record<string, string>;
  state: unknown;
}): void {
  const played: Played = { received: [], violations: [] };
  let kept = state;
  Object.assign(window, played, {
    acquireVsCodeApi: () => ({
      postMessage: (message: { kind: string }) => played.received.push(message),
      getState: () => kept,
      setState: (next: unknown) => {
        kept = next;
      },
    }),
  });
  document.addEventListener('securitypolicyviolation', (event) => {
    played.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
  });
  document.addEventListener('DOMContentLoaded', () => {
    for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(name, value);
    document.body.className = body;
  });
}
