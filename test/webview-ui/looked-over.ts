/** What each test of every tab and page shares: where pictures go, the page's width, and that nothing went wrong in it. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { PanelPage } from './page.ts';

const root = join(import.meta.dirname, '..', '..');
const pictures = join(root, 'test', '.out', 'every');

/** Texts in Simplified Chinese, as the host sends them. */
export function chinese(): { readonly locale: string; readonly texts: Readonly<Record<string, string>> } {
  const texts = JSON.parse(readFileSync(join(root, 'l10n', 'bundle.l10n.zh-cn.json'), 'utf8'));
  return { locale: 'zh-cn', texts };
}

/** The policy refused nothing, nothing was thrown, the host heard of no failure. */
export async function done(panel: PanelPage): Promise<void> {
  expect(await panel.violations()).toEqual([]);
  expect(panel.errors).toEqual([]);
  expect((await panel.received()).filter((message) => message.kind === 'failed')).toEqual([]);
  await panel.page.context().close();
}

/** Pixels by which the page is wider than its window. */
export function tooWide(panel: PanelPage): Promise<number> {
  return panel.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** Kept in `test/.out/every`. */
export async function picture(panel: PanelPage, ...names: (string | number)[]): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await panel.page.screenshot({ path: join(pictures, `${names.join('-').replaceAll(' ', '-')}.png`), fullPage: true });
}
