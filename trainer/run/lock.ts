/** Who trains a run: `lock` is made by exactly one living process, and taken over only from a dead one. */
import { existsSync, linkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Lock, parseLock } from '../../protocol/index.ts';
import { isCode, readLock, strangeHolder } from '../../runs/index.ts';
import { Failure } from '../failure.ts';
import { textOf } from './folder-files.ts';

/** Writes the lock; a run that another living process trains is refused. */
export function takeLock(folder: string, lock: Lock): void {
  const path = join(folder, 'lock');
  for (;;) {
    try {
      writeFileSync(path, `${JSON.stringify(lock)}\n`, { flag: 'wx', mode: 0o600 });
      return;
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
    }
    const text = textOf(path);
    refuseLiving(folder);
    if (text !== undefined) takeAway(folder, text);
  }
}

function refuseLiving(folder: string): void {
  const other = readLock(folder);
  if (other !== undefined) {
    throw new Failure(
      'train/already-running',
      `The run ${basename(folder)} is being trained by process ${other.pid} already. Stop that one first, or attach to it.`,
    );
  }
  const strange = strangeHolder(folder);
  if (strange !== undefined) {
    throw new Failure(
      'train/already-running',
      `The run ${basename(folder)} has a lock that cannot be read (damaged, or from another version of Modelwright), and its process ${strange} is alive. End that process first; if it is another program by now, delete the file ${join(folder, 'lock')}.`,
    );
  }
}

/**
 * Takes the lock of a dead process away. Of several that try, one gets this very file; who has got another one, of a process
 * that was quicker, puts it back.
 */
function takeAway(folder: string, dead: string): void {
  const path = join(folder, 'lock');
  const aside = `${path}.${process.pid}.old`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  const taken = textOf(aside);
  if (taken === dead) removeSocket(aside);
  else if (!existsSync(path)) linkSync(aside, path);
  rmSync(aside, { force: true });
}

/** A process that was killed leaves its socket behind. Only a folder that a trainer made for it is removed. */
function removeSocket(path: string): void {
  const address = parseLock(textOf(path) ?? '')?.address;
  const folder = address === undefined ? '' : dirname(address);
  if (dirname(folder) === tmpdir() && basename(folder).startsWith('modelwright-')) {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** False where another process has taken the run over; a lock that is gone is written again. */
export function keepLock(folder: string, lock: Lock): boolean {
  const text = textOf(join(folder, 'lock'));
  if (text !== undefined) return parseLock(text)?.token === lock.token;
  try {
    takeLock(folder, lock);
    return true;
  } catch {
    return false;
  }
}

/** Removes the lock where it is this process's own. */
export function dropLock(folder: string): void {
  const path = join(folder, 'lock');
  if (parseLock(textOf(path) ?? '')?.pid === process.pid) rmSync(path, { force: true });
}
