/**
 * The bytes of a data file: in pieces from the start, or any stretch of them. A packed file is unpacked while it is read in
 * pieces; for stretches it is unpacked once, into memory or into a file.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { PlanPlace } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import type { Shelf } from './columns.ts';
import { gzipReason, reason } from './locate.ts';
import { grouped } from './values.ts';

export interface DataBytes {
  /** In pieces of some MiB, the first one smaller. */
  chunks(): AsyncIterable<Buffer>;
  /**
   * All of it, in memory where it fits, for reading stretches. `expected` tells from its beginning how long it should be: of
   * a packed file no more than a little beyond that is unpacked, whatever it grows to.
   */
  open(shelf: Shelf, expected: (start: Buffer) => number): Promise<Stretches>;
}

export interface Stretches {
  readonly size: number;
  read(to: Uint8Array, at: number): void;
}

/** A file at hand. */
export function bytesInMemory(bytes: Buffer): DataBytes {
  return {
    async *chunks() {
      for (let at = 0, size = FIRST; at < bytes.length; at += size, size = PIECE) yield bytes.subarray(at, at + size);
    },
    open: async () => inMemory(bytes),
  };
}

const FIRST = 256 * 1024;
const PIECE = 4 * 1024 * 1024;

/** `path` is how the program calls the file, `found` where it lies. */
export function bytesOfFile(path: string, found: string, at: PlanPlace | undefined): DataBytes {
  const say = (error: unknown): Failure =>
    new Failure('data/unreadable', `The data file "${path}" (${found}) cannot be read: ${reason(error)}.`, at);
  const tried = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      throw error instanceof Failure ? error : say(error);
    }
  };
  const packed = (): boolean => {
    const file = openSync(found, 'r');
    try {
      const head = Buffer.alloc(2);
      return readSync(file, head, 0, 2, 0) === 2 && head[0] === 0x1f && head[1] === 0x8b;
    } finally {
      closeSync(file);
    }
  };
  async function* chunks(): AsyncGenerator<Buffer> {
    if (tried(packed)) yield* unpacked();
    else yield* tried(() => piecesOf(found));
  }
  async function* unpacked(): AsyncGenerator<Buffer> {
    const unpacking = createGunzip({ chunkSize: 1024 * 1024 });
    const source = Readable.from(piecesOf(found));
    source.on('error', (error) => unpacking.destroy(error));
    try {
      for await (const piece of source.pipe(unpacking)) yield piece;
    } catch (error) {
      throw new Failure(
        'data/broken-gzip',
        `The compressed file "${path}" (${grouped(sizeOf(found))} bytes) cannot be unpacked: ${gzipReason(error)}. ` +
          'It is cut off or damaged: fetch it again.',
        at,
      );
    }
  }
  return {
    chunks,
    async open(shelf, expected) {
      if (!tried(packed)) return tried(() => ofFile(path, found, shelf, at));
      return collected(unpacked(), shelf, expected);
    },
  };
}

function sizeOf(found: string): number {
  const file = openSync(found, 'r');
  try {
    return fstatSync(file).size;
  } finally {
    closeSync(file);
  }
}

function* piecesOf(found: string): Generator<Buffer> {
  const file = openSync(found, 'r');
  try {
    for (let at = 0, size = FIRST; ; size = PIECE) {
      const piece = Buffer.allocUnsafe(size);
      const count = readSync(file, piece, 0, size, at);
      if (count === 0) return;
      at += count;
      yield piece.subarray(0, count);
    }
  } finally {
    closeSync(file);
  }
}

function inMemory(bytes: Buffer): Stretches {
  return {
    size: bytes.length,
    read: (to, at) => void bytes.copy(to, 0, at, at + to.length),
  };
}

/** A plain file: in memory where it fits, else read where it lies, as long as nobody changes it. */
function ofFile(path: string, found: string, shelf: Shelf, at: PlanPlace | undefined): Stretches {
  const file = openSync(found, 'r');
  const { size, mtimeMs } = fstatSync(file);
  const read = (to: Uint8Array, from: number): void => {
    for (let done = 0; done < to.length; ) {
      const count = readSync(file, to, done, to.length - done, from + done);
      if (count === 0) throw changed(path, at);
      done += count;
    }
  };
  if (!shelf.budget.take(size)) {
    return {
      size,
      read(to, from) {
        if (fstatSync(file).mtimeMs !== mtimeMs) throw changed(path, at);
        read(to, from);
      },
    };
  }
  const bytes = Buffer.allocUnsafe(size);
  try {
    read(bytes, 0);
  } finally {
    closeSync(file);
  }
  return inMemory(bytes);
}

/** A file that is written to while a run reads it: some rows would be the old ones, some the new. */
function changed(path: string, at: PlanPlace | undefined): Failure {
  return new Failure(
    'data/changed',
    `The data file "${path}" was changed while it was being read. Leave it alone during a run, and train again.`,
    at,
  );
}

/** Pieces in memory as long as the budget lasts, then all of them in a file. */
export async function collected(
  pieces: AsyncIterable<Buffer>,
  { budget, spill }: Shelf,
  expected: (start: Buffer) => number,
): Promise<Stretches> {
  const kept: Buffer[] = [];
  let start: number | undefined;
  let size = 0;
  let most = Number.POSITIVE_INFINITY;
  for await (const piece of pieces) {
    if (size === 0) most = expected(piece);
    // Whoever reads it says that it is too long.
    if (size > most) break;
    size += piece.length;
    if (start === undefined && budget.take(piece.length)) {
      kept.push(piece);
      continue;
    }
    for (const one of kept.splice(0)) start = Math.min(start ?? Number.POSITIVE_INFINITY, spill.append(one));
    const at = spill.append(piece);
    start ??= at;
  }
  if (start === undefined) return inMemory(Buffer.concat(kept));
  const from = start;
  return { size, read: (to, at) => spill.read(to, from + at) };
}
