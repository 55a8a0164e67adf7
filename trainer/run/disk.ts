/**
 * The few things that a run does to a disk, as a parameter, so that a full disk can be tested. Everything is written
 * before the call returns; `replace` is whole or not at all.
 */
import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

export interface Disk {
  /** A file that only grows. A line that could not be written whole leaves no part of itself. */
  appender(path: string): Appender;
  /** Writes a file of its own name, flushed. */
  write(path: string, parts: readonly Uint8Array[]): void;
  /** Writes beside, flushes, renames. */
  replace(path: string, text: string): void;
  /** Cuts a file, flushed. */
  cut(path: string, length: number): void;
  rename(from: string, to: string): void;
  makeFolder(path: string): void;
  /** The names in a folder have reached the disk itself. */
  flush(folder: string): void;
  remove(path: string): void;
  names(folder: string): string[];
  read(path: string): Buffer | undefined;
  /** Free bytes where the folder lies; undefined where the system does not tell. */
  free(folder: string): number | undefined;
}

export interface Appender {
  append(bytes: Uint8Array): void;
  /** Until now everything has reached the disk itself, not only the system. */
  sync(): void;
  close(): void;
}

export const realDisk: Disk = {
  appender(path) {
    const file = openSync(path, 'a');
    let length = statLength(path);
    return {
      append(bytes) {
        try {
          writeAll(file, bytes);
          length += bytes.length;
        } catch (error) {
          ftruncateSync(file, length);
          throw error;
        }
      },
      sync: () => fsyncSync(file),
      close: () => closeSync(file),
    };
  },
  write(path, parts) {
    const file = openSync(path, 'w');
    try {
      for (const part of parts) writeAll(file, part);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  },
  replace(path, text) {
    const beside = `${path}.tmp`;
    try {
      realDisk.write(beside, [Buffer.from(text)]);
      renameSync(beside, path);
      flushFolder(dirname(path));
    } catch (error) {
      rmSync(beside, { force: true });
      throw error;
    }
  },
  cut(path, length) {
    const file = openSync(path, 'r+');
    try {
      ftruncateSync(file, length);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  },
  rename(from, to) {
    renameSync(from, to);
    flushFolder(dirname(to));
  },
  makeFolder(path) {
    mkdirSync(path, { recursive: true });
    flushFolder(dirname(path));
  },
  flush: (folder) => flushFolder(folder),
  remove: (path) => rmSync(path, { recursive: true, force: true }),
  names(folder) {
    try {
      return readdirSync(folder);
    } catch {
      return [];
    }
  },
  read(path) {
    try {
      return readFileSync(path);
    } catch {
      return undefined;
    }
  },
  free(folder) {
    try {
      const { bavail, bsize } = statfsSync(folder);
      return bavail * bsize;
    } catch {
      return undefined;
    }
  },
};

function statLength(path: string): number {
  return realDisk.read(path)?.length ?? 0;
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done);
}

/** The new name itself is flushed too; Windows has no such thing. */
function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const file = openSync(join(folder, '.'), 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** True where a write failed because there is no space left. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}
