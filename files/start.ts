/**
 * The first bytes of a file, read within bounds and unpacked where they are packed with gzip. Only regular files are
 * opened: never a folder, a device or a pipe.
 */
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { gunzip, gunzipSync, constants as zlib } from 'node:zlib';
import type { FileTrouble } from '../language/index.ts';

/** Bytes that are read of a data file. */
export const START_BYTES = 2 * 1024 * 1024;
/** Unpacked, a start may grow to this. */
const UNPACKED_BYTES = 64 * 1024 * 1024;
// Opening a pipe would wait for a writer.
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const UNPACK = { finishFlush: zlib.Z_SYNC_FLUSH, maxOutputLength: UNPACKED_BYTES };

export interface Start {
  readonly bytes: Uint8Array;
  readonly whole: boolean;
  /** Changes when the file does. */
  readonly version: string;
}

/** Reads a file's start; `limit` in bytes of the file. */
export function readStart(path: string, limit: number): Start | FileTrouble {
  let file: number | undefined;
  try {
    file = openSync(path, FLAGS);
    const stats = fstatSync(file);
    const trouble = troubleOf(stats);
    if (trouble) return trouble;
    const buffer = Buffer.alloc(Math.min(stats.size, limit));
    let read = 0;
    while (read < buffer.length) {
      const count = readSync(file, buffer, read, buffer.length - read, read);
      if (count === 0) return 'changed';
      read += count;
    }
    const bytes = isPacked(buffer) ? gunzipSync(buffer, UNPACK) : buffer;
    return { bytes, whole: stats.size <= limit, version: versionOf(stats) };
  } catch (error) {
    return errorTrouble(error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** The same without waiting. */
export async function readStartLater(path: string, limit: number): Promise<Start | FileTrouble> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, FLAGS);
    const stats = await file.stat();
    const trouble = troubleOf(stats);
    if (trouble) return trouble;
    const buffer = Buffer.alloc(Math.min(stats.size, limit));
    let read = 0;
    while (read < buffer.length) {
      const { bytesRead } = await file.read(buffer, read, buffer.length - read, read);
      if (bytesRead === 0) return 'changed';
      read += bytesRead;
    }
    const bytes = isPacked(buffer) ? await unpack(buffer) : buffer;
    return { bytes, whole: stats.size <= limit, version: versionOf(stats) };
  } catch (error) {
    return errorTrouble(error);
  } finally {
    await file?.close();
  }
}

function unpack(buffer: Buffer): Promise<Buffer> {
  return new Promise((done, failed) => {
    gunzip(buffer, UNPACK, (error, result) => (error ? failed(error) : done(result)));
  });
}

export function versionOf(stats: Stats): string {
  return `${stats.mtimeMs} ${stats.size}`;
}

function troubleOf(stats: Stats): FileTrouble | undefined {
  if (stats.isFile()) return undefined;
  return stats.isDirectory() ? 'folder' : 'device';
}

/** The first two bytes tell, not the name. */
function isPacked(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Why a file could not be read, from the system's error. */
export function errorTrouble(error: unknown): FileTrouble {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'missing';
    case 'EISDIR':
      return 'folder';
    case 'EACCES':
    case 'EPERM':
      return 'denied';
    case 'ENXIO':
      return 'device';
    case 'ERR_BUFFER_TOO_LARGE':
      return 'too-large';
    default:
      return 'unreadable';
  }
}
