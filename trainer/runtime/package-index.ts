/**
 * Reads what an index of Python packages offers: the simple API as JSON or as a page of links, over HTTP or as files, and
 * folders of wheels. Credentials in an address are sent, and never shown.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isRecord, parseJson } from '../../protocol/index.ts';
import { authorization, type Fetch, reasonOf, shown, withoutCredentials } from '../net/address.ts';
import type { PackageSources } from './pip-config.ts';

export interface WheelFile {
  readonly name: string;
  readonly version: string;
  /** `manylinux_2_27_x86_64`. */
  readonly platform: string;
  readonly file: string;
  readonly url: string;
  /** Hexadecimal; undefined where the index tells none. */
  readonly sha256: string | undefined;
}

export interface Offers {
  readonly wheels: readonly WheelFile[];
  /** One line for each place that was asked. */
  readonly asked: readonly string[];
}

/** All wheels of a package that the sources list. A source that does not answer is told, and the others are asked. */
export async function wheelsOf(
  name: string,
  { indexes, links }: PackageSources,
  fetcher: Fetch,
  signal: AbortSignal,
): Promise<Offers> {
  const wheels: WheelFile[] = [];
  const asked: string[] = [];
  const places = [...links.map((link) => [link, link] as const), ...indexes.map((i) => [i, pageOf(i, name)] as const)];
  for (const [place, page] of places) {
    try {
      const found = (await filesAt(page, fetcher, signal)).flatMap((file) => wheelOf(file, name));
      asked.push(`${shown(place)}: ${found.length} wheels of ${name}`);
      wheels.push(...found);
    } catch (error) {
      signal.throwIfAborted();
      asked.push(`${shown(place)}: ${reasonOf(error)}`);
    }
  }
  return { wheels, asked };
}

function pageOf(index: string, name: string): string {
  return `${index.replace(/\/+$/, '')}/${name}/`;
}

interface Listed {
  readonly file: string;
  readonly url: string;
  readonly sha256: string | undefined;
}

async function filesAt(page: string, fetcher: Fetch, signal: AbortSignal): Promise<readonly Listed[]> {
  if (!/^https?:/.test(page)) return localFiles(page.startsWith('file:') ? fileURLToPath(page) : page);
  const accept = 'application/vnd.pypi.simple.v1+json, text/html;q=0.2';
  const answer = await fetcher(withoutCredentials(page), { signal, headers: { accept, ...authorization(page) } });
  if (!answer.ok) throw new Error(answer.status === 404 ? 'does not have it' : `answered ${answer.status}`);
  const text = await answer.text();
  const base = answer.url === '' ? withoutCredentials(page) : answer.url;
  return answer.headers.get('content-type')?.includes('json') ? ofJson(text, base) : ofPage(text, base);
}

function localFiles(path: string): readonly Listed[] {
  const page = existsSync(path) && statSync(path).isDirectory() ? join(path, 'index.html') : path;
  if (existsSync(page) && page.endsWith('.html')) {
    return ofPage(readFileSync(page, 'utf8'), pathToFileURL(page).href);
  }
  if (!existsSync(path)) throw new Error('does not have it');
  return readdirSync(path).map((file) => ({
    file,
    url: pathToFileURL(join(path, file)).href,
    sha256: undefined,
  }));
}

function ofJson(text: string, base: string): readonly Listed[] {
  const value = parseJson(text);
  const files = isRecord(value) && Array.isArray(value.files) ? value.files : [];
  return files.filter(isRecord).flatMap((each) => {
    if (typeof each.filename !== 'string' || typeof each.url !== 'string') return [];
    if (each.yanked !== undefined && each.yanked !== false) return [];
    const sha256 = isRecord(each.hashes) && typeof each.hashes.sha256 === 'string' ? each.hashes.sha256 : undefined;
    return [{ file: each.filename, url: new URL(each.url, base).href, sha256 }];
  });
}

function ofPage(text: string, base: string): readonly Listed[] {
  return [...text.matchAll(/<a\s([^>]*)>([^<]*)<\/a>/gi)].flatMap(([, attributes = '', label = '']) => {
    const href = /href\s*=\s*["']([^"']+)["']/i.exec(attributes)?.[1];
    if (href === undefined || /\bdata-yanked\b/i.test(attributes)) return [];
    const url = new URL(href.replaceAll('&amp;', '&'), base);
    const sha256 = /^#sha256=([0-9a-f]{64})$/i.exec(url.hash)?.[1]?.toLowerCase();
    url.hash = '';
    const last = decodeURIComponent(url.pathname.split('/').at(-1) ?? '');
    return [{ file: label.trim().endsWith('.whl') ? label.trim() : last, url: url.href, sha256 }];
  });
}

/** The parts of a wheel's name; none for other files and other packages. */
function wheelOf({ file, url, sha256 }: Listed, wanted: string): readonly WheelFile[] {
  const [, name = '', version = '', platform = ''] =
    /^([^-]+)-([^-]+)(?:-\d[^-]*)?-[^-]+-[^-]+-([^-]+)\.whl$/.exec(file) ?? [];
  if (normal(name) !== normal(wanted)) return [];
  return [{ name: normal(name), version, platform, file, url, sha256 }];
}

function normal(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}
