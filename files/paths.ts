/**
 * Where the files of a program lie: relative to the file that names them, then to the data folder (`MODELWRIGHT_DATA`).
 * Network shares are never touched; in an untrusted workspace nothing outside its folders is.
 */
import { dirname, isAbsolute, join, normalize, relative, resolve, sep } from 'node:path';
import { DOWNLOADED } from '../language/index.ts';
import { downloadFolder } from './downloads.ts';

export interface PathRules {
  /** `MODELWRIGHT_DATA`. */
  readonly dataFolder: string | undefined;
  /** False: only what lies in `folders` may be read. */
  readonly trusted: boolean;
  readonly folders: readonly string[];
}

/** The absolute paths that a data file may have, first one first. */
export function dataPaths(program: string, path: string, rules: PathRules): readonly string[] {
  if (path.startsWith(DOWNLOADED)) return [join(downloadFolder(rules.dataFolder), path.slice(DOWNLOADED.length))];
  if (isAbsolute(path)) return [normalize(path)];
  const beside = resolve(dirname(program), path);
  return rules.dataFolder ? [beside, resolve(rules.dataFolder, path)] : [beside];
}

/** The absolute path of an imported program. */
export function importPath(program: string, path: string): string {
  return resolve(dirname(program), path);
}

/** True for `\\server\share` and `//server/share`. */
export function isShare(path: string): boolean {
  return /^(\\\\|\/\/)[^\\/]/u.test(path);
}

/** True where a file may be read. */
export function isAllowed(path: string, rules: PathRules): boolean {
  if (isShare(path)) return false;
  return rules.trusted || rules.folders.some((folder) => isInside(path, folder));
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
