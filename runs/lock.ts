/** Who trains a run: its `lock` read, and whether the process that wrote it is still that process. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Lock, parseLock, parseRunRecord } from '../protocol/index.ts';
import { isCode } from './folder.ts';
import { MOST_OF_RECORD, readPlain } from './plain-file.ts';

/** The lock of a living run; `undefined` where there is none or its process is gone. */
export function readLock(folder: string): Lock | undefined {
  const lock = parseLock(readPlain(join(folder, 'lock'), MOST_OF_RECORD) ?? '');
  return lock !== undefined && isAlive(lock) ? lock : undefined;
}

function isAlive(lock: Lock): boolean {
  if (!processLives(lock.pid)) return false;
  // Numbers of processes come back; the moment at which one began does not.
  const stamp = lock.stamp === undefined ? undefined : processStamp(lock.pid);
  if (stamp !== undefined) return stamp === lock.stamp;
  // After a restart of the machine the socket's file is gone.
  return process.platform === 'win32' || existsSync(lock.address);
}

export function processLives(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return isCode(error, 'EPERM');
  }
  // One that was killed and not waited for is there, but writes no more.
  return statusOf(pid)?.state !== 'Z';
}

/** What tells a process from a later one of the same number: when it began. Undefined where the system does not say. */
export function processStamp(pid: number): string | undefined {
  const status = statusOf(pid);
  const boot = status && readProcess('/proc/sys/kernel/random/boot_id')?.trim();
  return boot === undefined ? undefined : `${boot} ${status?.began}`;
}

function statusOf(pid: number): { readonly state: string; readonly began: string } | undefined {
  if (process.platform !== 'linux') return undefined;
  const text = readProcess(`/proc/${pid}/stat`);
  // The name may hold spaces and brackets; what follows its last bracket does not.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, began] = [fields?.[0], fields?.[19]];
  return state === undefined || began === undefined ? undefined : { state, began };
}

/** The process that may hold a run whose lock is there but cannot be read: the one that `run.json` names, where it is alive. */
export function strangeHolder(folder: string): number | undefined {
  const text = readPlain(join(folder, 'lock'), MOST_OF_RECORD);
  if (text === undefined || parseLock(text) !== undefined) return undefined;
  const record = parseRunRecord(readPlain(join(folder, 'run.json'), MOST_OF_RECORD) ?? '');
  return record?.pid !== undefined && processLives(record.pid) ? record.pid : undefined;
}

/** Of the system's own folder, whose files have no size. */
function readProcess(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
