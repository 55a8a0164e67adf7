/**
 * Made rows in files: one folder for each data set and way of making it, with a file a field and one that tells which rows
 * are there. What is told there was flushed before. Old folders go when there are too many.
 */
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { CachedField, RowStore } from './row-cache.ts';

/** Of all folders together, unless `MODELWRIGHT_CACHE_LIMIT` says otherwise. */
const MOST_BYTES = 20 * 2 ** 30;
/** A folder that was used so lately is not taken away: a run may be reading it. */
const IN_USE_MS = 6 * 60 * 60 * 1000;
const ROWS = 'rows';

export interface DiskCache {
  readonly stores: ReadonlyMap<string, RowStore>;
  /** Keeps on disk which rows are there by now. */
  flush(there: Uint8Array): void;
  close(): void;
}

/** What a folder knows of its rows. */
export function rowsOnDisk(folder: string, count: number, to: Uint8Array): void {
  const path = join(folder, ROWS);
  if (!existsSync(path)) return;
  const bytes = readFileSync(path);
  if (bytes.length === count) to.set(bytes);
}

/** Opens the folder of a cache; several workers may have it open. */
export function openDiskCache(folder: string, fields: readonly CachedField[]): DiskCache {
  mkdirSync(folder, { recursive: true });
  const files: number[] = [];
  const stores = new Map<string, RowStore>();
  for (const { name, bytes } of fields) {
    const path = join(folder, `${name}.bin`);
    const file = openSync(path, existsSync(path) ? 'r+' : 'w+', 0o600);
    files.push(file);
    const read = (row: number, to: Uint8Array): void => {
      if (readSync(file, to, 0, bytes, row * bytes) !== bytes)
        throw new Error(`The cache ${path} is cut off: remove it.`);
    };
    stores.set(name, {
      read,
      view(row) {
        const to = new Uint8Array(bytes);
        read(row, to);
        return to;
      },
      write: (row, from) => void writeSync(file, from, 0, bytes, row * bytes),
    });
  }
  return {
    stores,
    flush(there) {
      for (const file of files) fdatasyncSync(file);
      const part = join(folder, `${ROWS}.${process.pid}.part`);
      writeFileSync(part, there);
      renameSync(part, join(folder, ROWS));
    },
    close() {
      for (const file of files) closeSync(file);
    },
  };
}

/** Takes the oldest folders away until `needed` bytes fit; false where they do not fit at all. */
export function makeRoom(root: string, own: string, needed: number, now: number): boolean {
  mkdirSync(join(root, own), { recursive: true });
  utimesSync(join(root, own), now / 1000, now / 1000);
  const limit = Number(process.env.MODELWRIGHT_CACHE_LIMIT) || MOST_BYTES;
  const { bavail, bsize } = statfsSync(root);
  if (needed > limit || needed > (bavail * bsize) / 2 + bytesIn(join(root, own))) return false;
  const others = readdirSync(root)
    .filter((name) => name !== own)
    .map((name) => ({ name, bytes: bytesIn(join(root, name)), used: statSync(join(root, name)).mtimeMs }))
    .sort((a, b) => a.used - b.used);
  let sum = needed + others.reduce((total, { bytes }) => total + bytes, 0);
  for (const { name, bytes, used } of others) {
    if (sum <= limit || now - used < IN_USE_MS) continue;
    rmSync(join(root, name), { recursive: true, force: true });
    sum -= bytes;
  }
  return true;
}

function bytesIn(folder: string): number {
  try {
    return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).blocks * 512, 0);
  } catch {
    return 0;
  }
}
