/** What a part of a data file tells: read as what the program's source takes the file for. */
import type { DataHeader, HeaderWish } from '../files.ts';
import { csvSteps } from './csv.ts';
import { parseIdx } from './idx.ts';
import { jsonlSteps } from './jsonl.ts';
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
  const array = (is('idx') ? parseIdx(start.bytes) : undefined) ?? (is('npy') ? numpy(start) : undefined);
  if (array) return array;
  const parquet = is('parquet')
    ? parseParquet(start.whole ? start.bytes : (start.more.at(-1) ?? start.bytes))
    : undefined;
  if (parquet) return parquet;
  if (named('csv', /\.[ct]sv(\.gz)?$/iu)) return yield* csvSteps(start, wish);
  if (named('jsonl', /\.(jsonl|ndjson)(\.gz)?$/iu)) return yield* jsonlSteps(start);
  return textHeader(start);
}

function numpy(start: FileStart): DataHeader | undefined {
  const found = parseNpy(start.bytes);
  return typeof found === 'string' ? { kind: 'npy', dtype: 'string', shape: [], trouble: found } : found;
}

function textHeader(start: FileStart): DataHeader {
  if (!start.whole) return { kind: 'text' };
  const characters = [...start.decode(start.bytes)];
  let lines = 0;
  for (const character of characters) if (character === '\n') lines++;
  // The newline at the end of a file closes its last line.
  if (characters.length > 0 && characters.at(-1) !== '\n') lines++;
  return { kind: 'text', characters: characters.length, alphabet: new Set(characters).size, lines };
}
