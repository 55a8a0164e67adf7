/** What a folder of files tells: how many fit the pattern, the classes that its folders are, and what a few files hold. */
import type { FolderHeader, HeaderWish } from '../files.ts';
import type { FilesSample } from '../shapes/sample.ts';
import { createColumn, createCounter } from './columns.ts';
import { parseMedia } from './media.ts';

/** The files below a folder: relative paths with `/`, in the order of their names. */
export interface Listing {
  readonly paths: readonly string[];
  /** False where there were more than are listed. */
  readonly whole: boolean;
}

/** The first bytes of a file. */
export interface FileHead {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly size: number;
}

const LOOKED = 24;

/** Files of the listing that fit the wish. */
export function fitting(listing: Listing, wish: HeaderWish): readonly string[] {
  const pattern = wish.files === undefined ? undefined : globOf(wish.files);
  return listing.paths.filter((path) => !isHidden(path) && (!pattern || fits(pattern, path)));
}

/** Those whose first bytes are looked at: spread evenly, so that every folder has its turn. */
export function looked(paths: readonly string[]): readonly string[] {
  const step = Math.max(1, paths.length / LOOKED);
  return Array.from({ length: Math.min(LOOKED, paths.length) }, (_, index) => paths[Math.floor(index * step)] ?? '');
}

export function folderHeader(listing: Listing, heads: readonly FileHead[], wish: HeaderWish): FolderHeader {
  const paths = fitting(listing, wish);
  const counter = createCounter();
  for (const path of paths) {
    const slash = path.indexOf('/');
    if (slash > 0) counter.add(path.slice(0, slash));
  }
  const classes = counter.classes(listing.whole);
  const [other] = paths.length === 0 ? listing.paths.filter((path) => !isHidden(path)) : [];
  return {
    kind: 'folder',
    files: paths.length,
    whole: listing.whole,
    ...(other === undefined ? {} : { other }),
    ...(classes ? { classes } : {}),
    sample: sampleOf(heads),
    ...partsOf(paths, listing.whole, wish),
  };
}

function partsOf(paths: readonly string[], whole: boolean, wish: HeaderWish): Pick<FolderHeader, 'parts' | 'unlike'> {
  const { parts: names = [], separator = '_' } = wish;
  if (names.length === 0) return { parts: [] };
  const columns = names.map((name) => createColumn(name));
  let unlike: FolderHeader['unlike'];
  for (const [index, path] of paths.entries()) {
    const cells = partsOfName(path, separator);
    if (cells.length !== names.length) unlike ??= { file: path, count: cells.length };
    else for (const [place, column] of columns.entries()) column.add(cells[place], index + 1);
  }
  return { parts: columns.map((column) => column.sample(whole)), ...(unlike ? { unlike } : {}) };
}

/** `3_theo_14.wav` → `3`, `theo`, `14`. */
export function partsOfName(path: string, separator: string): readonly string[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return (dot > 0 ? name.slice(0, dot) : name).split(separator);
}

function sampleOf(heads: readonly FileHead[]): FilesSample {
  const images = new Map<string, { readonly size: readonly [number, number, number]; count: number }>();
  const rates = new Set<number>();
  const lengths = new Set<number>();
  let other: string | undefined;
  for (const { path, bytes, size } of heads) {
    const media = parseMedia(bytes, size);
    if (!media) other ??= path;
    else if (media.kind === 'sound') {
      if (media.rate > 0) rates.add(media.rate);
      lengths.add(media.samples);
    } else {
      const key = `${media.height} ${media.width} ${media.channels}`;
      const before = images.get(key);
      if (before) before.count++;
      else images.set(key, { size: [media.height, media.width, media.channels], count: 1 });
    }
  }
  const sizes = [...images.values()].sort((a, b) => b.count - a.count).map(({ size }) => size);
  return { looked: heads.length, images: sizes, rates: [...rates], lengths: [...lengths], other };
}

/** `.DS_Store` and what lies in folders whose name begins with a dot. */
function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.')) || path.endsWith('Thumbs.db');
}

/** A pattern with a slash is held against the whole path, else against the name alone. */
function fits(pattern: { readonly expression: RegExp; readonly whole: boolean }, path: string): boolean {
  return pattern.expression.test(pattern.whole ? path : path.slice(path.lastIndexOf('/') + 1));
}

/** `*` stands for any signs but `/`, `**` for any, `?` for one, `{png,jpg}` for one of these. */
function globOf(pattern: string): { readonly expression: RegExp; readonly whole: boolean } {
  let text = '';
  let open = 0;
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern.charAt(at);
    if (sign === '*' && pattern[at + 1] === '*') {
      text += '.*';
      at += pattern[at + 2] === '/' ? 2 : 1;
    } else if (sign === '*') text += '[^/]*';
    else if (sign === '?') text += '[^/]';
    else if (sign === '{') {
      text += '(?:';
      open++;
    } else if (sign === '}' && open > 0) {
      text += ')';
      open--;
    } else if (sign === ',' && open > 0) text += '|';
    else text += sign.replace(/[\\^$.|+()[\]{}]/gu, '\\$&');
  }
  return { expression: new RegExp(`^${text}${')'.repeat(open)}$`, 'iu'), whole: pattern.includes('/') };
}
