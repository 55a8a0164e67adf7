/**
 * Columns of long runs, kept beside nothing of the run: in a folder for caches that may be emptied at any time. What is kept
 * holds for a file that begins and goes on as it did then; a file that has grown is read on from there. A sum over all of it
 * stands at the end: what was damaged on the disk is read anew from the run instead of drawn.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Check,
  columnOf,
  isCount,
  isNumber,
  isOneOf,
  isText,
  listOf,
  parseJson,
  type RunColumns,
  reserve,
  shaped,
} from '../protocol/index.ts';
import type { LastStep } from './step-lines.ts';

const VERSION = 2;
/** Shorter runs are read as quickly. */
const LEAST_ROWS = 50_000;
/** Files that are kept, those that were written last. */
const MOST_FILES = 24;
/** Bytes at the beginning, and before the place up to which was read, that must be the same. */
const SAMPLE = 4096;
/** Bytes of the sum at the end. */
const SUM = 32;

interface Header {
  readonly version: typeof VERSION;
  readonly path: string;
  readonly offset: number;
  /** Of the file, when it was read: one of the same size has the same time. */
  readonly size: number;
  readonly changed: number;
  readonly sample: string;
  readonly rows: number;
  readonly names: readonly string[];
  readonly last: LastStep;
}

/** Where to read on. */
export interface Restored {
  readonly offset: number;
  readonly rows: number;
  readonly last: LastStep;
}

const headerCheck: Check = shaped({
  version: isOneOf(VERSION),
  path: isText,
  offset: isCount,
  size: isCount,
  changed: isNumber,
  sample: isText,
  rows: isCount,
  names: listOf(isText),
  last: shaped({ seq: isCount, step: isCount, epoch: isCount, time: isNumber } satisfies Record<keyof LastStep, Check>),
} satisfies Record<keyof Header, Check>);

function isHeader(value: unknown): value is Header {
  return headerCheck(value);
}

export class ColumnsCache {
  readonly #folder: string;
  readonly #source: string;
  /** Ends when what was to be kept is written. */
  kept: Promise<void> = Promise.resolve();

  constructor(folder: string, source: string) {
    this.#folder = folder;
    this.#source = source;
  }

  get #path(): string {
    return join(this.#folder, `${createHash('sha256').update(this.#source).digest('hex').slice(0, 32)}.idx`);
  }

  /** Fills the empty columns with what was kept; undefined where that does not hold. */
  restore(columns: RunColumns): Restored | undefined {
    try {
      const bytes = readFileSync(this.#path);
      const end = bytes.indexOf(10);
      const header = parseJson(bytes.toString('utf8', 0, end));
      if (!isHeader(header) || header.path !== this.#source) return undefined;
      const start = aligned(end + 1);
      const wanted = header.rows * (16 + 4 * header.names.length);
      if (bytes.length !== start + wanted + SUM || !isSame(this.#source, header)) return undefined;
      if (!sumOf([bytes.subarray(0, -SUM)]).equals(bytes.subarray(-SUM))) return undefined;
      fill(columns, header, bytes, start);
      return { offset: header.offset, rows: header.rows, last: header.last };
    } catch {
      return undefined;
    }
  }

  /** Keeps the columns, without waiting: a failure costs the next reader some time, nothing else. */
  keepLater(columns: RunColumns, last: LastStep, offset: number): void {
    if (columns.length < LEAST_ROWS) return;
    this.kept = this.#keep(columns, last, offset).catch(() => undefined);
  }

  async #keep(columns: RunColumns, last: LastStep, offset: number): Promise<void> {
    const { size, mtimeMs: changed } = statSync(this.#source);
    const sample = sampleOf(this.#source, offset);
    const header: Header = {
      version: VERSION,
      path: this.#source,
      offset,
      size,
      changed,
      sample,
      rows: columns.length,
      names: [...columns.values.keys()],
      last,
    };
    const text = Buffer.from(`${JSON.stringify(header)}\n`);
    const head = Buffer.concat([text, Buffer.alloc(aligned(text.length) - text.length, 32)]);
    const arrays = [columns.step, columns.time, ...columns.values.values()].map((array) => {
      const copy = array.slice(0, columns.length);
      return Buffer.from(copy.buffer, copy.byteOffset, copy.byteLength);
    });
    await this.#write(Buffer.concat([head, ...arrays, sumOf([head, ...arrays])]));
  }

  async #write(bytes: Buffer): Promise<void> {
    mkdirSync(this.#folder, { recursive: true });
    const beside = `${this.#path}.${process.pid}.tmp`;
    await writeFile(beside, bytes);
    await rename(beside, this.#path);
    forgetOldest(this.#folder);
  }
}

/** Some gigabytes a second: next to reading the file it is nothing. */
function sumOf(pieces: readonly Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest();
}

/** Arrays of eight bytes begin at a multiple of eight. */
function aligned(offset: number): number {
  return Math.ceil(offset / 8) * 8;
}

function fill(columns: RunColumns, { rows, names }: Header, bytes: Buffer, start: number): void {
  const { buffer, byteOffset } = new Uint8Array(bytes.subarray(start));
  reserve(columns, rows);
  columns.step.set(new Float64Array(buffer, byteOffset, rows));
  columns.time.set(new Float64Array(buffer, byteOffset + rows * 8, rows));
  names.forEach((name, index) => {
    columnOf(columns, name).set(new Float32Array(buffer, byteOffset + rows * (16 + 4 * index), rows));
  });
  columns.length = rows;
}

/** The file is what it was, or has grown since. */
function isSame(path: string, { offset, size, changed, sample }: Header): boolean {
  const now = statSync(path);
  return (now.size !== size || now.mtimeMs === changed) && sampleOf(path, offset) === sample;
}

/** A sum over the first bytes of the file and the last ones before `offset`; throws where the file is shorter. */
function sampleOf(path: string, offset: number): string {
  const file = openSync(path, 'r');
  try {
    if (fstatSync(file).size < offset) throw new Error('The file is shorter than what was read of it.');
    const hash = createHash('sha256');
    for (const from of [0, Math.max(0, offset - SAMPLE)]) {
      const piece = Buffer.alloc(Math.min(SAMPLE, offset));
      readSync(file, piece, 0, piece.length, from);
      hash.update(piece);
    }
    return hash.digest('hex');
  } finally {
    closeSync(file);
  }
}

function forgetOldest(folder: string): void {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.idx'))
    .map((name) => ({ path: join(folder, name), time: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  for (const { path } of files.slice(MOST_FILES)) rmSync(path, { force: true });
}
