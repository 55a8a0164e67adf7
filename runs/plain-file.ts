/**
 * Files of run folders, which may come from anywhere: what is no plain file (a pipe, a device, a folder) or is larger than ours
 * ever are is not read, and never waited for.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/** Records, notes and locks have a few kilobytes. */
export const MOST_OF_RECORD = 8 * 1024 * 1024;

/** An open plain file, with its size; `undefined` for anything else, and where it may not be read. The caller closes it. */
export function openPlain(path: string): { readonly file: number; readonly size: number } | undefined {
  let file: number;
  try {
    // Without waiting: a pipe that nobody writes to would hold the thread for ever.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch {
    return undefined;
  }
  try {
    const stats = fstatSync(file);
    if (stats.isFile()) return { file, size: stats.size };
  } catch {
    // It is closed below.
  }
  closeSync(file);
  return undefined;
}

/** The text of a plain file of at most so many bytes. */
export function readPlain(path: string, most: number): string | undefined {
  const opened = openPlain(path);
  if (opened === undefined) return undefined;
  try {
    return opened.size > most ? undefined : readFileSync(opened.file, 'utf8');
  } catch {
    return undefined;
  } finally {
    closeSync(opened.file);
  }
}

/** Bytes of a plain file; 0 for anything else. */
export function sizeOf(path: string): number {
  const opened = openPlain(path);
  if (opened === undefined) return 0;
  closeSync(opened.file);
  return opened.size;
}
