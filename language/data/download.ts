/**
 * Files that a program names by an address: `download("https://…", sha256: "…")`. Here is what such a file is called on
 * disk, which the checker, the `files` room and the trainer must say alike. Nothing here fetches.
 */
import type { SettingValue } from '../plan/plan.ts';

export interface Download {
  readonly url: string;
  /** Hexadecimal, small letters; undefined where the program states none. */
  readonly sha256: string | undefined;
}

/** Of a path that is asked of `Files.header`: a file of this name in the folder of downloads. */
export const DOWNLOADED = 'download:';

/** The download that stands where a source names a file; undefined where something else does. */
export function downloadOf(value: SettingValue | undefined): Download | undefined {
  if (typeof value !== 'object' || value === null || !('call' in value) || value.call !== 'source/download') {
    return undefined;
  }
  const { url, sha256 } = value.settings;
  if (typeof url !== 'string') return undefined;
  return { url, sha256: typeof sha256 === 'string' ? sha256.toLowerCase() : undefined };
}

/** The last part of the address, as a name that every file system takes: `housing.csv`. */
export function titleOfDownload({ url }: Download): string {
  const [, path = ''] = /^https?:\/\/[^/?#]*([^?#]*)/iu.exec(url) ?? [];
  const last = decoded(
    path
      .split('/')
      .filter((part) => part !== '')
      .at(-1) ?? '',
  );
  return (
    last
      .replace(/[^\p{L}\p{N}._-]+/gu, '_')
      .slice(-MOST_NAME)
      .replace(/\.+$/u, '') || 'file'
  );
}

/** The name on disk. Equal contents that are called alike share a file; without a sum, equal addresses do. */
export function nameOfDownload(download: Download): string {
  const { url, sha256 } = download;
  const mark = sha256?.slice(0, MARK) ?? `url-${hashOf(url, 0x811c9dc5)}${hashOf(url, 0x01234567)}`;
  return `${mark}-${titleOfDownload(download)}`;
}

const MARK = 16;
const MOST_NAME = 80;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A bare `%`.
    return text;
  }
}

/** FNV-1a, from a start of one's choice: tells addresses apart, and promises no more. */
function hashOf(text: string, start: number): string {
  let hash = start;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
