/** What a part of a data file tells: read as what the program's source takes the file for. */
import type { DataHeader, HeaderWish } from '../files.ts';
import { csvSteps } from './csv.ts';
import { parseIdx } from './idx.ts';
import { jsonlSteps } from './jsonl.ts';
import { parseNetwork } from './network.ts';
import { parseNpy } from './npy.ts';
import { parseParquet } from './parquet.ts';

export interface FileStart {
  /** The first bytes, unpacked. */
  readonly bytes: Uint8Array;
  /** True where these are all. */
  readonly whole: boolean;
  /** Where they are not: a piece from the middle and the end of the file. Empty for packed files. */
  readonly more: readonly Uint8Array[];
  /** Bytes as UTF-8. */
  readonly decode: (bytes: Uint8Array) => string;
}

/** The header of a file; without a kind in `wish`, it is read as what it looks like. */
export function parseHeader(path: string, start: FileStart, wish: HeaderWish = {}): DataHeader {
  const steps = headerSteps(path, start, wish);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps of a few milliseconds. */
export function* headerSteps(path: string, start: FileStart, wish: HeaderWish): Generator<void, DataHeader> {
  const is = (kind: DataHeader['kind']) => wish.kind === undefined || wish.kind === kind;
  const named = (kind: DataHeader['kind'], ending: RegExp) =>
    wish.kind === kind || (wish.kind === undefined && ending.test(path));
  if (wish.kind === 'network') return parseNetwork(path, start) ?? { kind: 'text' };
  const array = (is('idx') ? parseIdx(start.bytes) : undefined) ?? (is('npy') ? numpy(start) : undefined);
  if (array) return array;
  const parquet = is('parquet')
    ? parseParquet(start.whole ? start.bytes : (start.more.at(-1) ?? start.bytes))
    : undefined;
  if (parquet) return parquet;
  const text = textPart(start);
  if (named('csv', /\.[ct]sv(\.gz)?$/iu)) return yield* csvSteps(text, wish);
  if (named('jsonl', /\.(jsonl|ndjson)(\.gz)?$/iu)) return yield* jsonlSteps(text);
  return yield* textSteps(text);
}

/** Texts are looked at up to so many bytes: packed ones may have grown far. */
const TEXT_BYTES = 4 * 1024 * 1024;

function textPart(start: FileStart): FileStart {
  if (start.bytes.length <= TEXT_BYTES) return start;
  return { ...start, bytes: start.bytes.subarray(0, TEXT_BYTES), whole: false };
}

function numpy(start: FileStart): DataHeader | undefined {
  const found = parseNpy(start.bytes);
  return typeof found === 'string' ? { kind: 'npy', dtype: 'string', shape: [], trouble: found } : found;
}

/** So many UTF-16 units are looked at in one step. */
const STEP = 256 * 1024;

function* textSteps(start: FileStart): Generator<void, DataHeader> {
  if (!start.whole) return { kind: 'text' };
  const text = start.decode(start.bytes);
  const alphabet = new Set<number>();
  let characters = 0;
  let lines = 0;
  for (let at = 0; at < text.length; ) {
    const end = Math.min(text.length, at + STEP);
    while (at < end) {
      const code = text.codePointAt(at) ?? 0;
      at += code > 0xffff ? 2 : 1;
      characters++;
      alphabet.add(code);
      if (code === NEWLINE) lines++;
    }
    yield;
  }
  // The newline at the end of a file closes its last line.
  if (text.length > 0 && text.codePointAt(text.length - 1) !== NEWLINE) lines++;
  return { kind: 'text', characters, alphabet: alphabet.size, lines };
}

const NEWLINE = 10;
