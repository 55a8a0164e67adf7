/**
 * The programs in the open folders: found by a bounded walk and read in the background, never on the typing path. Folders
 * that hold other people's or generated files are left out, links to folders are not followed.
 */
import type { Dirent } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isAllowed, type PathRules } from './paths.ts';
import { versionOf } from './start.ts';

/** At most so many programs are kept, and so many names looked at to find them. */
const PROGRAM_LIMIT = 1000;
const NAME_LIMIT = 50_000;
const DEPTH_LIMIT = 12;
/** A program larger than this is not read: it is no program. */
const SIZE_LIMIT = 1024 * 1024;
export interface Programs {
  /**
   * Looks again where the last look is older than `age` milliseconds or something changed. True: a program came, went or
   * changed.
   */
  refresh(age: number): Promise<boolean>;
  /** Paths, sorted; empty before the first refresh. */
  paths(): readonly string[];
  /** The text of a program as it was read last. */
  text(path: string): string | undefined;
  /** Something changed: the next refresh looks again. */
  changed(): void;
}

interface Read {
  readonly version: string;
  readonly text: string;
}

export function createPrograms(rules: PathRules, now: () => number = Date.now): Programs {
  let known = new Map<string, Read>();
  let looked = Number.NEGATIVE_INFINITY;
  let looking: Promise<boolean> | undefined;

  async function look(): Promise<boolean> {
    looked = now();
    const found = new Map<string, Read>();
    let different = false;
    for (const path of await programPaths(rules.folders)) {
      const before = known.get(path);
      const read = await readProgram(path, before, rules);
      if (read === undefined) continue;
      found.set(path, read);
      different ||= read.text !== before?.text;
    }
    different ||= found.size !== known.size;
    known = found;
    return different;
  }

  return {
    async refresh(age) {
      if (looking !== undefined) return looking;
      if (now() - looked < age) return false;
      looking = look().finally(() => {
        looking = undefined;
      });
      return looking;
    },
    paths: () => [...known.keys()],
    text: (path) => known.get(path)?.text,
    changed() {
      looked = Number.NEGATIVE_INFINITY;
    },
  };
}

/** Paths of the programs below some folders, sorted. */
export async function programPaths(folders: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  let names = 0;
  let level: readonly string[] = folders;
  for (let depth = 0; depth < DEPTH_LIMIT && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      for (const entry of await entriesOf(folder)) {
        if (++names > NAME_LIMIT || found.size >= PROGRAM_LIMIT) return [...found].sort();
        if (entry.isDirectory() && !isLeftOut(entry.name)) next.push(join(folder, entry.name));
        else if (entry.isFile() && entry.name.endsWith('.model')) found.add(join(folder, entry.name));
      }
    }
    level = next;
  }
  return [...found].sort();
}

/** Hidden folders (`.git`, `.modelwright`) and installed packages. */
function isLeftOut(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    // Gone, or not to be read: it holds no programs for us.
    return [];
  }
}

async function readProgram(path: string, before: Read | undefined, rules: PathRules): Promise<Read | undefined> {
  try {
    const stats = await stat(path);
    if (!stats.isFile() || stats.size > SIZE_LIMIT) return undefined;
    const version = versionOf(stats);
    if (before?.version === version) return before;
    if (!isAllowed(await realpath(path), rules)) return undefined;
    return { version, text: await readFile(path, 'utf8') };
  } catch {
    return undefined;
  }
}
