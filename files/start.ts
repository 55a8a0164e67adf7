/**
 * A bounded part of a file, unpacked where it is packed with gzip: its first bytes, and of a large one a piece from the
 * middle and the end. Only regular files are opened: never a folder, a device or a pipe.
 */
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { gunzip, gunzipSync, constants as zlib } from 'node:zlib';
import type { FileTrouble } from '../language/index.ts';

/** Bytes that are read of a data file's start. */
export const START_BYTES = 2 * 1024 * 1024;
/** Bytes of the pieces from its middle and its end. */
const MIDDLE_BYTES = 128 * 1024;
const END_BYTES = 512 * 1024;
/** Unpacked, a start may grow to this; of what packs better than that, less is read. */
const UNPACKED_BYTES = 32 * 1024 * 1024;
// Opening a pipe would wait for a writer.
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const UNPACK = { finishFlush: zlib.Z_SYNC_FLUSH, maxOutputLength: UNPACKED_BYTES };

export interface Start {
  readonly bytes: Uint8Array;
  readonly whole: boolean;
  /** Where the start is not all: pieces from the middle and the end. Empty for packed files. */
  readonly more: readonly Uint8Array[];
  /** Bytes of the file. */
  readonly size: number;
  /** Changes when the file does. */
  readonly version: string;
}

interface Piece {
  readonly from: number;
  readonly length: number;
}

/** The pieces that are read of a file: its start first. */
function piecesOf(size: number, limit: number): readonly [Piece, ...Piece[]] {
  const first = { from: 0, length: Math.min(size, limit) };
  const rest = size - limit;
  if (rest <= 0 || limit < START_BYTES) return [first];
  const end = Math.min(rest, END_BYTES);
  const middle = Math.floor(size / 2);
  const between = Math.min(MIDDLE_BYTES, size - end - middle);
  const more = middle > limit && between > 0 ? [{ from: middle, length: between }] : [];
  return [first, ...more, { from: size - end, length: end }];
}

/** Reads a part of a file; `limit` is that of its start, in bytes of the file. */
export function readStart(path: string, limit: number): Start | FileTrouble {
  let file: number | undefined;
  try {
    file = openSync(path, FLAGS);
    const stats = fstatSync(file);
    const trouble = troubleOf(stats);
    if (trouble) return trouble;
    const buffers: Buffer[] = [];
    for (const { from, length } of piecesOf(stats.size, limit)) {
      const buffer = Buffer.alloc(length);
      let read = 0;
      while (read < length) {
        const count = readSync(file, buffer, read, length - read, from + read);
        if (count === 0) return 'changed';
        read += count;
      }
      buffers.push(buffer);
    }
    if (versionOf(fstatSync(file)) !== versionOf(stats)) return 'changed';
    const [first = Buffer.alloc(0), ...more] = buffers;
    if (!isPacked(first)) return startOf(stats, stats.size <= limit, first, more);
    const { bytes, all } = unpackNow(first);
    return startOf(stats, all && stats.size <= limit, bytes, []);
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
    const buffers: Buffer[] = [];
    for (const { from, length } of piecesOf(stats.size, limit)) {
      const buffer = Buffer.alloc(length);
      let read = 0;
      while (read < length) {
        const { bytesRead } = await file.read(buffer, read, length - read, from + read);
        if (bytesRead === 0) return 'changed';
        read += bytesRead;
      }
      buffers.push(buffer);
    }
    if (versionOf(await file.stat()) !== versionOf(stats)) return 'changed';
    const [first = Buffer.alloc(0), ...more] = buffers;
    if (!isPacked(first)) return startOf(stats, stats.size <= limit, first, more);
    const { bytes, all } = await unpackLater(first);
    return startOf(stats, all && stats.size <= limit, bytes, []);
  } catch (error) {
    return errorTrouble(error);
  } finally {
    await file?.close();
  }
}

function startOf(stats: Stats, whole: boolean, bytes: Uint8Array, more: readonly Uint8Array[]): Start {
  return { bytes, whole, more, size: stats.size, version: versionOf(stats) };
}

interface Unpacked {
  readonly bytes: Uint8Array;
  /** False where only a part was unpacked. */
  readonly all: boolean;
}

/** Packed data may grow a thousandfold: what would grow beyond the limit is read in smaller parts. */
const LESS = 16;

function unpackNow(buffer: Buffer): Unpacked {
  for (let size = buffer.length; ; size = Math.floor(size / LESS)) {
    try {
      return { bytes: gunzipSync(buffer.subarray(0, size), UNPACK), all: size === buffer.length };
    } catch (error) {
      if (!growsTooLarge(error)) throw error;
    }
  }
}

async function unpackLater(buffer: Buffer): Promise<Unpacked> {
  for (let size = buffer.length; ; size = Math.floor(size / LESS)) {
    try {
      return { bytes: await unpack(buffer.subarray(0, size)), all: size === buffer.length };
    } catch (error) {
      if (!growsTooLarge(error)) throw error;
    }
  }
}

function growsTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
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
