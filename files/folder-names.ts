/** What lies in a folder that a path in a program leads through: names for suggestions. */
import { readdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { dataPaths, importPath, isAllowed, isShare, type PathRules } from './paths.ts';

export interface FolderName {
  readonly name: string;
  readonly folder: boolean;
}

/** More names than this are of no help. */
const NAME_LIMIT = 1000;

/** Names in `folder` (as it is written in `program`), then those in the same folder of the data folder; hidden ones left out. */
export async function folderNames(program: string, folder: string, rules: PathRules): Promise<readonly FolderName[]> {
  const roots = [dirname(program), ...(rules.dataFolder === undefined ? [] : [rules.dataFolder])];
  const found = new Map<string, FolderName>();
  for (const root of roots) {
    const path = resolve(root, folder === '' ? '.' : folder);
    // Asked of something in the folder: a folder of the workspace lies in none itself.
    if (isShare(folder) || !isAllowed(resolve(path, 'name'), rules)) continue;
    for (const one of await namesIn(path)) if (!found.has(one.name)) found.set(one.name, one);
  }
  return [...found.values()].slice(0, NAME_LIMIT).sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function namesIn(path: string): Promise<readonly FolderName[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.name.startsWith('.') && (entry.isDirectory() || entry.isFile()))
      .map((entry) => ({ name: entry.name, folder: entry.isDirectory() }));
  } catch {
    // There is no such folder (yet).
    return [];
  }
}

/** The first of the files that a path in a program may mean which is there; undefined where none is. */
export async function findFile(
  program: string,
  path: string,
  kind: 'program' | 'data',
  rules: PathRules,
): Promise<string | undefined> {
  const candidates = kind === 'data' ? dataPaths(program, path, rules) : [importPath(program, path)];
  for (const candidate of candidates) {
    if (!isAllowed(candidate, rules)) continue;
    const there = await stat(candidate).then(
      () => true,
      () => false,
    );
    if (there) return candidate;
  }
  return undefined;
}
