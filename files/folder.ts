/**
 * The files below a folder, listed within bounds: so many entries, so deep, no folder that is only linked to (so that
 * a circle of links ends), nothing but regular files. The walk says which folder it wants next; who drives it reads it.
 */
import { type Dirent, opendirSync, statSync } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileListing } from '../language/index.ts';

/** How far a walk goes. */
export interface FolderBounds {
  readonly files: number;
  readonly folders: number;
  readonly depth: number;
}

/** While one types. */
const GLANCE: FolderBounds = { files: 20_000, folders: 2_000, depth: 8 };

interface Wanted {
  readonly folder: string;
  /** At most so many entries. */
  readonly limit: number;
}

interface Found {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
}

type Walk = Generator<Wanted, FileListing, readonly Found[]>;

function* walk(root: string, bounds: FolderBounds): Walk {
  const paths: string[] = [];
  const waiting: { readonly path: string; readonly depth: number }[] = [{ path: '', depth: 0 }];
  let whole = true;
  let folders = 0;
  for (let at = waiting.shift(); at; at = waiting.shift()) {
    if (folders++ >= bounds.folders || paths.length >= bounds.files) return { paths, whole: false };
    const limit = bounds.files - paths.length + 1;
    const found = yield { folder: join(root, at.path), limit };
    if (found.length >= limit) whole = false;
    for (const { name, kind } of [...found].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = at.path === '' ? name : `${at.path}/${name}`;
      if (kind === 'file') paths.push(path);
      else if (kind === 'folder' && at.depth < bounds.depth) waiting.push({ path, depth: at.depth + 1 });
      else if (kind === 'folder') whole = false;
    }
  }
  return { paths: paths.sort(), whole };
}

/** Lists at once. Throws where the folder itself cannot be read. */
export function listFolder(root: string, bounds = GLANCE): FileListing {
  const steps = walk(root, bounds);
  let first = true;
  let step = steps.next();
  while (!step.done) {
    step = steps.next(readNow(step.value, first));
    first = false;
  }
  return step.value;
}

/** The same without waiting. */
export async function listFolderLater(root: string): Promise<FileListing> {
  const steps = walk(root, GLANCE);
  let first = true;
  let step = steps.next();
  while (!step.done) {
    step = steps.next(await readLater(step.value, first));
    first = false;
  }
  return step.value;
}

/** Folders within that may not be read count as empty. */
function readNow({ folder, limit }: Wanted, must: boolean): readonly Found[] {
  const found: Found[] = [];
  try {
    const entries = opendirSync(folder);
    try {
      for (let entry = entries.readSync(); entry && found.length < limit; entry = entries.readSync()) {
        found.push({ name: entry.name, kind: entry.isSymbolicLink() ? linkedNow(folder, entry) : kindOf(entry) });
      }
    } finally {
      entries.closeSync();
    }
  } catch (error) {
    if (must) throw error;
  }
  return found;
}

async function readLater({ folder, limit }: Wanted, must: boolean): Promise<readonly Found[]> {
  const found: Found[] = [];
  try {
    for await (const entry of await opendir(folder)) {
      found.push({ name: entry.name, kind: entry.isSymbolicLink() ? await linkedLater(folder, entry) : kindOf(entry) });
      if (found.length >= limit) break;
    }
  } catch (error) {
    if (must) throw error;
  }
  return found;
}

function kindOf(entry: Dirent): Found['kind'] {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'folder' : 'other';
}

function linkedNow(folder: string, entry: Dirent): Found['kind'] {
  return statSync(join(folder, entry.name), { throwIfNoEntry: false })?.isFile() ? 'file' : 'other';
}

async function linkedLater(folder: string, entry: Dirent): Promise<Found['kind']> {
  const stats = await stat(join(folder, entry.name)).catch(() => undefined);
  return stats?.isFile() ? 'file' : 'other';
}

/** Changes when a file is added to or taken from the folder or one of the first folders in it. */
export async function folderVersion(root: string): Promise<string> {
  const versions = [String((await stat(root)).mtimeMs)];
  let count = 0;
  for await (const entry of await opendir(root)) {
    if (!entry.isDirectory()) continue;
    const stats = await stat(join(root, entry.name)).catch(() => undefined);
    versions.push(String(stats?.mtimeMs));
    if (++count >= 100) break;
  }
  return versions.sort().join(' ');
}
